import { toConnectError } from '../../../lib/directory/ldap/connection-errors.js';
import { addressOf } from '../sweeps.js';

describe('a TLS handshake that fails', () => {
  it.each([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', '', /certificate of the client/, /TLSVerifyClient/],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', '', /too old/, /TLS 1\.2 or 1\.3/],
    ['EPROTO', 'error:0A000102:SSL routines::unsupported protocol', /too old/, /TLS 1\.2 or 1\.3/],
    ['ERR_SSL_DH_KEY_TOO_SMALL', '', /too weak/, /2,048 bits/],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', '', /nothing that is offered/, /ciphers/],
    ['EPROTO', 'wrong version number', /wrong version number/, /LDAP_Encryption and LDAP_Port/],
  ])('by %s %j has a remedy of its own', (code, text, reason, remedy) => {
    const error = Object.assign(new Error(text), { code });
    expect(toConnectError(error, addressOf({ port: 636, encryption: 'ldaps' }))).toMatchObject({
      code: 'directory-tls',
      message: expect.stringMatching(reason),
      remedy: expect.stringMatching(remedy),
    });
  });
});

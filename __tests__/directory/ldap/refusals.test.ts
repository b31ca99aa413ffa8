import { openLdapDirectory } from '../../../lib/directory/ldap/ldap-directory.js';
import { OPERATION, resultMessage } from '../ldap-messages.js';
import { BIND, createLyingServers } from '../lying-servers.js';
import { addressOf, failureOf, queryOf, sweepOnce } from '../sweeps.js';

const { serve } = createLyingServers();
const toAd = (data: string, code = '80090308') =>
  `${code}: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${data}, v4563\0`;
const SIGNING =
  '00002028: LdapErr: DSID-0C090259, comment: The server requires binds to turn on integrity, data 0';
const NOT_BOUND = '000004DC: LdapErr: DSID-0C090A5C, comment: a successful bind must be completed, data 0';

describe('a refused bind', () => {
  it.each<[number, string, RegExp, RegExp]>([
    [8, SIGNING, /encrypted or signed/, /^Set LDAP_Encryption/],
    [8, 'strong(er) authentication required', /more than a password/, /^Set LDAP_Encryption/],
    [13, 'TLS confidentiality required', /encrypted/, /^Set LDAP_Encryption/],
    [53, 'Minimum SSF not met.', /encrypted/, /^Set LDAP_Encryption/],
    [49, toAd('80090346', '80090346'), /channel binding/, /proxy that ends TLS/],
    [
      48,
      'inappropriate authentication',
      /let this account sign in/,
      /Give the service account .* a password/,
    ],
    [7, '', /simple bind/, /Allow simple binds/],
    [10, '', /refers to another server/, /LDAP_Host/],
    [51, '', /it is busy/, /LDAP_Failover_Hosts/],
    [52, '', /it is unavailable/, /LDAP_Failover_Hosts/],
    [19, 'Exceed password retry limit. Please try later.', /locked/, /^Unlock/],
    [53, 'Account inactivated. Contact system administrator.', /disabled/, /^Enable/],
    [49, 'password expired!', /has expired/, /new password/],
    [49, toAd('51f'), /no domain controller/, /LDAP_Failover_Hosts/],
    [49, toAd('525'), /no such account/, /LDAP_Authentication_UserDN/],
    [49, toAd('52f'), /restriction of the account/, /Protected Users.*smart card/],
    [49, toAd('530'), /at this time/, /logon hours/],
    [49, toAd('531'), /from this computer/, /Log On To/],
    [49, toAd('532'), /has expired/, /new password/],
    [49, toAd('533'), /disabled/, /^Enable/],
    [49, toAd('568'), /access token/, /out of groups/],
    [49, toAd('569'), /over the network/, /Access this computer from the network/],
    [49, toAd('701'), /account has expired/, /expiry date/],
    [49, toAd('773'), /must be changed first/, /change password at next logon/],
    [49, toAd('775', '8009030C'), /locked/, /^Unlock/],
    [49, toAd('78f'), /authentication firewall/, /Allowed to authenticate/],
  ])('with result %i and %j has a remedy of its own', async (code, text, reason, remedy) => {
    const { port } = await serve(
      ({ id }, socket) => socket.write(resultMessage(id, OPERATION.bindResponse, code, text)),
      true,
    );
    const error = await failureOf(openLdapDirectory(addressOf({ port, bind: BIND })));
    expect(error).toMatchObject({
      code: 'directory-bind',
      message: expect.stringMatching(reason),
      remedy: expect.stringMatching(remedy),
    });
    expect(error.remedy).not.toMatch(/^Check LDAP_Authentication_UserDN and LDAP_Authentication_Password/);
  });

  it.each(['', 'invalid credentials', toAd('52e')])(
    'with result 49 and %j is about name and password',
    async (text) => {
      const { port } = await serve(
        ({ id }, socket) => socket.write(resultMessage(id, OPERATION.bindResponse, 49, text)),
        true,
      );
      expect(await failureOf(openLdapDirectory(addressOf({ port, bind: BIND })))).toMatchObject({
        message: expect.stringContaining('the name or the password is wrong'),
        remedy: 'Check LDAP_Authentication_UserDN and LDAP_Authentication_Password.',
      });
    },
  );
});

describe('a refused search', () => {
  it.each<[number, string, boolean, RegExp, RegExp]>([
    [1, NOT_BOUND, false, /has not signed in/, /^Switch LDAP_Authentication on/],
    [1, NOT_BOUND, true, /has not signed in/, /^Switch LDAP_Authentication on/],
    [48, 'Anonymous access is not allowed.', false, /has not signed in/, /^Switch LDAP_Authentication on/],
    [8, SIGNING, true, /encrypted or signed/, /^Set LDAP_Encryption/],
    [13, 'confidentiality required', true, /encrypted/, /^Set LDAP_Encryption/],
    [
      50,
      'Operations are restricted to bind/unbind/abandon/StartTLS/modify password',
      true,
      /must be changed/,
      /^Change/,
    ],
    [51, '', true, /it is busy/, /LDAP_Failover_Hosts/],
    [52, '', true, /it is unavailable/, /LDAP_Failover_Hosts/],
    [50, '', true, /InsufficientAccessRights/, /^Let the service account/],
  ])('with result %i and %j (bound: %j) has its remedy', async (code, text, isBound, reason, remedy) => {
    const { port } = await serve(({ id }, socket) => socket.write(resultMessage(id, 0x65, code, text)));
    const { error } = await sweepOnce(addressOf({ port, ...(isBound ? { bind: BIND } : {}) }), queryOf());
    expect(error).toMatchObject({
      code: 'directory-search',
      message: expect.stringMatching(reason),
      remedy: expect.stringMatching(remedy),
    });
  });
});

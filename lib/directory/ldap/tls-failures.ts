import type { Refusal } from './refusals.js';

/** By the code or the words of OpenSSL; looked at in this order. */
const TLS_FAILURES: readonly (readonly [RegExp, Refusal])[] = [
  [
    /CERTIFICATE_REQUIRED|certificate required/i,
    {
      reason: 'it demands a certificate of the client',
      remedy:
        'Let the directory server accept clients without a certificate (OpenLDAP: TLSVerifyClient try or never); ' +
        'the service account signs in with its password.',
    },
  ],
  [
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|unsupported protocol|protocol version/i,
    {
      reason: 'it speaks only versions of TLS that are too old',
      remedy: 'Enable TLS 1.2 or 1.3 on the directory server.',
    },
  ],
  [
    /KEY_TOO_SMALL|MD_TOO_WEAK|key too small|md too weak/i,
    {
      reason: 'its certificate or its key exchange is too weak',
      remedy:
        'Give the directory server a certificate with SHA-256 and an RSA key of 2,048 bits or more, and large ' +
        'Diffie-Hellman parameters.',
    },
  ],
  [
    /HANDSHAKE_FAILURE|NO_SHARED_CIPHER|handshake failure|no shared cipher/i,
    {
      reason: 'it accepts nothing that is offered',
      remedy:
        'Enable TLS 1.2 or 1.3 with usual ciphers on the directory server, and demand no certificate of the ' +
        'client. If that is not it, check LDAP_Encryption and LDAP_Port.',
    },
  ],
];

/** Why a TLS handshake failed, where OpenSSL says it. */
export function findTlsFailure({ code, message }: Error & { code?: unknown }): Refusal | undefined {
  const said = `${typeof code === 'string' ? code : ''} ${message.slice(0, 1_000)}`;
  return TLS_FAILURES.find(([pattern]) => pattern.test(said))?.[1];
}

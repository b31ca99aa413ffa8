import type { FindingCode } from '../../findings/finding.js';

/** By the code or the words of OpenSSL; looked at in this order. */
const TLS_FAILURES = [
  [/CERTIFICATE_REQUIRED|certificate required/i, 'tls-client-certificate-demanded'],
  [
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|unsupported protocol|protocol version/i,
    'tls-too-old',
  ],
  [/KEY_TOO_SMALL|MD_TOO_WEAK|key too small|md too weak/i, 'tls-too-weak'],
  [/HANDSHAKE_FAILURE|NO_SHARED_CIPHER|handshake failure|no shared cipher/i, 'tls-without-agreement'],
] as const satisfies readonly (readonly [RegExp, FindingCode])[];

/** Why a TLS handshake failed, where OpenSSL says it. */
export function findTlsFailure({
  code,
  message,
}: Error & { code?: unknown }): (typeof TLS_FAILURES)[number][1] | undefined {
  const said = `${typeof code === 'string' ? code : ''} ${message.slice(0, 1_000)}`;
  return TLS_FAILURES.find(([pattern]) => pattern.test(said))?.[1];
}

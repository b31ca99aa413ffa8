import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { Distrust, ShownCertificate, ShownTls } from '../shown-tls.js';
import type { ServerText } from './server-text.js';
import { fitsHost } from './tls-options.js';

const MAX_CHAIN = 10;
const MAX_NAMES = 50;
const MAX_TEXT = 200;
/** No certificate of a directory server is near it. */
const MAX_BYTES = 64 * 1024;

/** Every other reason is `other`. */
const KINDS: Readonly<Record<string, Distrust>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-name',
  HOSTNAME_MISMATCH: 'wrong-name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'unknown-authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-authority',
};

/** What a server has shown in its handshake; `undefined`: no certificate. Its texts are cleaned. */
export function readShownTls(
  socket: TLSSocket,
  host: string,
  { clean }: Pick<ServerText, 'clean'>,
): Omit<ShownTls, 'host' | 'port'> | undefined {
  const chain: ShownCertificate[] = [];
  // Asking for it in its older form afterwards would give nothing.
  const own = socket.getPeerX509Certificate();
  let certificate = own;
  while (certificate && chain.length < MAX_CHAIN && certificate.raw.length <= MAX_BYTES) {
    chain.push(toShown(certificate, (text) => clean(text).slice(0, MAX_TEXT)));
    certificate = certificate.issuerCertificate;
  }
  if (!own || chain.length === 0) return undefined;
  // Typed as an error; it is the code of one.
  const refusal: unknown = socket.authorizationError;
  const reason = typeof refusal === 'string' ? refusal : refusal instanceof Error ? refusal.message : '';
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    chain,
    fitsName: fitsHost(host, own.toLegacyObject()),
    ...(socket.authorized ? {} : { distrust: { kind: KINDS[reason] ?? 'other', reason: clean(reason) } }),
  };
}

function toShown(certificate: X509Certificate, clean: (text: string) => string): ShownCertificate {
  const { subject, issuer, subjectAltName, validFrom, validTo, fingerprint256, ca } = certificate;
  return {
    subject: clean(toLine(subject)),
    issuer: clean(toLine(issuer)),
    names: toNames(subjectAltName).map(clean),
    validFrom: new Date(validFrom),
    validTo: new Date(validTo),
    sha256: fingerprint256,
    isSelfSigned: isSelfSigned(certificate),
    isAuthority: ca,
    pem: certificate.toString(),
  };
}

/** Node writes a part a line. */
function toLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ');
}

function toNames(subjectAltName: string | undefined): readonly string[] {
  return (subjectAltName ?? '')
    .slice(0, MAX_BYTES)
    .split(', ')
    .map((name) => name.replace(/^(?:DNS|IP Address):/, ''))
    .filter((name) => name !== '')
    .slice(0, MAX_NAMES);
}

function isSelfSigned(certificate: X509Certificate): boolean {
  try {
    return certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey);
  } catch {
    // A key of a kind that OpenSSL does not know.
    return false;
  }
}

import type { X509Certificate } from 'node:crypto';
import { TLSSocket, type PeerCertificate } from 'node:tls';
import type { ServerCertificate } from '../server-description.js';
import type { LdapConnection } from './connection.js';

const MAX_TEXT = 200;
const MAX_CHAIN = 10;

/** The certificate that the server has shown; `undefined` for a connection in clear. To be asked once a connection. */
export function readCertificate({
  client,
  serverText,
}: Pick<LdapConnection, 'client' | 'serverText'>): ServerCertificate | undefined {
  const socket = client._socket;
  if (!(socket instanceof TLSSocket)) return undefined;
  // Node gives the chain once: who asks the same socket again is told nothing.
  const chain = readChain(socket.getPeerX509Certificate());
  const [own] = chain;
  if (!own) return undefined;
  const { subject, issuer } = own.toLegacyObject();
  const [first = own] = [...chain].sort((one, other) => toEnd(one).getTime() - toEnd(other).getTime());
  const firstToEnd = { subject: toText(first.toLegacyObject().subject), validTo: toEnd(first) };
  return { subject: toText(subject), issuer: toText(issuer), validTo: toEnd(own), firstToEnd };

  /** Who made the certificate wrote it, so it is what a server says. */
  function toText(name: Partial<PeerCertificate['subject']> = {}): string {
    const texts = [name.CN ?? name.O ?? 'no name'].flat();
    return serverText.clean(Buffer.from(texts.join(', '))).slice(0, MAX_TEXT);
  }
}

/** The server's own first, to the first certificate that has no time at which it ends. */
function readChain(own: X509Certificate | undefined): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  let certificate = own;
  while (certificate && chain.length < MAX_CHAIN && !Number.isNaN(toEnd(certificate).getTime())) {
    chain.push(certificate);
    certificate = certificate.issuerCertificate;
  }
  return chain;
}

function toEnd({ validTo }: X509Certificate): Date {
  return new Date(validTo);
}

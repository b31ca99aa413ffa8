import { TLSSocket, type PeerCertificate } from 'node:tls';
import type { ServerCertificate } from '../server-description.js';
import type { LdapConnection } from './connection.js';

const MAX_TEXT = 200;

/** The certificate that the server has shown; `undefined` for a connection in clear. */
export function readCertificate({
  client,
  serverText,
}: Pick<LdapConnection, 'client' | 'serverText'>): ServerCertificate | undefined {
  const socket = client._socket;
  if (!(socket instanceof TLSSocket)) return undefined;
  const { subject, issuer, valid_to } = socket.getPeerCertificate() as Partial<PeerCertificate>;
  const validTo = new Date(valid_to ?? '');
  if (Number.isNaN(validTo.getTime())) return undefined;
  return { subject: toText(subject), issuer: toText(issuer), validTo };

  /** Who made the certificate wrote it, so it is what a server says. */
  function toText(name: Partial<PeerCertificate['subject']> = {}): string {
    const texts = [name.CN ?? name.O ?? 'no name'].flat();
    return serverText.clean(Buffer.from(texts.join(', '))).slice(0, MAX_TEXT);
  }
}

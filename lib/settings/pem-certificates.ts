import { X509Certificate } from 'node:crypto';

const [PEM_BEGIN, PEM_END] = ['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----'] as const;

/** The blocks of a text that look like certificates. By hand: a regular expression looks for each end again, to the end of the text. */
export function toPemBlocks(text: string): readonly string[] {
  const blocks: string[] = [];
  for (let at = text.indexOf(PEM_BEGIN); at !== -1; at = text.indexOf(PEM_BEGIN, at)) {
    const end = text.indexOf(PEM_END, at);
    if (end === -1) break;
    blocks.push(text.slice(at, end + PEM_END.length));
    at = end;
  }
  return blocks;
}

export function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

import { isIPv4, isIPv6 } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Gives what is counted as one address: an IPv4 address, or the /64 of an IPv6 one, which is the least that a
 * provider gives one customer. All texts that are no address count as one, since a caller behind a careless
 * proxy can make up any text.
 */
export function toAddressGroup(address: string | undefined): string {
  const text = (address ?? '').replace(/%.*$/s, '');
  const mapped = MAPPED.exec(text)?.[1] ?? text;
  if (isIPv4(mapped)) return mapped;
  if (!isIPv6(text)) return 'unknown';
  const hextets = toHextets(text);
  return toEmbedded(hextets) ?? `${hextets.slice(0, 4).join(':')}::/64`;
}

/** Behind these prefixes (RFC 4291 §2.5.5.2, RFC 6052 §2.1) is the whole of IPv4: all of it would be one /64. */
const OF_IPV4 = new Set(['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0']);

function toEmbedded(hextets: readonly string[]): string | undefined {
  if (!OF_IPV4.has(hextets.slice(0, 6).join(':'))) return undefined;
  const [high = 0, low = 0] = hextets.slice(6).map((hextet) => Number.parseInt(hextet, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function toHextets(address: string): readonly string[] {
  // The canonical form: lower case, no leading zeros, no dotted quad.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const parts = (text: string): string[] => (text === '' ? [] : text.split(':'));
  if (tail === undefined) return parts(head);
  const zeros = 8 - parts(head).length - parts(tail).length;
  return [...parts(head), ...Array.from({ length: zeros }, () => '0'), ...parts(tail)];
}

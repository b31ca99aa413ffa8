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
  return `${toHextets(text).slice(0, 4).join(':')}::/64`;
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

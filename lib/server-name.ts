import { isIP, isIPv6 } from 'node:net';

/** As the specification of Matrix recommends; with a user name it has to fit into {@link MAX_ID_LENGTH}. */
const MAX_LENGTH = 230;
const MAX_PORT = 65_535;
const LABEL = /^[0-9a-z](?:[0-9a-z-]{0,61}[0-9a-z])?$/;

/** The longest id of a user, `@` and the server included. */
export const MAX_ID_LENGTH = 255;

export type ParsedServerName = { readonly name: string } | { readonly fault: string };

/**
 * A server name of Matrix: a host name, an IPv4 address or an IPv6 address in brackets, and a port where there
 * is one. In lower case, since two spellings are one host.
 */
export function parseServerName(text: string): ParsedServerName {
  if (text.length > MAX_LENGTH) return { fault: `it is longer than ${MAX_LENGTH} characters` };
  const name = text.toLowerCase();
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(name) ?? [];
  if (bracketed === undefined && plain === undefined)
    return { fault: 'it is not a host name with or without a port' };
  if (port !== undefined && (Number(port) === 0 || Number(port) > MAX_PORT))
    return { fault: 'its port is not within 1 and 65535' };
  return isHost(bracketed, plain) ? { name } : { fault: 'its host is neither a host name nor an address' };
}

function isHost(bracketed: string | undefined, plain = ''): boolean {
  if (bracketed !== undefined) return isIPv6(bracketed) && !bracketed.includes('%');
  return isIP(plain) === 4 || plain.split('.').every((label) => LABEL.test(label));
}

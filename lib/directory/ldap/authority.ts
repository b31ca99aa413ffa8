import { isIPv6 } from 'node:net';
import type { DirectoryHost } from '../directory.js';

/** Host and port for people: an IPv6 address has colons of its own. */
export function toAuthority({ host, port }: DirectoryHost): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

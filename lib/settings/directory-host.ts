import { isIP, isIPv6 } from 'node:net';

/** A host, and its port where it has one of its own. */
export interface WrittenHost {
  readonly host: string;
  readonly port?: number;
}

const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?$/i;
const BRACKETED = /^\[([^[\]]+)\](?::(\d{1,5}))?$/;
const MAX_PORT = 65_535;

/** A host name (RFC 1123, underscores tolerated) or an IP address, without brackets. */
export function isHost(text: string): boolean {
  return isIP(text) !== 0 || HOST_NAME.test(text);
}

/**
 * A host as it is written, as the bare name or address: an IPv6 address may stand in brackets, and the "%"
 * before its zone may be escaped as in a URL (RFC 6874).
 */
export function toHost(text: string): string {
  const host = text.trim();
  const address = /^\[([^[\]]+)\]$/.exec(host)?.[1] ?? host;
  const bare = address.replace(/%25(?=[A-Za-z0-9])/, '%');
  return isIPv6(bare) ? bare : host;
}

/** `host`, `host:port`, an IPv6 address, or `[address]:port`; `undefined` when it is none of these. */
export function parseWrittenHost(text: string): WrittenHost | undefined {
  const whole = toHost(text);
  if (isHost(whole)) return { host: whole };
  const [, address, portOfAddress] = BRACKETED.exec(text.trim()) ?? [];
  const [, name, portOfName] = /^([^:]+):(\d{1,5})$/.exec(text.trim()) ?? [];
  const host = address === undefined ? name : toHost(`[${address}]`);
  const port = Number(portOfAddress ?? portOfName);
  if (host === undefined || !isHost(host) || !(port >= 1 && port <= MAX_PORT)) return undefined;
  return { host, port };
}

export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return name === 'localhost' || /^::1(?:%|$)/.test(name) || /^(?:::ffff:)?127\./.test(name);
}

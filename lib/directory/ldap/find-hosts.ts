import { promises as dns, type SrvRecord } from 'node:dns';
import { randomInt } from 'node:crypto';
import type { DirectoryAddress, DirectoryHost } from '../directory.js';
import { toFinding } from '../../findings/finding.js';
import { AwayError } from './away-error.js';
import { toStopped } from './connection-errors.js';
import { SOCKET_REASONS } from './failure-codes.js';

/** The service records (RFC 2782) of directories: of LDAP, of LDAPS, and of global catalogues. */
const SERVICE = /^_(ldaps?|gc)\._tcp\.(.+)$/i;
/** A record is hostile until it names a host. */
const TARGET = /^[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?\.?$/i;
const MAX_HOSTS = 16;
const LDAPS_PORT = 636;
const LDAP_PORT = 389;

/** The servers to ask, in order; each has the whole of the address but for its own host and port. */
export async function findHosts(
  address: DirectoryAddress,
  signal: AbortSignal | undefined,
): Promise<readonly DirectoryAddress[]> {
  const { failoverHosts = [], ...rest } = address;
  const named = SERVICE.test(address.host) ? await findServers(address, signal) : [address];
  const all = [...named, ...failoverHosts].map(({ host, port }) => ({ ...rest, host, port }));
  const seen = new Set<string>();
  return all
    .filter(({ host, port }) => !seen.has(`${host} ${port}`) && seen.add(`${host} ${port}`))
    .slice(0, 2 * MAX_HOSTS);
}

async function findServers(
  address: DirectoryAddress,
  signal: AbortSignal | undefined,
): Promise<readonly DirectoryHost[]> {
  const [, service = '', domain = ''] = SERVICE.exec(address.host) ?? [];
  const records = await lookUp(address, signal);
  const hosts = toOrder(records)
    .map(({ name, port }) => ({ host: name.replace(/\.$/, ''), port: toPort(port, service, address) }))
    .filter(({ host }) => mayServe(host, domain, address))
    .slice(0, MAX_HOSTS);
  if (hosts.length > 0 || address.failoverHosts?.length) return hosts;
  throw noServers(address.host, 'it names no server that can be used');
}

async function lookUp(
  { host, connectTimeoutMs, failoverHosts = [] }: DirectoryAddress,
  signal: AbortSignal | undefined,
): Promise<readonly SrvRecord[]> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  try {
    return await Promise.race([
      dns.resolveSrv(host),
      new Promise<never>((_, reject) => {
        const timeout = Object.assign(new Error(), { code: 'ETIMEOUT' });
        timer = setTimeout(() => reject(timeout), Math.max(connectTimeoutMs, MIN_LOOK_UP_MS));
        onAbort = () => reject(toStopped(signal));
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
    ]);
  } catch (error) {
    if (signal?.aborted) throw toStopped(signal);
    // A host that is named is asked even when nobody can say which others there are.
    if (failoverHosts.length > 0) return [];
    const { code = '' } = error as NodeJS.ErrnoException;
    throw noServers(host, SRV_REASONS[code] ?? SOCKET_REASONS[code] ?? `the look-up failed (${code})`);
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
  }
}

const MIN_LOOK_UP_MS = 5_000;
const SRV_REASONS: Readonly<Record<string, string>> = {
  ENODATA: 'there is no such SRV record',
  ENOTFOUND: 'there is no such SRV record',
  ETIMEOUT: 'the name server does not answer',
  ESERVFAIL: 'the name server failed',
  EREFUSED: 'the name server refused',
};

/** By priority; of the same priority, one with more weight comes first more often (RFC 2782). */
function toOrder(records: readonly SrvRecord[]): readonly SrvRecord[] {
  return records
    .slice(0, 4 * MAX_HOSTS)
    .filter(({ name, port }) => TARGET.test(name) && port > 0)
    .map((record) => ({ record, draw: (randomInt(1, 2 ** 32) / 2 ** 32) ** (1 / (record.weight || 0.1)) }))
    .sort((a, b) => a.record.priority - b.record.priority || b.draw - a.draw)
    .map(({ record }) => record);
}

/** An Active Directory has records of its port for StartTLS only. */
function toPort(port: number, service: string, { encryption, port: set }: DirectoryAddress): number {
  if (encryption !== 'ldaps' || service.toLowerCase() === 'ldaps') return port;
  return set === LDAP_PORT ? LDAPS_PORT : set;
}

/**
 * A forged record must not lead to a server that can have a certificate of any public authority for its own
 * name.
 */
function mayServe(
  host: string,
  domain: string,
  { encryption, rejectUnauthorized, caCertificates }: DirectoryAddress,
): boolean {
  if (encryption === 'plain' || !rejectUnauthorized || caCertificates.length > 0) return true;
  const base = domain
    .toLowerCase()
    .replace(/^.*\._msdcs\./, '')
    .replace(/\.$/, '');
  return host.toLowerCase() === base || host.toLowerCase().endsWith(`.${base}`);
}

function noServers(name: string, reason: string): AwayError {
  const finding = toFinding('hosts-not-found', { name, why: reason });
  return new AwayError('directory-unreachable', finding, { absence: 'unreached' });
}

import { toCanonicalDN } from '../../directory/distinguished-name.js';
import type { Directory, DirectoryEntry, SearchQuery } from '../../directory/directory.js';
import { anyOf, equals, present } from '../../directory/filter/search-filter.js';
import { readSamples } from '../../survey/read-samples.js';

/**
 * What an entry says of the end of its password: Active Directory, 389-DS, Kerberos of FreeIPA, and the policy of
 * OpenLDAP.
 */
const FILE_TIMES = ['msDS-UserPasswordExpiryTimeComputed'];
const GENERALIZED_TIMES = ['passwordExpirationTime', 'krbPasswordExpiration', 'pwdEndTime'];
const ATTRIBUTES = [...FILE_TIMES, ...GENERALIZED_TIMES];

/** Between the beginning of 1601, from where Active Directory counts, and that of 1970, in milliseconds. */
const SINCE_1601_MS = 11_644_473_600_000n;
const NEVER = 9_223_372_036_854_775_807n;

/** Where the own entry of the service account may be. */
export interface OwnAccount {
  readonly bindDN: string;
  readonly identity: string | undefined;
  readonly baseDN: string;
}

/** When the password of the service account expires; `undefined`: its entry does not say it, or cannot be read. */
export async function readPasswordExpiry(
  directory: Directory,
  account: OwnAccount,
  signal: AbortSignal,
): Promise<Date | undefined> {
  const where = toPlace(account);
  if (!where) return undefined;
  const query = { ...where, attributes: ATTRIBUTES, pageSize: 0, sizeLimit: 1 };
  const [entry] = (await readSamples(directory, query, { signal })).entries;
  return entry && toExpiry(entry);
}

function toPlace({
  bindDN,
  identity = '',
  baseDN,
}: OwnAccount): Pick<SearchQuery, 'baseDN' | 'scope' | 'filter'> | undefined {
  const told = identity.startsWith('dn:') ? identity.slice(3) : '';
  const dn = [told, bindDN].find((text) => toCanonicalDN(text) !== undefined);
  if (dn !== undefined) return { baseDN: dn, scope: 'base', filter: present('objectClass') };
  if (toCanonicalDN(baseDN) === undefined) return undefined;
  const name = (identity.startsWith('u:') ? identity.slice(2) : bindDN).split('\\').at(-1) ?? '';
  if (name === '') return undefined;
  const filter = anyOf([equals('sAMAccountName', name), equals('userPrincipalName', bindDN)]);
  return { baseDN, scope: 'sub', filter };
}

/** The earliest end that the entry tells of. Pure. */
export function toExpiry(entry: DirectoryEntry): Date | undefined {
  const textOf = (name: string): string =>
    entry.attributes.get(name.toLowerCase())?.values[0]?.subarray(0, 32).toString('latin1') ?? '';
  const ends = [
    ...FILE_TIMES.map((name) => fromFileTime(textOf(name))),
    ...GENERALIZED_TIMES.map((name) => fromGeneralizedTime(textOf(name))),
  ].filter((time) => time !== undefined);
  return ends.sort((one, other) => +one - +other)[0];
}

function fromFileTime(text: string): Date | undefined {
  if (!/^\d{1,19}$/.test(text)) return undefined;
  const value = BigInt(text);
  if (value === 0n || value >= NEVER) return undefined;
  return toValid(Number(value / 10_000n - SINCE_1601_MS));
}

/** RFC 4517 §3.3.13, as servers write it: in UTC. */
function fromGeneralizedTime(text: string): Date | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,]\d{1,9})?Z$/.exec(text);
  if (!parts) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part || 0));
  return toValid(Date.UTC(year, month - 1, day, hour, minute, second));
}

function toValid(time: number): Date | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

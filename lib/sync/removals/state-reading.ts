import type { Directory, DirectoryEntry } from '../../directory/directory.js';
import { describeQuietly } from '../../directory/describe-quietly.js';
import { allOf, anyOf, present } from '../../directory/filter/search-filter.js';
import { readEntries } from '../../directory/read-entries.js';
import type { ServerKind } from '../../directory/server-description.js';
import { saysState, toStateAttributes } from '../../mapping/active-state.js';
import { toLdapIdentity } from '../../mapping/ldap-identity.js';
import type { StateReading } from '../../settings/active-state.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { UserReader } from '../users/user-store.js';
import { lookUpPeople } from './look-up-people.js';

interface Dependencies {
  readonly directory: Directory;
  readonly users: Pick<UserReader, 'knownDisabled'>;
  readonly signal: AbortSignal;
  /** By the database server. */
  readonly now: Date;
}

/** At most this many users who were disabled are looked up. */
const KNOWN_AT_MOST = 50;
/** Entries may match by an attribute of which their own value is hidden. */
const SHOWN_AT_MOST = 20;

/** Servers whose silence has a meaning of its own. */
export const STATE_READINGS: { readonly [Kind in ServerKind]?: StateReading } = {
  'active-directory': 'required',
  samba: 'required',
  '389-ds': 'by-rights',
};

/** The settings, with what it means on this server when an entry says nothing of being disabled. */
export async function withStateReading(
  settings: SyncSettings,
  dependencies: Dependencies,
): Promise<SyncSettings> {
  if (settings.policy.activeState === 'none') return settings;
  const stateReading = await findStateReading(settings, dependencies);
  return { ...settings, mapping: { ...settings.mapping, stateReading, stateAt: dependencies.now } };
}

async function findStateReading(settings: SyncSettings, dependencies: Dependencies): Promise<StateReading> {
  const readable: readonly string[] = toStateAttributes(settings.mapping);
  if (readable.length === 0) return 'lost';
  const server = await describeQuietly(dependencies.directory, dependencies.signal);
  const reading = server && STATE_READINGS[server.kind];
  // Rights to read what is not asked for say nothing.
  if (reading === 'by-rights' && !readable.includes('nsAccountLock')) return 'lost';
  return reading ?? ((await isLost(settings, dependencies)) ? 'lost' : 'optional');
}

/**
 * Whether the directory said of somebody that they are disabled, still has some of these people, and says nothing of
 * the kind about them or anybody else.
 */
async function isLost(
  { search, mapping }: SyncSettings,
  { directory, users, signal }: Dependencies,
): Promise<boolean> {
  const attributes = toStateAttributes(mapping);
  const isTelling = (entry: DirectoryEntry): boolean => saysState(entry, mapping);
  const known = (await users.knownDisabled(attributes, KNOWN_AT_MOST)).flatMap(
    (user) => toLdapIdentity(user) ?? [],
  );
  if (known.length === 0) return false;
  const lookedUp = [...(await lookUpPeople(known, directory, { search, attributes, signal })).values()];
  const entries = lookedUp.flatMap((where) => (where.kind === 'present' ? [where.entry] : []));
  if (entries.length === 0 || entries.some(isTelling)) return false;
  const shown = await readEntries(
    directory,
    {
      baseDN: search.baseDN,
      scope: search.scope,
      filter: allOf([search.filter, anyOf(attributes.map((name) => present(name)))]),
      attributes,
      pageSize: search.pageSize,
      sizeLimit: SHOWN_AT_MOST,
    },
    { signal, tolerated: ['referral', 'size-limit'], failure: 'Who is disabled could not be looked up' },
  );
  return !shown.some(isTelling);
}

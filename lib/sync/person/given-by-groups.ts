import type { DirectoryEntry } from '../../directory/directory.js';
import type { PersonMemberships } from '../../directory/groups.js';
import type { Grants } from '../../mapping/grants.js';
import type { GrantKind, SyncSettings } from '../../settings/sync-settings.js';
import type { BelongingNow } from '../belonging/belonging-check.js';

/** What groups give, and which they are. */
export interface GivenByGroups {
  readonly grants: Grants;
  /** What the person is to the groups of each kind. */
  readonly memberships: ReadonlyMap<GrantKind, PersonMemberships>;
}

/** Asked while the directory is open. */
export async function askWhatIsGiven(
  entry: DirectoryEntry,
  now: BelongingNow,
  asked: SyncSettings['grants'],
): Promise<GivenByGroups | undefined> {
  const grants = now.groups.get(entry)?.grants;
  if (!grants) return undefined;
  const kinds = Object.keys(asked) as readonly GrantKind[];
  const memberships = new Map<GrantKind, PersonMemberships>();
  for (const kind of kinds) memberships.set(kind, await now.membershipsOf(entry, kind));
  return { grants, memberships };
}

import type { GroupPerson, Memberships, PersonMemberships } from '../../directory/groups.js';
import type { Grant, Grants } from '../../mapping/grants.js';
import type { GrantKind, GroupGrants, SyncSettings } from '../../settings/sync-settings.js';

type GrantSettings = SyncSettings['grants'];

export function grantsOf(settings: GrantSettings): readonly (readonly [GrantKind, GroupGrants])[] {
  return Object.entries(settings) as [GrantKind, GroupGrants][];
}

/** In the order of the people. Rejects as `Memberships.ask` does. */
export async function askForGrants(
  settings: GrantSettings,
  memberships: Pick<Memberships, 'ask'>,
  people: readonly GroupPerson[],
): Promise<readonly Grants[]> {
  const asked = grantsOf(settings);
  const found = people.map((): Partial<Record<GrantKind, Grant>> => ({}));
  for (const [kind, grants] of asked) {
    const answers = await memberships.ask(grants.question, people);
    for (const [index, of] of found.entries()) of[kind] = toGrant(grants, answers[index] ?? SAYS_NOTHING);
  }
  return found;
}

const SAYS_NOTHING: PersonMemberships = () => 'unknown';

function toGrant({ byGroup }: GroupGrants, membershipIn: PersonMemberships): Grant {
  const given = new Set<string>();
  const doubtful = new Set<string>();
  for (const group of membershipIn.mayBeIn ?? byGroup.keys()) {
    const membership = membershipIn(group);
    if (membership === 'not-member') continue;
    const target = membership === 'member' ? given : doubtful;
    for (const name of byGroup.get(group) ?? []) target.add(name);
  }
  for (const name of given) doubtful.delete(name);
  return { given, doubtful };
}

/** The groups that give a name. */
export function groupsGiving({ byGroup }: GroupGrants, name: string): readonly string[] {
  return [...byGroup].flatMap(([group, names]) => (names.includes(name) ? group : []));
}

import fc from 'fast-check';
import type { DirectoryEntry } from '../../lib/directory/directory.js';
import type { UserRecord } from '../../models/user.js';
import { dnOf, toChatGroup } from './group-filter.js';
import { GROUP_ROLES } from './group-roles.js';
import { toPerson } from './histories.js';
import type { World } from './worlds.js';

const GROUPS = ['it', 'desk', 'guests'] as const;
const PEOPLE = ['p0', 'p1', 'p2', 'p3'] as const;

type Group = (typeof GROUPS)[number];

/** Which groups give a role that the map names; of no other role. */
export const GIVERS: Readonly<Record<string, readonly Group[]>> = {
  admin: ['it'],
  Xy12: ['it', 'desk'],
  guest: ['guests'],
};

/** How the directory shows a group. */
type Showing = 'whole' | 'hidden' | 'memberless' | 'dynamic';

/** People with roles of any kind, and groups of which some do not say who is in them. */
export interface RoleWorld extends World {
  readonly members: Readonly<Record<Group, readonly string[]>>;
  readonly showing: Readonly<Record<Group, Showing>>;
}

const ofEach = <T>(value: fc.Arbitrary<T>) => fc.record({ it: value, desk: value, guests: value });

const roles = fc.oneof(
  { weight: 9, arbitrary: fc.shuffledSubarray(['user', 'admin', 'Xy12', 'guest', 'bot', 'agent']) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(undefined, 'admin', null) },
);

export const roleWorlds: fc.Arbitrary<RoleWorld> = fc
  .record({
    // Somebody outside of the sync is in a group, too.
    members: ofEach(fc.subarray([...PEOPLE, 'stranger'])),
    showing: ofEach(fc.constantFrom<Showing>('whole', 'whole', 'whole', 'hidden', 'memberless', 'dynamic')),
    stored: fc.tuple(roles, roles, roles, roles),
    active: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    takes: fc.constantFrom(true, true, true, false),
    allowed: fc.constantFrom(1, 10, 10, 10),
    keeps: fc.constantFrom(true, true, true, true, false),
  })
  .map(({ members, showing, stored, active, takes, allowed, keeps }) => ({
    members,
    showing,
    entries: [...PEOPLE.map((name) => toPerson(name, { cn: name })), ...toGroups(members, showing)],
    // The last of them is new.
    users: PEOPLE.slice(0, 3).map((name, index) => toUser(name, stored[index], active[index])),
    settings: {
      ...GROUP_ROLES,
      LDAP_Sync_User_Data_Roles_AutoRemove: takes,
      LDAP_Guard_Always_Allowed: allowed,
      LDAP_Background_Sync_Keep_Existant_Users_Updated: keeps,
    },
  }));

function toGroups(members: RoleWorld['members'], showing: RoleWorld['showing']): readonly DirectoryEntry[] {
  const shown = GROUPS.filter((name) => showing[name] !== 'hidden');
  return shown.map((name) => {
    const member = members[name].map(dnOf);
    const isDynamic = showing[name] === 'dynamic';
    const values = {
      ...(showing[name] === 'memberless' ? {} : { member }),
      ...(isDynamic ? { memberURL: 'ldap:///dc=x??sub?(uid=*)' } : {}),
    };
    return toChatGroup([], { name, values });
  });
}

function toUser(name: string, stored: unknown, active = true): UserRecord {
  return {
    _id: name,
    type: 'user',
    username: name,
    name,
    emails: [{ address: `${name}@x.org`, verified: true }],
    ...(stored === undefined ? {} : { roles: stored as string[] }),
    active,
    ldap: true,
    createdAt: new Date(0),
    importIds: [dnOf(name)],
    services: { ldap: { id: Buffer.from(`id-${name}`).toString('hex'), idAttribute: 'entryUUID' } },
  };
}

import fc from 'fast-check';
import type { DirectoryEntry } from '../../lib/directory/directory.js';
import { toEntry } from './entries.js';
import { toPerson } from './histories.js';
import { CHANNELS, GROUP_BASE, TEAM_SETTINGS, toMemberGroup, type RoomsOfGroups } from './rooms-of-groups.js';

const PEOPLE = ['p0', 'p1', 'p2', 'p3'] as const;
const GROUPS = ['g0', 'g1', 'g2'] as const;
const CHANNEL_NAMES = ['alpha', 'beta', 'p-gamma'] as const;
const TEAM_NAMES = ['red', 'blue'] as const;
/** The room that is joined with the team `red`. */
const OF_RED = 'alpha';
/** In no map. */
const UNMAPPED = 'omega';

type Group = (typeof GROUPS)[number];
/** What a group shows. All but `listed` are silence. */
type Showing = 'listed' | 'missing' | 'empty' | 'dynamic';

interface Membership {
  readonly name: string;
  readonly room: string;
  readonly isOwner: boolean;
}

/** Any groups, any maps, and any stored rooms. */
export interface RoomWorld {
  readonly members: Readonly<Record<Group, readonly string[]>>;
  readonly showing: Readonly<Record<Group, Showing>>;
  readonly disabled: readonly string[];
  readonly channels: Readonly<Record<Group, readonly string[]>>;
  readonly teams: Readonly<Record<Group, readonly string[]>>;
  readonly stored: readonly Membership[];
  readonly enforces: boolean;
  readonly everybody: boolean;
}

const forEachGroup = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<Group, T>> =>
  fc.record({ g0: value, g1: value, g2: value });

const stored = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom(...PEOPLE),
    room: fc.constantFrom(...CHANNEL_NAMES, ...TEAM_NAMES, UNMAPPED),
    isOwner: fc.boolean(),
  }),
  { maxLength: 12, selector: ({ name, room }) => `${name} ${room}` },
);

export const roomWorlds: fc.Arbitrary<RoomWorld> = fc.record({
  members: forEachGroup(fc.subarray([...PEOPLE])),
  showing: forEachGroup<Showing>(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant('listed' as const) },
      { weight: 1, arbitrary: fc.constantFrom('missing', 'empty', 'dynamic') },
    ),
  ),
  disabled: fc.subarray([...PEOPLE], { maxLength: 1 }),
  channels: forEachGroup(fc.subarray([...CHANNEL_NAMES], { minLength: 1 })),
  teams: forEachGroup(fc.subarray([...TEAM_NAMES], { minLength: 1 })),
  stored,
  enforces: fc.boolean(),
  everybody: fc.boolean(),
});

export function toEntries({ members, showing, disabled }: RoomWorld): readonly DirectoryEntry[] {
  const people = PEOPLE.map((name) =>
    toPerson(name, disabled.includes(name) ? { loginDisabled: 'TRUE' } : {}),
  );
  const groups = GROUPS.flatMap((group) => {
    const cn = `cn=${group},${GROUP_BASE}`;
    switch (showing[group]) {
      case 'listed':
        return toMemberGroup(group, members[group]);
      case 'missing':
        return [];
      case 'empty':
        return toEntry(cn, { cn: group });
      case 'dynamic':
        return toEntry(cn, { cn: group, memberURL: 'ldap:///dc=x??sub?(uid=*)' });
    }
  });
  return [...people, ...groups];
}

export const toSettings = ({ channels, teams, enforces, everybody }: RoomWorld) => ({
  ...TEAM_SETTINGS,
  ...CHANNELS,
  LDAP_Sync_User_Active_State: 'none',
  LDAP_Guard_Always_Allowed: 1_000,
  LDAP_Sync_User_Data_ChannelsMap: JSON.stringify(channels),
  LDAP_Groups_To_Rocket_Chat_Teams: JSON.stringify(teams),
  LDAP_Sync_User_Data_Channels_Enforce_AutoChannels: enforces,
  LDAP_Validate_Teams_For_Each_Login: everybody,
});

/** Everybody is linked, and the rooms are as they are stored. */
export async function buildRooms(world: RoomWorld, rooms: RoomsOfGroups): Promise<void> {
  await rooms.makeTeam('red', [OF_RED]);
  await rooms.makeTeam('blue');
  await rooms.make(...CHANNEL_NAMES.filter((name) => name !== OF_RED), UNMAPPED);
  for (const { name, room, isOwner } of world.stored)
    await rooms.put(name, room, isOwner ? ['owner'] : undefined);
}

/** Whether all that give the room say that the person is not in them. */
export function isWithheld(
  { members, showing, channels, teams }: RoomWorld,
  name: string,
  room: string,
): boolean {
  const giving = GROUPS.filter(
    (group) =>
      channels[group].includes(room) ||
      teams[group].includes(room) ||
      (room === OF_RED && teams[group].includes('red')),
  );
  return (
    giving.length > 0 &&
    giving.every((group) => showing[group] === 'listed' && !members[group].includes(name))
  );
}

/** Whether a group that shows its members gives the person the room, at least with a team. */
export function isGiven(
  { members, showing, channels, teams }: RoomWorld,
  name: string,
  room: string,
): boolean {
  return GROUPS.some(
    (group) =>
      showing[group] === 'listed' &&
      members[group].includes(name) &&
      (channels[group].includes(room) ||
        teams[group].includes(room) ||
        (room === OF_RED && teams[group].includes('red'))),
  );
}

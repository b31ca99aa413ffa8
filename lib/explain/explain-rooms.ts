import type { Membership } from '../directory/groups.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { groupsGiving } from '../sync/belonging/grants.js';
import type { RoomKind } from '../sync/rooms/mapped-room.js';
import type { RunRooms } from '../sync/rooms/open-rooms.js';
import type { GivenByGroups } from '../sync/person/given-by-groups.js';
import type { Understood } from './understand.js';

/** A channel or a team of the maps, and what it has to do with one person. */
export interface ExplainedRoom {
  readonly kind: RoomKind;
  /** As the map has it. */
  readonly name: string;
  /** The groups that give it, and what the person is to each. */
  readonly groups: readonly { readonly group: string; readonly membership: Membership }[];
  readonly isInside: boolean;
  /** What a sync does with it. */
  readonly fate: 'joins' | 'stays' | 'leaves' | 'nothing';
  readonly explanation: string;
}

/** Most rooms that are explained. */
const MAX_ROOMS = 200;
const MAX_GROUPS = 20;

/** Which group brings the person into which room, and what a sync makes of it. */
export async function explainRooms(
  { found, user, mapped, isAboutUser }: Understood,
  settings: Pick<SyncSettings, 'grants'>,
  { rooms, memberships: rules }: RunRooms,
): Promise<readonly ExplainedRoom[]> {
  const given = found?.given;
  if (!given || !rules.areAny) return [];
  const own = user ? await findOwn(user._id, rules.toAsk([given.grants]), { rooms, rules }) : NOWHERE;
  const planned = isAboutUser ? mapped?.plan.memberships : undefined;
  const explained = toNames(settings).flatMap(({ kind, name }): ExplainedRoom[] => {
    const room = rules.byName(kind, name);
    const isInside = room !== undefined && own.has(room.rid);
    const groups = toGroups({ kind, name }, given, settings);
    const isIn = (list: readonly { readonly rid: string }[] = []): boolean =>
      room !== undefined && list.some(({ rid }) => rid === room.rid);
    const fate = isIn(planned?.joins)
      ? 'joins'
      : isIn(planned?.leaves.map((leave) => leave.room))
        ? 'leaves'
        : isInside
          ? 'stays'
          : 'nothing';
    if (fate === 'nothing' && groups.every(({ membership }) => membership === 'not-member')) return [];
    return [
      { kind, name, groups, isInside, fate, explanation: toSentence(fate, groups, room !== undefined) },
    ];
  });
  return explained.slice(0, MAX_ROOMS);
}

const NOWHERE: ReadonlySet<string> = new Set();

/** The rooms that the user is in; in the main room of a team as its member only. */
async function findOwn(
  userId: string,
  rids: readonly string[],
  { rooms, rules }: { readonly rooms: RunRooms['rooms']; readonly rules: RunRooms['memberships'] },
): Promise<ReadonlySet<string>> {
  const { inside } = await rooms.findSubscribed(rids, [userId]);
  const memberOf = await rooms.findTeamMembers(rules.teams, [userId]);
  return rules.toInside(inside.get(userId) ?? NOWHERE, memberOf.get(userId) ?? NOWHERE);
}

type Groups = ExplainedRoom['groups'];

interface Named {
  readonly kind: RoomKind;
  readonly name: string;
}

function toNames({ grants }: Pick<SyncSettings, 'grants'>): readonly Named[] {
  return (['channels', 'teams'] as const).flatMap((kind) =>
    [...new Set([...(grants[kind]?.byGroup.values() ?? [])].flat())].map((name) => ({ kind, name })),
  );
}

/** Those that the person is in, or may be in, come first. */
function toGroups(
  { kind, name }: Named,
  { memberships }: GivenByGroups,
  { grants }: Pick<SyncSettings, 'grants'>,
): Groups {
  const asked = grants[kind];
  const groups = (asked ? groupsGiving(asked, name) : []).map((group) => ({
    group,
    membership: memberships.get(kind)?.(group) ?? ('unknown' as const),
  }));
  const order: readonly Membership[] = ['member', 'unknown', 'not-member'];
  const sorted = groups.toSorted((a, b) => order.indexOf(a.membership) - order.indexOf(b.membership));
  return sorted.slice(0, MAX_GROUPS);
}

function toSentence(fate: ExplainedRoom['fate'], groups: Groups, isKnown: boolean): string {
  const names = groups.filter(({ membership }) => membership === 'member').map(({ group }) => group);
  const by =
    names.length > 0 ? `The person is in ${names.map((name) => JSON.stringify(name)).join(', ')}` : '';
  switch (fate) {
    case 'joins':
      return `${by}: a sync brings the user into the room.`;
    case 'leaves':
      return 'No group that gives the room has the person: a sync takes the user out of it, with the guard.';
    case 'stays':
      return by === ''
        ? 'No group is known to give it, and the user stays: people are not taken out of it, or a group does ' +
            'not say who is in it.'
        : `${by}, and the user is in the room.`;
    case 'nothing':
      if (!isKnown) return `${by || 'No group is known to give it'}, but no such room can be joined.`;
      return by === ''
        ? 'A group that gives it does not say for certain whether it has the person: nothing happens.'
        : `${by}, but rooms do not follow groups here: the user is off or in doubt, is not allowed into the ` +
            'room, or only newcomers join teams.';
  }
}

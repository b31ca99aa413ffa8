import type { Grants } from '../../mapping/grants.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { MappedRoom, RoomKind } from './mapped-room.js';
import type { MappedRooms } from './mapped-rooms.js';
import type { TeamRoom } from './team-members.js';
import { givenRooms, isIn, toTargets, type RoomName, type Target } from './room-targets.js';

/** What groups say of one person and one room. */
export type RoomVerdict =
  | 'given'
  /** Nobody joins or leaves it: a group does not say who is in it, or the person is in it through a team. */
  | 'open'
  /** All groups that give it, by any of its names, say that the person is not in them. */
  | 'withheld';

/** What is to be done about one person. */
export interface PlannedMemberships {
  readonly joins: readonly MappedRoom[];
  readonly leaves: readonly PlannedLeave[];
}

export interface PlannedLeave {
  readonly room: MappedRoom;
  /** By which groups give the room, in the words of the maps. */
  readonly names: readonly RoomName[];
}

export const NO_MEMBERSHIPS: PlannedMemberships = { joins: [], leaves: [] };

interface PersonInRooms {
  readonly grants: Grants | undefined;
  /** The rooms of the maps in which the person has a subscription. */
  readonly subscribed: ReadonlySet<string>;
  /** The main rooms of the teams of `teams` of which the person is a member. */
  readonly memberOf: ReadonlySet<string>;
  /** Those that the person may not come into: banned, or only invited. */
  readonly barred: ReadonlySet<string>;
  readonly isNew: boolean;
}

/** Who joins and who leaves which room of the maps. Pure. */
export interface MembershipRules {
  /** Whether anybody may join or leave anything. */
  readonly areAny: boolean;
  /** The rooms of which has to be known whether these people are inside: what they may join or leave. */
  toAsk(grants: readonly (Grants | undefined)[]): readonly string[];
  plan(person: PersonInRooms): PlannedMemberships;
  /**
   * Whether nothing is to be done about somebody, as the chat server lists the rooms of the user (`__rooms`). Else the
   * subscriptions are asked, which say it for certain.
   */
  isSettled(listed: unknown, person: Pick<PersonInRooms, 'grants' | 'memberOf'>): boolean;
  /** The teams that people who are there already join and leave: their members are not those of their main rooms. */
  readonly teams: readonly TeamRoom[];
  /** Of the rooms somebody has a subscription of, those that they are in: in the main room of a team as its member only. */
  toInside(subscribed: ReadonlySet<string>, memberOf: ReadonlySet<string>): ReadonlySet<string>;
  verdict(rid: string, grants: Grants | undefined): RoomVerdict;
  /** Whether whoever is inside is to leave. */
  isToLeave(rid: string, grants: Grants | undefined): boolean;
  /** The names by which groups give the room, in the words of the maps. */
  namesOf(rid: string): readonly RoomName[];
  byName(kind: RoomKind, name: string): MappedRoom | undefined;
  /** The room, if the settings have people leave it. */
  toLeave(rid: string): MappedRoom | undefined;
}

type RuleSettings = Pick<SyncSettings, 'grants' | 'rooms'>;

export function createMembershipRules(
  { grants, rooms: settings }: RuleSettings,
  mapped: Pick<MappedRooms, 'byName'>,
): MembershipRules {
  const targets = toTargets(grants, mapped);
  const leavable: Readonly<Record<RoomKind, boolean>> = {
    channels: settings.enforcesChannels,
    // In Rocket.Chat, too, whoever is looked at for teams also leaves them.
    teams: settings.teamsOf === 'everybody',
  };
  const teams = [...targets.values()].flatMap(({ room: { kind, rid, teamId } }) =>
    leavable[kind] && teamId !== undefined ? [{ rid, teamId }] : [],
  );
  const mainRooms = new Set(teams.map(({ rid }) => rid));
  const leavableRids = [...targets].flatMap(([rid, { room }]) => (leavable[room.kind] ? rid : []));

  function verdictOf({ names, through }: Target, given: Grants | undefined): RoomVerdict {
    if (names.some((one) => isIn('given', one, given))) return 'given';
    const all = [...names, ...through];
    const isWithheld = all.every(
      (one) => given?.[one.kind] && !isIn('given', one, given) && !isIn('doubtful', one, given),
    );
    return isWithheld ? 'withheld' : 'open';
  }

  const rules: MembershipRules = {
    areAny: targets.size > 0,
    teams,
    toInside: (subscribed, memberOf) =>
      new Set([...subscribed].filter((rid) => !mainRooms.has(rid) || memberOf.has(rid))),
    byName: (kind, name) => mapped.byName(kind, name),

    toAsk(people) {
      const given = people.flatMap((one) => givenRooms(one, mapped).map(({ rid }) => rid));
      return [...new Set([...leavableRids, ...given])];
    },

    plan({ grants: own, subscribed, memberOf, barred, isNew }) {
      const inside = rules.toInside(subscribed, memberOf);
      const joins = givenRooms(own, mapped).filter(
        ({ rid, kind }) =>
          !inside.has(rid) && !barred.has(rid) && (kind === 'channels' || isNew || leavable.teams),
      );
      // The members of a team leave it, be they in its main room or not.
      const left = [...new Set([...inside, ...memberOf])].filter((rid) => rules.isToLeave(rid, own));
      const leaves = left
        .flatMap((rid) => rules.toLeave(rid) ?? [])
        .map((room) => ({ room, names: rules.namesOf(room.rid) }));
      return { joins, leaves };
    },

    isSettled(listed, person) {
      if (!Array.isArray(listed)) return false;
      const subscribed = new Set(listed as readonly string[]);
      const { joins, leaves } = rules.plan({ ...person, subscribed, barred: new Set(), isNew: false });
      return joins.length === 0 && leaves.length === 0;
    },

    verdict(rid, given) {
      const target = targets.get(rid);
      return target ? verdictOf(target, given) : 'open';
    },

    isToLeave: (rid, given) => rules.toLeave(rid) !== undefined && rules.verdict(rid, given) === 'withheld',

    namesOf(rid) {
      const { names = [], through = [] } = targets.get(rid) ?? {};
      return [...names, ...through];
    },

    toLeave(rid) {
      const room = targets.get(rid)?.room;
      return room && leavable[room.kind] ? room : undefined;
    },
  };
  return rules;
}

/** Of a run whose settings bring nobody into rooms. */
export const NO_RULES = createMembershipRules(
  { grants: {}, rooms: { enforcesChannels: false, teamsOf: 'newcomers', sendsMessages: false } },
  { byName: () => undefined },
);

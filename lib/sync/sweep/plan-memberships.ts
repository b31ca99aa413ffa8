import type { Grants } from '../../mapping/grants.js';
import { followsGroups, mayBeInRooms } from '../plan/follows-groups.js';
import { NO_MEMBERSHIPS, type MembershipRules } from '../rooms/membership-rules.js';
import { NOBODY_SUBSCRIBED, type RoomStore } from '../rooms/room-store.js';
import { newUserOf, type PersonPlan } from './person-task.js';

interface Dependencies {
  readonly rooms: Pick<RoomStore, 'findSubscribed' | 'findTeamMembers'>;
  readonly memberships: MembershipRules;
}

/**
 * The plans, with the rooms that each person joins or leaves. One question tells who of the page is in which
 * room of the maps, and one, where there are teams, who is a member of which: the chat server lists only rooms.
 */
export async function withMemberships(
  plans: readonly PersonPlan[],
  { rooms, memberships: rules }: Dependencies,
): Promise<readonly PersonPlan[]> {
  const followed = rules.areAny ? plans.filter(isFollowed) : [];
  const known = followed
    .filter((plan) => newUserOf(plan) === undefined)
    .flatMap(({ user }) => user?._id ?? []);
  const isTeamAsked = rules.teams.length > 0 && known.length > 0;
  const teams = isTeamAsked ? await rooms.findTeamMembers(rules.teams, known) : NOBODY_SUBSCRIBED.inside;
  const memberOf = ({ user }: PersonPlan): ReadonlySet<string> => teams.get(user?._id ?? '') ?? NOWHERE;
  const unsettled = followed.filter(
    (plan) =>
      newUserOf(plan) !== undefined ||
      !rules.isSettled(plan.user?.__rooms, { grants: grantsOf(plan), memberOf: memberOf(plan) }),
  );
  if (unsettled.length === 0) return plans;
  const stored = unsettled.filter((plan) => newUserOf(plan) === undefined);
  const rids = rules.toAsk(stored.map(grantsOf));
  const userIds = stored.flatMap(({ user }) => user?._id ?? []);
  const isAsked = rids.length > 0 && userIds.length > 0;
  const { inside, barred } = isAsked ? await rooms.findSubscribed(rids, userIds) : NOBODY_SUBSCRIBED;
  const planned = new Map(
    unsettled.map((plan) => {
      const userId = plan.user?._id ?? '';
      const person = {
        grants: grantsOf(plan),
        subscribed: inside.get(userId) ?? NOWHERE,
        memberOf: memberOf(plan),
        barred: barred.get(userId) ?? NOWHERE,
        isNew: newUserOf(plan) !== undefined,
      };
      return [plan, rules.plan(person)] as const;
    }),
  );
  return plans.map((plan) => ({ ...plan, memberships: planned.get(plan) ?? NO_MEMBERSHIPS }));
}

const NOWHERE: ReadonlySet<string> = new Set();

/** Whether rooms follow the groups of the person. */
function isFollowed({ decision, user }: PersonPlan): boolean {
  if (decision.kind === 'create') return user !== undefined && mayBeInRooms(user);
  return decision.kind === 'existing' && followsGroups(decision);
}

function grantsOf({ decision }: PersonPlan): Grants | undefined {
  return decision.person.grants;
}

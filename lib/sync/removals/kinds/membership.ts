import { isActive } from '../../../../models/active-user.js';
import type { RemovalRow } from '../../../../models/change-row.js';
import { followsGroups } from '../../plan/follows-groups.js';
import { followsEntries, TO_ENTRY } from './follows-entry.js';
import type { ConfirmedNow, ConfirmFacts, RemovalKindDefinition } from './removal-kind.js';

/**
 * Leaving a room that no group gives any more. What is written of the room and the subscription is written by
 * its own writer (`move-rooms.ts`).
 */
export const MEMBERSHIP: RemovalKindDefinition = {
  would: 'taken out of a channel or a team',
  called: { one: 'departure from a room', many: 'departures from rooms' },
  label: 'membership',
  outcome: { done: 'updated', takenBack: 'updated' },
  isAllowedBy: followsEntries,
  link: TO_ENTRY,
  isConfirmedByAbsence: false,
  isConfirmedByState: false,
  isAboutRooms: true,

  takes: ({ room }) => room?.names ?? [],

  confirm: (row, diff, facts) =>
    facts.person && followsGroups({ person: facts.person, user: facts.user, diff })
      ? confirmWithheld(row, facts)
      : { refused: 'The rooms of the user do not follow groups: the user is off, or may be somebody else.' },

  carryOut(_row, { user, moved }) {
    if (!isActive(user) || !moved) return { obstacle: 'changed' };
    if ('obstacle' in moved) return { obstacle: moved.obstacle === 'last-owner' ? 'last-owner' : 'changed' };
    return { update: undefined };
  },

  takeBack(_row, { moved }) {
    const state = moved && 'state' in moved ? moved.state : 'gone';
    if (state === 'back') return { update: undefined };
    return { obstacle: state === 'gone' ? 'membership-gone' : 'changed' };
  },

  toSubject: ({ room }) => room?.rid,

  changedSince: 'The user has come back into the room',
  afterRevert: {
    message: 'Whoever is back in a room is taken out of it again by the next sync while no group gives it.',
    remedy: 'Mend the groups, or the maps of channels and teams, before the next sync.',
  },
};

/** Every name by which the room is given is withheld, and the settings still take people out of it. */
function confirmWithheld(
  { room }: RemovalRow,
  { withheld, memberships }: Pick<ConfirmFacts, 'withheld' | 'memberships'>,
): ConfirmedNow {
  if (!room || !memberships.toLeave(room.rid))
    return { refused: 'The settings no longer take anybody out of the room.' };
  const isWithheld = memberships
    .namesOf(room.rid)
    .every(({ kind, name }) => withheld.some((one) => one.kind === kind && one.name === name));
  return isWithheld
    ? { by: 'not-given', reason: 'is in no group that gives the room' }
    : { refused: 'A group gives the person the room, or does not say for certain that it does not.' };
}

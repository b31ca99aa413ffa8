import { isActive } from '../../models/active-user.js';
import type { DeactivationCause } from '../../models/change-row.js';
import type { UserRecord } from '../../models/user.js';
import { followsDisabling } from '../settings/active-state.js';
import { toKeptStateAdvice } from '../sync/plan/federation.js';
import { isFederated } from '../sync/plan/merge-obstacles.js';
import { STATE_SOURCES } from '../sync/removals/state-sources.js';
import type { Facts } from './field-notes.js';

/** What is to be said of being on or off: why it is not known, not followed, or why the user is off. Pure. */
export function toActiveNote(facts: Facts): string | undefined {
  const { disabled } = facts.person;
  if (facts.user && isFederated(facts.user)) return toKeptNote(facts.plan);
  if (disabled === undefined) return toUnknownNote(facts);
  return disabled ? toDisabledNote(facts) : toEnabledNote(facts);
}

/** Of a federated user. */
function toKeptNote({ decision }: Facts['plan']): string {
  const kept = decision.kind === 'existing' ? decision.diff.keptState : undefined;
  return kept
    ? toKeptStateAdvice(kept).reason
    : 'An account of another server (federated) is switched neither off nor on.';
}

function toUnknownNote({ user, settings: { mapping, policy } }: Facts): string {
  const { attribute, remedy } = STATE_SOURCES[mapping.stateReading ?? 'optional'];
  const unknown = `The service account cannot see whether the person is disabled (${attribute})`;
  if (!followsDisabling(policy.activeState) && !user) return `${unknown}. ${remedy}`;
  const fate = user
    ? `so the user stays ${isActive(user) ? 'on' : 'off'}`
    : 'so a new user is created switched off, as pending approval';
  return `${unknown}, ${fate}. ${remedy}`;
}

function toDisabledNote({ person, user, settings: { policy } }: Facts): string | undefined {
  const by = person.disabledBy === undefined ? '' : ` (${person.disabledBy})`;
  if (!followsDisabling(policy.activeState))
    return (
      `The entry is disabled${by}, but the setting is "${policy.activeState}": nobody is switched ` +
      'off for that.'
    );
  return user && !isActive(user) ? `The entry is disabled${by}, so the user stays off.` : undefined;
}

function toEnabledNote({ user, settings: { policy } }: Facts): string | undefined {
  if (!user || isActive(user)) return undefined;
  const { activeState } = policy;
  if (activeState === 'enable' || activeState === 'both') return undefined;
  return (
    `The user is off: ${toCause(user)}. The setting is "${activeState}": nobody is switched on. Switch ` +
    'the user on in the administration of users (users.setActiveStatus), or set it to "enable" or "both".'
  );
}

/** Who switched the user off, and why. */
function toCause({ inactiveReason, ldapSync = {} }: UserRecord): string {
  const { deactivatedBecause, deactivatedByRun, deactivatedAt } = ldapSync;
  const why = CAUSES.get(deactivatedBecause);
  if (why !== undefined) {
    const run = typeof deactivatedByRun === 'string' ? ` (run ${deactivatedByRun})` : '';
    const when = deactivatedAt instanceof Date ? ` on ${deactivatedAt.toISOString()}` : '';
    return `a sync${run} switched the user off${when}, since the entry was ${why}`;
  }
  return inactiveReason === 'pending_approval'
    ? 'the user waits for an approval by an administrator'
    : 'an administrator or the chat server switched the user off, and no sync';
}

/** The stored cause may be any value. */
const CAUSES: ReadonlyMap<unknown, string> = new Map<DeactivationCause, string>([
  ['missing-from-directory', 'missing'],
  ['disabled-in-directory', 'disabled'],
]);

import type { Advice } from '../advice.js';
import type { SyncPolicy } from '../settings/sync-settings.js';
import { mayHaveLeft } from '../sync/plan/departed-owner.js';
import type { PlannedPair } from '../sync/plan/decision.js';
import { userOf, type Decision } from '../sync/plan/plan-page.js';
import type { LonePlan } from '../sync/sweep/plan-person.js';
import { explainWithoutEntry, NOT_LINKED } from './explain-no-entry.js';
import type { MatchExplanation } from './match-explanation.js';
import type { Understood } from './understand.js';

/** Says it in words. Pure. */
export function explainMatch(understood: Understood, policy: SyncPolicy): MatchExplanation {
  const { user, mapped, refused, isAboutUser, removals } = understood;
  if (refused) {
    const isLinked = user?.services?.ldap?.id !== undefined;
    const explanation = isLinked
      ? `The user is linked to the entry, but the entry cannot be used; ${toUnusableFate(removals.length > 0)}.`
      : 'The entry cannot be used, so nobody is made of it.';
    return { rule: isLinked ? 'immutable-id' : 'not-synced', explanation, remedy: refused.remedy };
  }
  if (!mapped) return explainWithoutEntry(understood);
  const { plan, person } = mapped;
  if (isAboutUser) return explainDecision(plan, policy);
  const known =
    user?.services?.ldap?.id === undefined
      ? NOT_LINKED
      : 'The user is linked by another attribute than people are told apart by now, so a sync does not ' +
        'find them.';
  return {
    rule: 'not-synced',
    explanation: `${known} The entry ${person.dn} has the same name or address, but ${toFate(plan.decision)}.`,
  };
}

function toUnusableFate(isSwitchedOff: boolean): string {
  return isSwitchedOff
    ? 'it says that the person is disabled, so the user is switched off'
    : 'the user stays as is';
}

function toFate(decision: Decision): string {
  if (decision.kind === 'create') return 'a sync would make an account of its own of it';
  return userOf(decision) ? 'it belongs to another account' : 'the settings leave it alone';
}

function explainDecision({ decision }: LonePlan, policy: SyncPolicy): MatchExplanation {
  switch (decision.kind) {
    case 'conflict':
      if (decision.pair) return explainPair(decision, decision.pair);
      return {
        rule: decision.isRejected ? 'not-synced' : 'conflict',
        explanation: `${decision.reason}${toOwnersNote(decision)}`,
        remedy: decision.remedy,
      };
    case 'create':
      return {
        rule: 'new',
        explanation:
          'Nobody is linked to the entry, and nobody has its user name or addresses: a sync ' +
          `creates ${decision.username}.`,
      };
    case 'leave':
      return explainLeaving(decision, policy);
    case 'existing': {
      if (decision.isAccessOnly) return explainLeaving(decision, policy);
      if (!decision.link) return { rule: 'immutable-id', explanation: toLinkedBy(decision) };
      return {
        rule: 'merge-by-email',
        explanation:
          `The account is not linked yet. It shares the verified address ${decision.mergedBy ?? ''} with ` +
          'the entry, and LDAP_Merge_Existing_Users is on: a sync links the two.',
      };
    }
  }
}

/** Whether the entry of the other account is gone is looked up by a run. */
function toOwnersNote({ owners = [] }: Decision & { kind: 'conflict' }): string {
  return owners.length > 0 && owners.every(({ account }) => mayHaveLeft(account))
    ? ' The other account is switched off: a sync looks up whether its entry is gone, and its report ' +
        'then says how to free the names.'
    : '';
}

function explainPair(
  { reason, remedy }: Advice,
  { kind, shown: { warnings } }: PlannedPair,
): MatchExplanation {
  const explanation = [WAITS[kind], ...warnings, reason];
  return { rule: 'needs-decision', explanation: explanation.join(' '), remedy };
}

const WAITS = {
  merge: 'It waits for your decision: no sync connects the two by itself.',
  relink:
    'It waits for your decision, if the entry that the account is linked to is gone: no sync gives it to ' +
    'another by itself.',
} as const;

function explainLeaving(
  decision: Pick<Decision & { kind: 'leave' }, 'person' | 'user'>,
  { syncUsers, importNew }: SyncPolicy,
): MatchExplanation {
  if (decision.user) {
    const setting = syncUsers ? 'LDAP_Background_Sync_Keep_Existant_Users_Updated' : 'LDAP_Background_Sync';
    const explanation =
      `${toLinkedBy(decision)} ${setting} is off, so a sync changes nothing but the photo and ABAC ` +
      'attributes.';
    return { rule: 'immutable-id', explanation, remedy: `Switch ${setting} on.` };
  }
  if (syncUsers && importNew) return { rule: 'not-synced', explanation: 'Nobody is linked to the entry.' };
  const setting = syncUsers ? 'LDAP_Background_Sync_Import_New_Users' : 'LDAP_Background_Sync';
  return {
    rule: 'not-synced',
    explanation: `Nobody is linked to the entry, and ${setting} is off, so a sync creates nobody.`,
    remedy: `Switch ${setting} on.`,
  };
}

function toLinkedBy({ person }: Pick<Decision, 'person'>): string {
  if (person.former)
    return (
      `The user is linked to the entry by ${person.former.idAttribute}, which the entry still has: a ` +
      `sync links the user by ${person.idAttribute}.`
    );
  return (
    `The user is linked to the entry by ${person.idAttribute}, which stays the same through renamings ` +
    'and moves.'
  );
}

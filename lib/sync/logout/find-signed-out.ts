import type { UserRecord } from '../../../models/user.js';
import type { RunProblem } from '../../../models/run-report.js';
import { inBatches } from '../../batches.js';
import type { Directory } from '../../directory/directory.js';
import { LdapSyncError } from '../../errors.js';
import { toLdapIdentity, type LdapIdentity } from '../../mapping/ldap-identity.js';
import { PEOPLE_AT_ONCE } from '../removals/look-up-batch.js';
import { lookUpStates, type SignedInState, type StateQuestion } from './look-up-states.js';

/** Somebody who is to be signed out. */
export interface Leaver {
  readonly userId: string;
  readonly identity: LdapIdentity;
  readonly state: Extract<SignedInState, { readonly kind: 'disabled' | 'gone' }>;
}

/** What the directory says of everybody who is signed in. */
export interface SignedOut {
  /** In the order of the users; at most `keepAtMost` of each kind. */
  readonly disabled: readonly Leaver[];
  readonly gone: readonly Leaver[];
  /** How many there are, kept or not. */
  readonly counts: Readonly<Record<SignedInState['kind'], number>>;
  readonly problems: readonly RunProblem[];
}

interface Dependencies {
  readonly directory: Directory;
  readonly question: StateQuestion;
  readonly keepAtMost: number;
}

/**
 * Asks the directory batch by batch. Of a batch whose search failed nobody is signed out; the problems say so, and
 * where the connection is lost, that goes for all who come after, too.
 */
export async function findSignedOut(
  users: AsyncIterable<UserRecord>,
  { directory, question, keepAtMost }: Dependencies,
): Promise<SignedOut> {
  const leavers: Record<Leaver['state']['kind'], Leaver[]> = { disabled: [], gone: [] };
  const counts = { disabled: 0, present: 0, several: 0, 'not-found': 0, gone: 0 };
  const failures = createFailures();
  for await (const batch of inBatches(users, PEOPLE_AT_ONCE)) {
    const people = batch.flatMap((user) => toPerson(user) ?? []);
    question.signal.throwIfAborted();
    if (failures.isLost()) failures.unasked(people.length);
    else if (people.length > 0) await ask(people);
  }
  return { ...leavers, counts, problems: failures.toProblems(counts) };

  async function ask(people: readonly Omit<Leaver, 'state'>[]): Promise<void> {
    try {
      const identities = people.map(({ identity }) => identity);
      const { states, doubt } = await lookUpStates(identities, directory, question);
      if (doubt !== undefined) failures.doubt(doubt);
      for (const person of people) count(person, states.get(person.identity.id));
    } catch (error) {
      question.signal.throwIfAborted();
      if (!(error instanceof LdapSyncError)) throw error;
      failures.failed(people.length, error);
    }
  }

  function count(person: Omit<Leaver, 'state'>, state: SignedInState = { kind: 'not-found' }): void {
    counts[state.kind] += 1;
    if (state.kind !== 'disabled' && state.kind !== 'gone') return;
    const kept = leavers[state.kind];
    if (kept.length < keepAtMost) kept.push({ ...person, state });
  }
}

function toPerson(user: UserRecord): Omit<Leaver, 'state'> | undefined {
  const identity = toLdapIdentity(user);
  return identity && { userId: user._id, identity };
}

function createFailures() {
  let people = 0;
  let first: LdapSyncError | undefined;
  let isLost = false;
  let doubted: string | undefined;
  return {
    isLost: () => isLost,
    failed(unknown: number, error: LdapSyncError): void {
      people += unknown;
      first ??= error;
      // After any other error the connection is of no use.
      isLost = error.code !== 'directory-search';
    },
    unasked: (unknown: number) => void (people += unknown),
    doubt: (reason: string) => void (doubted ??= reason),
    toProblems: (counts: SignedOut['counts']): readonly RunProblem[] => [
      ...(first ? [toFailedProblem(people, first)] : []),
      ...(doubted === undefined ? [] : [toDoubtProblem(counts['not-found'], doubted)]),
    ],
  };
}

function toFailedProblem(people: number, { message, remedy = 'Run it again.' }: LdapSyncError): RunProblem {
  return {
    message: `${people} people who are signed in could not be looked up, and stay signed in: ${message}`,
    remedy,
  };
}

function toDoubtProblem(people: number, reason: string): RunProblem {
  return {
    message: `It is not known whether ${people} people are gone, so they stay signed in: ${reason}`,
    remedy:
      'Let the service account read the whole naming context of LDAP_BaseDN, without referrals; or switch ' +
      'LDAP_Sync_AutoLogout_Gone off.',
    setting: 'LDAP_Sync_AutoLogout_Gone',
  };
}

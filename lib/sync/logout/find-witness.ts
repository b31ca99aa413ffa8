import type { RunProblem } from '../../../models/run-report.js';
import type { UserRecord } from '../../../models/user.js';
import { inBatches } from '../../batches.js';
import type { Directory } from '../../directory/directory.js';
import { toLdapIdentity } from '../../mapping/ldap-identity.js';
import { PEOPLE_AT_ONCE } from '../removals/look-up-batch.js';
import { lookUpStates, type StateQuestion } from './look-up-states.js';

/** Whether the directory shows any of the first linked users. Where it shows none, it proves nothing about anybody. */
export async function isAnybodyShown(
  linked: AsyncIterable<UserRecord>,
  directory: Directory,
  question: StateQuestion,
): Promise<boolean> {
  for await (const batch of inBatches(linked, PEOPLE_AT_ONCE)) {
    const identities = batch.flatMap((user) => toLdapIdentity(user) ?? []);
    const asked = { ...question, asksWhoIsGone: false };
    const { states } = await lookUpStates(identities, directory, asked);
    return [...states.values()].some(({ kind }) => kind !== 'not-found');
  }
  return false;
}

export function toNobodyShown(people: number): RunProblem {
  return {
    message: `The directory shows nobody who is known, so ${people} people are not taken for gone and stay signed in.`,
    remedy: 'Check LDAP_Host and LDAP_BaseDN, and what the service account may read.',
    setting: 'LDAP_BaseDN',
  };
}

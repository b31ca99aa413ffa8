import { isLastingId, LASTING_IDS } from '../mapping/lasting-ids.js';
import { isMutableIdAttribute } from '../mapping/ldap-identity.js';
import type { Census } from './census.js';

/** The id that all entries show and that is to be taken. */
export function findBetterId({ entries, having }: Pick<Census, 'entries' | 'having'>): string | undefined {
  return entries === 0 ? undefined : LASTING_IDS.find((name) => having(name) === entries);
}

/** Whether people are told apart by an attribute that is changed, or one that is worse than another they have. */
export function isPoorId(attribute: string, better: string | undefined): boolean {
  return isMutableIdAttribute(attribute) || (better !== undefined && !isLastingId(attribute));
}

import { isMutableIdAttribute } from '../mapping/ldap-identity.js';
import type { Census } from './census.js';

/**
 * Ids that a server gives and nobody changes, the one to take first: those of Active Directory, FreeIPA, 389
 * Directory Server, OpenLDAP and others, eDirectory, IBM and Domino.
 */
export const LASTING_IDS: readonly string[] = [
  ...['objectGUID', 'ipaUniqueID', 'nsUniqueId', 'entryUUID', 'GUID', 'ibm-entryUUID', 'dominoUNID'],
];

const LASTING = new Set(LASTING_IDS.map((name) => name.toLowerCase()));

export function isLastingId(attribute: string): boolean {
  return LASTING.has(attribute.toLowerCase());
}

/** The id that all entries show and that is to be taken. */
export function findBetterId({ entries, having }: Pick<Census, 'entries' | 'having'>): string | undefined {
  return entries === 0 ? undefined : LASTING_IDS.find((name) => having(name) === entries);
}

/** Whether people are told apart by an attribute that is changed, or one that is worse than another they have. */
export function isPoorId(attribute: string, better: string | undefined): boolean {
  return isMutableIdAttribute(attribute) || (better !== undefined && !isLastingId(attribute));
}

import type { LdapIdentity } from './ldap-identity.js';

/**
 * Ids that a server gives and nobody changes, the one to take first: those of Active Directory, FreeIPA, 389
 * Directory Server, OpenLDAP and others, eDirectory, IBM and Domino.
 */
export const LASTING_IDS: readonly string[] = [
  'objectGUID',
  'ipaUniqueID',
  'nsUniqueId',
  'entryUUID',
  'GUID',
  'ibm-entryUUID',
  'dominoUNID',
];

const LASTING = new Set(LASTING_IDS.map((name) => name.toLowerCase()));

export function isLastingId(attribute: string): boolean {
  return LASTING.has(attribute.toLowerCase());
}

/** Ids that no other entry ever gets, and that a server may give an entry anew when it moves. */
const NEVER_GIVEN_TWICE = new Set(['objectsid']);

/** Whether whoever has this id is the person who had it: nobody can give it to another entry. */
export function isIdForever(attribute: string): boolean {
  return isLastingId(attribute) || NEVER_GIVEN_TWICE.has(attribute.toLowerCase());
}

/**
 * Whether nothing else of the person counts yet: what the user is linked by can go to another entry, and an
 * address that were written at once would be enough to take the account.
 */
export function isInDoubt({ former }: LdapIdentity): boolean {
  return former !== undefined && !isIdForever(former.idAttribute);
}

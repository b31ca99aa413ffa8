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
 * Whether it is not sure that the entry is still that of the same person: another entry can have got the id
 * that the user is linked by. Then nothing else is written, since an address alone is enough to take an
 * account over.
 */
export function isInDoubt({ former }: LdapIdentity): boolean {
  return former !== undefined && !isIdForever(former.idAttribute);
}

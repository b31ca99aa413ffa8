import type { UserRecord } from '../../../models/user.js';
import { tidied } from './apply-update.js';
import type { UserUpdate } from './user-store.js';

/**
 * The same update; where it changes what people read as the name of the user, it says so at the user
 * (`ldapSync.namedFrom`), until the new name stands wherever the chat server repeats it.
 */
export function withNameMark(user: UserRecord, update: UserUpdate): UserUpdate {
  const { name } = update.set;
  const { username } = user;
  if (typeof name !== 'string' || typeof username !== 'string' || !canBeMarked(user)) return update;
  const before = typeof user.name === 'string' && user.name !== '' ? user.name : username;
  if (before === name) return update;
  return tidied(user, { ...update, set: { ...update.set, 'ldapSync.namedFrom': before } });
}

/** The host's document may hold anything there; into what is no document, the database would refuse the mark. */
function canBeMarked({ ldapSync }: { readonly ldapSync?: unknown }): boolean {
  return (
    ldapSync === undefined || (typeof ldapSync === 'object' && ldapSync !== null && !Array.isArray(ldapSync))
  );
}

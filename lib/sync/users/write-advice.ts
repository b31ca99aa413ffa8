import type { Advice } from '../../advice.js';

/** The database refused one user; the other users are still written. */
export const REFUSED: Advice = {
  code: 'write-refused',
  params: {},
  reason: 'The database refused to write this user, or a document of a room that the user joins or leaves.',
  remedy:
    'Look at the validation rules of the users collection and of those of rooms, and run the sync again.',
};

/** Somebody writes the user without a pause. */
export const BUSY: Advice = {
  code: 'user-busy',
  params: {},
  reason: 'Others have written this user all the time, so the sync found no moment to write.',
  remedy: 'Run the sync again, or wait for the next one.',
};

/** The chat server has a unique index on extensions. */
export const EXTENSION_TAKEN: Advice = {
  code: 'extension-taken',
  params: {},
  reason: 'Another user has the same telephone extension, and the chat server gives each to one user only.',
  remedy: 'Change the attribute that LDAP_Extension_Field names for one of the two, and run the sync again.',
};

import type { AdviceCode } from '../../lib/advice.js';
import type { Meaning } from '../meaning.js';

const LOOK = 'Look at the person (`ldap.explainUser`); the next sync decides anew.';
const BY_HAND = 'Look at the user, and change by hand what is wrong.';
const OWNER = 'Make somebody else an owner in the chat server, then sync again.';

/** What is said of something that takes away, or of taking that back. */
export const OF_REMOVALS = {
  'switched-off': {
    meaning: 'The person was switched off and signed out.',
    remedy:
      'Nothing if this is meant; else put the person back into the directory and switch the user on, or revert.',
  },
  'last-administrator': {
    meaning: 'The user is the last active administrator, and stays so.',
    remedy: 'Make somebody else an administrator, then sync again.',
  },
  'last-role': {
    meaning: 'The role would be taken, and is the last one of the user.',
    remedy: 'Give the user another role, then sync again.',
  },
  'access-revoked': {
    meaning: 'ABAC attributes went, and with them the rooms that ask for them.',
    remedy: 'Nothing if this is meant; name an owner for the rooms that the message lists.',
  },
  'access-not-given-back': {
    meaning: 'The attributes are back, and the user is not back in all rooms.',
    remedy: 'Add the user to these rooms in the chat server.',
  },
  'last-owner': { meaning: 'The person is the last owner of the room, and stays in it.', remedy: OWNER },
  'membership-gone': {
    meaning: 'The room, or what the user had in it, is gone, so it cannot be given back.',
    remedy: 'Add the user to the room in the chat server.',
  },
  'username-taken': {
    meaning: 'The user name belongs to another account by now.',
    remedy: 'Rename one of the two.',
  },
  'address-taken': {
    meaning: 'An address belongs to another account by now.',
    remedy: 'Change the address of one of the two.',
  },
  'taken-by-another': {
    meaning:
      'Another account has the user name or an address that the directory says now, and the sync of one person takes ' +
      'nothing from anybody else.',
    remedy:
      'Sync everybody if that account is to have another one by the directory, too; else change it for one of the two.',
  },
  'changed-since': {
    meaning: 'Somebody has changed since then what should be given back. It stays.',
    remedy: BY_HAND,
  },
  'account-unlinked': { meaning: 'The user is not linked any more.', remedy: LOOK },
  'settings-changed': { meaning: 'The settings no longer ask for this.', remedy: LOOK },
  'entry-no-longer-synced': { meaning: 'The entry is no longer among those that are synced.', remedy: LOOK },
  'entry-unreadable': { meaning: 'The entry cannot be used any more; the message says why.', remedy: LOOK },
  'present-after-all': { meaning: 'A direct look-up shows the person, who stays on.', remedy: LOOK },
  'no-longer-wanted': { meaning: 'The directory no longer asks for this change.', remedy: LOOK },
} as const satisfies Partial<Record<AdviceCode, Meaning>>;

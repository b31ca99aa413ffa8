import { LdapSyncError } from '../errors.js';

/** Why a picture is not shown, each with what to do. */
const WHY = {
  'no-user': ['There is no such user.', 'Look the person up by name.'],
  'not-of-directory': [
    'The user is linked to no entry of the directory.',
    'Look at the picture in the chat; here only people of the directory are shown.',
  ],
  'no-entry': [
    'The directory has no such entry among those that are synced.',
    'Ask for an explanation of the person: it says where the entry is.',
  ],
  'no-picture': ['There is no picture.', 'Put a photo into the directory, or a picture into the chat.'],
  elsewhere: [
    'The picture is not kept in the database of the chat server.',
    'Look at it in the chat: the server keeps its avatars in another store.',
  ],
  changed: ['The picture is another one by now.', 'Run a preview: it shows what is in the directory now.'],
  'too-large': [
    'The photo in the directory is too large to be read.',
    'Put a photo of at most 10 MiB into the directory.',
  ],
  'ldap-disabled': ['LDAP is switched off.', 'Switch LDAP_Enable on.'],
  'settings-unusable': [
    'The settings make a sync impossible.',
    'Mend the settings: ldap.status says what is wrong with them.',
  ],
} as const;

export function photoNotShown(why: keyof typeof WHY): LdapSyncError {
  const [message, remedy] = WHY[why];
  return new LdapSyncError('photo-not-shown', message, { remedy });
}

import { definitionsOf } from './definition.js';

const { onOff, text, choice } = definitionsOf('policy', false);

/** What a sync may do to users. */
export const POLICY = {
  LDAP_Background_Sync: onOff(
    false,
    'Whether people are synced; without it only the photos and ABAC attributes of linked users are.',
  ),
  LDAP_Background_Sync_Import_New_Users: onOff(true, 'Whether people who have no user get one.'),
  LDAP_Background_Sync_Keep_Existant_Users_Updated: onOff(true, 'Whether linked users follow their entries.'),
  LDAP_Background_Sync_Merge_Existent_Users: onOff(
    false,
    'Whether everybody is read although nobody is imported, so that existing users can be connected.',
  ),
  LDAP_Merge_Existing_Users: onOff(
    false,
    'Whether an entry is connected with the account that has verified its first address, is active and ' +
      'has no role beyond those of new users. Other accounts with its name or address wait as pairs for ' +
      'a decision.',
  ),
  LDAP_Background_Sync_Disable_Missing_Users: onOff(
    false,
    'Whether linked users who are gone from the directory are switched off.',
  ),
  LDAP_Free_Names_Of_Departed: onOff(
    false,
    'Whether a sync wants to free the user name and the addresses of somebody who is off and gone from the ' +
      'directory, when a newcomer has them there. It always waits for an approval. Of this package.',
  ),
  LDAP_Sync_User_Active_State: choice(
    'disable',
    ['disable', 'none', 'enable', 'both'],
    'What a sync does to the user of a disabled or enabled entry: switch off (disable), switch on (enable), ' +
      'both, or nothing (none).',
  ),
  LDAP_Active_State_Attributes: text(
    '',
    'What says beside the usual attributes that somebody is disabled: of accountExpires, shadowExpire, ' +
      'pwdAccountLockedTime and sambaAcctFlags those that count, separated by commas.',
  ),
  LDAP_Sync_User_Avatar: onOff(true, 'Whether photos are synced at all.'),
  LDAP_Background_Sync_Avatars: onOff(false, 'Whether a sync brings photos.'),
  LDAP_Avatar_Field: text(
    '',
    'The attribute with the photo; thumbnailPhoto and jpegPhoto are looked at after it, and where its photo cannot be used.',
  ),
} as const;

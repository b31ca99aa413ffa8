import { definitionsOf } from './definition.js';

const { onOff, text } = definitionsOf('new-users', false);
const photos = definitionsOf('photos', true);

/** What a new user is like. A default for an unreadable value could let somebody in, or rename people. */
export const NEW_USERS = {
  Accounts_Verify_Email_For_External_Accounts: onOff(
    true,
    'Whether addresses from the directory count as verified.',
  ),
  Accounts_ManuallyApproveNewUsers: onOff(false, 'Whether new users wait, switched off, for an approval.'),
  Accounts_AllowedDomainsList: text('', 'The domains of which a new user needs an address; empty: any.'),
  Accounts_Registration_AuthenticationServices_Default_Roles: text(
    'user',
    'Roles that every new user gets, `admin` excepted; `user` where neither this nor the next names one.',
  ),
  Accounts_Registration_Users_Default_Roles: text('user', 'Further roles that every new user gets.'),
  Accounts_TwoFactorAuthentication_By_Email_Auto_Opt_In: onOff(true, 'Whether new users get mailed codes.'),
  LDAP_Sync_Default_Channels: onOff(
    true,
    'Whether new users join the default channels, without a message, as in Rocket.Chat; not one of ' +
      "Rocket.Chat's settings.",
  ),
  UTF8_Names_Slugify: onOff(true, 'Whether user names become slugs (0-9 a-z - _ and dots).'),
  UTF8_User_Names_Validation: text(
    '[0-9a-zA-Z-_.]+',
    'What a user name may hold, as a regular expression of at most 500 characters without look-around ' +
      'and back-references; empty: the default. As in Rocket.Chat, it counts for renamings, and not for ' +
      'new users.',
  ),
  Accounts_SystemBlockedUsernameList: text(
    'admin,administrator,system,user',
    'User names that nobody newly gets, separated by commas, in any case. Whoever has one keeps it.',
  ),
  Accounts_BlockedUsernameList: text(
    '',
    'More user names that nobody newly gets. `all`, `here` and the names of teams are never given either.',
  ),
} as const;

/** What a photo becomes. */
export const PHOTOS = {
  Accounts_AvatarResize: photos.onOff(true, 'Whether photos are made square and resized.'),
  Accounts_AvatarSize: photos.number(
    200,
    { min: 16, max: 1_024 },
    'The width of photos, in pixels; a value out of range becomes the nearest one in it.',
  ),
} as const;

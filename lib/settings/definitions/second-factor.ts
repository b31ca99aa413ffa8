import { definitionsOf } from './definition.js';

const { onOff, number } = definitionsOf('second-factor', true);

const POSITIVE = { min: 1, max: Number.MAX_SAFE_INTEGER };

/** How logins and second factors are looked at. */
export const SECOND_FACTOR = {
  Accounts_LoginExpiration: number(90, POSITIVE, 'How long a login is good, in days.'),
  Accounts_TwoFactorAuthentication_Enabled: onOff(
    true,
    'Whether codes are asked for; when it is off, the password still is.',
  ),
  Accounts_TwoFactorAuthentication_By_TOTP_Enabled: onOff(true, 'Whether authenticator apps count.'),
  Accounts_TwoFactorAuthentication_MaxDelta: number(
    1,
    { min: 0, max: 2 },
    'How many steps of 30 s a TOTP code may be early or late; a value out of range becomes the nearest one ' +
      'in it.',
  ),
  Accounts_TwoFactorAuthentication_By_Email_Enabled: onOff(true, 'Whether mailed codes count.'),
  Accounts_TwoFactorAuthentication_By_Email_Code_Expiration: number(
    3_600,
    POSITIVE,
    'How long a mailed code is good, in s.',
  ),
  Accounts_TwoFactorAuthentication_Max_Invalid_Email_Code_Attempts: number(
    5,
    POSITIVE,
    'How many wrong entries a mailed code survives.',
  ),
  Accounts_twoFactorAuthentication_email_available_for_OAuth_users: onOff(
    true,
    'Whether mailed codes count for people who sign in through another service, the directory among them.',
  ),
} as const;

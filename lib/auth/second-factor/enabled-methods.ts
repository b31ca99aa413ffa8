import type { Settings } from '../../settings/settings.js';
import type { FactorUser } from './factor.js';
import type { SecondFactorMethod } from './second-factor.js';
import { toVerifiedAddresses } from './user-addresses.js';

/** The methods that a user switches on; the password is what remains without them. */
export type StrongMethod = Exclude<SecondFactorMethod, 'password'>;

/** In the order in which they are preferred. */
const IS_ENABLED: Readonly<Record<StrongMethod, (user: FactorUser, settings: Settings) => boolean>> = {
  totp: ({ services }, { get }) =>
    get('Accounts_TwoFactorAuthentication_By_TOTP_Enabled') && services?.totp?.enabled === true,
  email: (user, { get }) =>
    get('Accounts_TwoFactorAuthentication_By_Email_Enabled') &&
    user.services?.email2fa?.enabled === true &&
    toVerifiedAddresses(user).length > 0 &&
    (get('Accounts_twoFactorAuthentication_email_available_for_OAuth_users') || !isOAuthUser(user)),
};

const STRONG_METHODS = Object.keys(IS_ENABLED) as readonly StrongMethod[];

/** The methods that a user has enabled and the settings allow, the preferred one first. */
export function toEnabledMethods(user: FactorUser, settings: Settings): readonly StrongMethod[] {
  if (!settings.get('Accounts_TwoFactorAuthentication_Enabled')) return [];
  return STRONG_METHODS.filter((method) => IS_ENABLED[method](user, settings));
}

/**
 * What lies beside the sign-in services of others (Google, GitHub, a custom one …) in `services`. As in Rocket.Chat,
 * a directory (`ldap`, `saml`) is such a service.
 */
const NO_OAUTH = new Set([
  'password',
  'passwordHistory',
  'resume',
  'totp',
  'email2fa',
  'emailCode',
  'email',
  'cloud',
]);

function isOAuthUser({ services }: FactorUser): boolean {
  return Object.keys(services ?? {}).some((service) => !NO_OAUTH.has(service));
}

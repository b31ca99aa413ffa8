import type { Settings } from '../../settings/settings.js';
import { toEnabledMethods } from './enabled-methods.js';
import type { FactorUser } from './factor.js';
import { isUsableHash } from './hashing.js';
import { isUsableSecret } from './totp.js';

/** Why an account cannot give any second factor, and what an administrator does about it. */
export interface AccountLack {
  readonly reason: string;
  readonly remedy: string;
}

const BACKUP_HASH = /^[0-9a-f]{64}$/;

/**
 * Why an account cannot give any second factor; `undefined` when it can give one. The calls of such an
 * account are answered with the same challenge for ever, and only this tells why.
 */
export function findLack(user: FactorUser, settings: Settings): AccountLack | undefined {
  const enabled = toEnabledMethods(user, settings);
  if (enabled.includes('email')) return undefined;
  if (enabled.includes('totp')) return hasTotp(user) ? undefined : NO_SECRET;
  if (isUsableHash(user.services?.password?.bcrypt)) return undefined;
  return isAnyAllowed(settings) ? NOTHING_SET_UP : NOTHING_ALLOWED;
}

function hasTotp({ services }: FactorUser): boolean {
  const { secret, hashedBackup } = services?.totp ?? {};
  const codes: readonly unknown[] = Array.isArray(hashedBackup) ? hashedBackup : [];
  return isUsableSecret(secret) || codes.some((code) => typeof code === 'string' && BACKUP_HASH.test(code));
}

function isAnyAllowed({ get }: Settings): boolean {
  return (
    get('Accounts_TwoFactorAuthentication_Enabled') &&
    (get('Accounts_TwoFactorAuthentication_By_TOTP_Enabled') ||
      get('Accounts_TwoFactorAuthentication_By_Email_Enabled'))
  );
}

const NO_SECRET: AccountLack = {
  reason:
    'The account has an authenticator app enabled, but neither a usable secret nor a backup code of it.',
  remedy: "Reset the user's TOTP in the chat server's administration, and let the user set it up again.",
};

const NOTHING_SET_UP: AccountLack = {
  reason: 'The account has no authenticator app, no e-mailed codes and no usable password.',
  remedy:
    'Let the user enable two-factor authentication in the chat server (by an authenticator app, or by ' +
    'e-mail with a verified address), or set a password for the account.',
};

const NOTHING_ALLOWED: AccountLack = {
  reason: 'The account has no usable password, and the settings allow no other second factor.',
  remedy:
    'Switch on Accounts_TwoFactorAuthentication_Enabled with the method by TOTP or by e-mail and let the ' +
    'user enable it, or set a password for the account.',
};

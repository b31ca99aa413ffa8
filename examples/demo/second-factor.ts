import { randomBytes } from 'node:crypto';
import speakeasy from 'speakeasy';
import type { TotpSeed } from '../chat-server/administrator.js';

const BACKUP_CODES = 24;
const BACKUP_CODE_LENGTH = 8;

/** What an authenticator app would hold, and the backup codes one would print. */
export function createTotpSeed(): TotpSeed {
  return {
    secret: speakeasy.generateSecret({ length: 20 }).base32,
    // Letters and digits without bias: base64url, less its two signs.
    backupCodes: Array.from({ length: BACKUP_CODES }, () => createBackupCode()),
  };
}

function createBackupCode(): string {
  const text = randomBytes(32).toString('base64url').replace(/[-_]/g, '');
  return text.slice(0, BACKUP_CODE_LENGTH);
}

/** The code an authenticator app shows now. */
export function toCurrentCode(secret: string): string {
  return speakeasy.totp({ secret, encoding: 'base32' });
}

import { createHash, randomBytes } from 'node:crypto';
import bcrypt from 'bcryptjs';
import type { Connection } from 'mongoose';
import { createRandomId } from '../../lib/random-id.js';
import type { UserRecord } from '../../models/user.js';

export interface Administrator {
  readonly userId: string;
  readonly username: string;
  readonly password: string;
}

/** An authenticator app's secret, base32, and backup codes of eight characters. */
export interface TotpSeed {
  readonly secret: string;
  readonly backupCodes: readonly string[];
}

const BCRYPT_COST = 10;
const PERMISSIONS = [
  'sync-auth-services-users',
  'test-admin-options',
  'view-privileged-setting',
  'edit-privileged-setting',
];

/**
 * Puts an administrator with a random password into an empty database, the permissions a sync asks for, and
 * the bucket for photos. Without `totp` the password is the second factor too.
 */
export async function seedAdministrator(connection: Connection, totp?: TotpSeed): Promise<Administrator> {
  const [userId, username, password] = [createRandomId(), 'admin', randomBytes(9).toString('base64url')];
  const now = new Date();
  await connection.collection<UserRecord>('users').insertOne({
    _id: userId,
    type: 'user',
    username,
    name: 'Administrator',
    emails: [{ address: 'admin@chat.example', verified: true }],
    active: true,
    status: 'offline',
    roles: ['admin'],
    services: {
      password: { bcrypt: await bcrypt.hash(sha256Hex(password), BCRYPT_COST) },
      ...(totp
        ? { totp: { enabled: true, secret: totp.secret, hashedBackup: totp.backupCodes.map(sha256Hex) } }
        : {}),
    },
    createdAt: now,
    _updatedAt: now,
  });
  const permissions = connection.collection<{ _id: string; roles: string[] }>('rocketchat_permissions');
  await permissions.insertMany(PERMISSIONS.map((_id) => ({ _id, roles: ['admin'] })));
  return { userId, username, password };
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

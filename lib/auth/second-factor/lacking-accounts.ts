import type { Connection } from 'mongoose';
import { ACTIVE_USER } from '../../../models/active-user.js';
import { openCollection } from '../../../models/database.js';
import type { PermissionRecord } from '../../../models/permission.js';
import type { UserRecord } from '../../../models/user.js';
import type { ReadSettings, Settings } from '../../settings/settings.js';
import { SYNC_PERMISSION } from '../sync-permission.js';
import { findLack, type AccountLack } from './account-lack.js';
import type { FactorUser } from './factor.js';

/** An active account that holds the permission to sync and cannot give any second factor now. */
export interface LackingAccount extends AccountLack {
  readonly userId: string;
  readonly username: string | null;
}

/** At most 50, by id. Rejects when the database does. */
export type ReadLackingAccounts = () => Promise<readonly LackingAccount[]>;

interface Dependencies {
  readonly connection: Connection;
  readonly readSettings: ReadSettings;
}

const MAX_ACCOUNTS = 50;
/** The filter lets a few pass who lack nothing; the rules that decide are those of the second factor. */
const MAX_READ = 200;
const MAX_ROLES = 1_000;
const PROJECTION = { username: 1, emails: 1, services: 1 } as const;

/** Finds the accounts by the stored roles: who holds a permission of the host's own making is not known here. */
export function createReadLackingAccounts({ connection, readSettings }: Dependencies): ReadLackingAccounts {
  return async () => {
    const [settings, granted] = await Promise.all([
      readSettings(),
      openCollection<PermissionRecord>(connection, 'rocketchat_permissions').findOne({
        _id: SYNC_PERMISSION,
      }),
    ]);
    const roles = toRoles(granted?.roles);
    if (roles.length === 0) return [];
    const users = (await openCollection<UserRecord>(connection, 'users')
      .aggregate([
        // By itself, since not every server of MongoDB's protocol uses an index beside `$and`.
        { $match: { roles: { $in: [...roles] }, 'roles.0': { $exists: true } } },
        { $match: { $and: [ACTIVE_USER, toLacking(settings)] } },
        { $sort: { _id: 1 } },
        { $limit: MAX_READ },
        { $project: PROJECTION },
      ])
      .toArray()) as unknown as FactorUser[];
    return users.flatMap((user) => toAccount(user, settings)).slice(0, MAX_ACCOUNTS);
  };
}

function toRoles(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored.filter((role) => typeof role === 'string').slice(0, MAX_ROLES) : [];
}

/** Leaves out those who are seen at a glance to have a password or an authenticator app. */
function toLacking({ get }: Settings): { $nor: Record<string, unknown>[] } {
  const hasPassword = holds('services.password.bcrypt', /^\$2[aby]\$(0[4-9]|1[0-4])\$[./A-Za-z0-9]{53}$/);
  if (!get('Accounts_TwoFactorAuthentication_Enabled')) return { $nor: [hasPassword] };
  const hasOnlyPassword = { ...hasPassword, 'services.totp.enabled': { $ne: true } };
  if (!get('Accounts_TwoFactorAuthentication_By_TOTP_Enabled')) return { $nor: [hasOnlyPassword] };
  const hasTotp = {
    ...holds('services.totp.enabled', true),
    ...holds('services.totp.secret', /^[A-Z2-7]{26,1000}$/),
  };
  return { $nor: [hasOnlyPassword, hasTotp] };
}

/** The value itself: alone, the condition would also find a list that has it. */
function holds(path: string, value: unknown): Record<string, unknown> {
  return { [path]: value, [`${path}.0`]: { $exists: false } };
}

function toAccount(user: FactorUser, settings: Settings): readonly LackingAccount[] {
  const lack = findLack(user, settings);
  if (!lack) return [];
  const username = typeof user.username === 'string' ? user.username : null;
  return [{ userId: user._id, username, ...lack }];
}

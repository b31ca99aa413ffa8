import type { Connection } from 'mongoose';
import { userCollection, type LoginTokenRecord, type UserRecord } from '../../../models/user.js';
import type { Transaction } from '../run/transaction.js';
import { readUsers } from './read-users.js';

/** The unique sparse index of the chat server on the hashes finds those who are signed in, and reads nobody else. */
const SIGNED_IN = {
  ldap: true,
  'services.ldap.id': { $type: 'string' },
  'services.resume.loginTokens.hashedToken': { $exists: true },
} as const;

const AT_ONCE = 1_000;

/** How many login tokens somebody has. Their hashes are never read. */
export interface TokenCounts {
  readonly sessions: number;
  readonly personalAccessTokens: number;
}

/** Every linked user who has a login token, as in Rocket.Chat also those who are off. */
export function signedInUsers(connection: Connection): AsyncIterable<UserRecord> {
  return userCollection(connection).find<UserRecord>(SIGNED_IN, {
    projection: { 'services.ldap': 1 },
    batchSize: AT_ONCE,
  });
}

export async function isAnybodySignedIn(connection: Connection): Promise<boolean> {
  return (await userCollection(connection).findOne(SIGNED_IN, { projection: { _id: 1 } })) !== null;
}

/** These users as they are now, with their names, their links, and what kinds of tokens they have. */
export async function readSignedIn(
  connection: Connection,
  userIds: readonly string[],
  tx: Transaction,
): Promise<ReadonlyMap<string, UserRecord>> {
  const projection = {
    username: 1,
    name: 1,
    'services.ldap': 1,
    'services.resume.loginTokens.type': 1,
  } as const;
  const users = await readUsers(connection, { ids: userIds, projection }, tx);
  return new Map(users.map((user) => [user._id, user]));
}

export function countTokens({ services }: UserRecord): TokenCounts {
  const stored: unknown = services?.resume?.loginTokens;
  const tokens = (Array.isArray(stored) ? stored : []) as (Partial<LoginTokenRecord> | null)[];
  const personalAccessTokens = tokens.filter((token) => token?.type === 'personalAccessToken').length;
  return { sessions: tokens.length - personalAccessTokens, personalAccessTokens };
}

import type { Connection } from 'mongoose';
import { openCollection } from '../../models/database.js';
import { avatarCollection } from '../../models/avatar.js';
import { secondFactorCollection } from '../../models/second-factor.js';
import { planCollection } from '../../models/sync-plan.js';
import { switchedCollection } from '../../models/switched-document.js';
import { syncChangeCollection } from '../../models/sync-change.js';
import { syncRunCollection } from '../../models/sync-run.js';
import { userCollection } from '../../models/user.js';
import { ensureRoomCollections } from './rooms/room-collections.js';
import { adoptMarks } from './users/adopt-marks.js';

interface WantedIndex {
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly options: { readonly unique?: boolean; readonly sparse?: boolean; readonly background?: boolean };
}

/** Sparse rather than partial: look-ups by equality use it on every server of MongoDB's protocol. */
const USER_INDEXES: readonly WantedIndex[] = [
  { key: { 'services.ldap.id': 1 }, options: { unique: true, sparse: true } },
  { key: { username: 1 }, options: { unique: true, sparse: true } },
  { key: { 'emails.address': 1 }, options: { unique: true, sparse: true } },
  // As Rocket.Chat has it: who may sync, and who administrates, is asked for with every look at the status.
  { key: { roles: 1 }, options: { sparse: true } },
  // One for all marks of unfinished work: each index of users costs every insertion.
  { key: { 'ldapSync.unfinished': 1 }, options: { sparse: true } },
  { key: { 'ldapSync.deactivatedAt': 1 }, options: { sparse: true } },
];

const ALREADY_THERE = new Set([85, 86]);

/**
 * The collections and indexes that runs rely on. All are there before the first transaction, since a collection that
 * comes into being while others write to it is a conflict for them.
 */
export interface Indexes {
  /**
   * Makes them where the host does not have them. Returns one message for each index of users that could not be
   * made, for example because the collection holds duplicates. A run works without it, but then the database does
   * not rule out races.
   */
  ensure(): Promise<readonly string[]>;
  /** Only those of the reports and the history, which a preview writes too. */
  ensureOwn(): Promise<void>;
}

export function createIndexes(
  connection: Connection,
  { keepsAvatars }: { readonly keepsAvatars: boolean },
): Indexes {
  const ensureOwn = once(async () => {
    await syncRunCollection(connection).createIndex({ startedAt: -1, _id: -1 });
    await syncRunCollection(connection).createIndex({ kind: 1, startedAt: -1 });
    await ensureChangeIndexes(connection);
    await planCollection(connection)
      .createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 })
      .catch(ignoreExisting);
    return { result: undefined, isFinal: true };
  });
  const ensureHosts = once(async () => {
    const messages = await ensureUserIndexes(connection);
    await secondFactorCollection(connection)
      .createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 })
      .catch(ignoreExisting);
    await switchedCollection(connection).createIndex({ because: 1 }).catch(ignoreExisting);
    if (keepsAvatars) await ensureAvatarIndexes(connection);
    return { result: messages, isFinal: messages.length === 0 };
  });
  // A chat server may be started for the first time while this one runs.
  const ensureRooms = once(async () => {
    const isFinal = await ensureRoomCollections(connection);
    return { result: undefined, isFinal };
  });
  return {
    ensureOwn,
    async ensure() {
      await ensureOwn();
      await ensureRooms();
      return ensureHosts();
    },
  };
}

/** Callers at the same time share one attempt. One that failed, or is not final, is made again. */
function once<T>(make: () => Promise<{ readonly result: T; readonly isFinal: boolean }>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().then(
      ({ result, isFinal }) => {
        if (!isFinal) made = undefined;
        return result;
      },
      (error: unknown) => {
        made = undefined;
        throw error;
      },
    );
    return made;
  };
}

async function ensureUserIndexes(connection: Connection): Promise<readonly string[]> {
  const users = userCollection(connection);
  const existing = await users.indexes().catch(() => []);
  const keys = new Set(existing.map(({ key }) => JSON.stringify(key)));
  const messages: string[] = [];
  for (const { key, options } of USER_INDEXES) {
    if (keys.has(JSON.stringify(key))) continue;
    try {
      await users.createIndex(key, options);
    } catch (error) {
      const { code, message } = error as Error & { code?: number };
      if (code === undefined) throw error;
      if (!ALREADY_THERE.has(code))
        messages.push(`The index on users.${Object.keys(key)[0]} could not be made: ${message}`);
    }
  }
  await adoptMarks(users, existing);
  return messages;
}

async function ensureChangeIndexes(connection: Connection): Promise<void> {
  const changes = syncChangeCollection(connection);
  await changes.createIndex({ 'rows.userId': 1, at: -1 }).catch(ignoreExisting);
  await changes.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 }).catch(ignoreExisting);
}

/**
 * GridFS would make its two indexes at the first upload. Several first uploads at once then make them at the
 * same moment, which not every server of MongoDB's protocol survives.
 */
async function ensureAvatarIndexes(connection: Connection): Promise<void> {
  const avatars = avatarCollection(connection);
  for (const key of ['userId', 'name'])
    await avatars.createIndex({ [key]: 1 }, { sparse: true }).catch(ignoreExisting);
  await openCollection(connection, `${avatars.collectionName}.files`)
    .createIndex({ filename: 1, uploadDate: 1 })
    .catch(ignoreExisting);
  await openCollection(connection, `${avatars.collectionName}.chunks`)
    .createIndex({ files_id: 1, n: 1 }, { unique: true })
    .catch(ignoreExisting);
}

function ignoreExisting(error: unknown): void {
  if (!ALREADY_THERE.has((error as { code?: number }).code ?? 0)) throw error;
}

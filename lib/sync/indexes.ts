import type { Connection } from 'mongoose';
import { openCollection } from '../../models/database.js';
import { avatarCollection } from '../../models/avatar.js';
import { secondFactorCollection } from '../../models/second-factor.js';
import { syncChangeCollection } from '../../models/sync-change.js';
import { syncRunCollection } from '../../models/sync-run.js';
import { userCollection } from '../../models/user.js';

interface WantedIndex {
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly options: { readonly unique?: boolean; readonly sparse?: boolean; readonly background?: boolean };
}

/** Sparse rather than partial: look-ups by equality use it on every server of MongoDB's protocol. */
const USER_INDEXES: readonly WantedIndex[] = [
  { key: { 'services.ldap.id': 1 }, options: { unique: true, sparse: true } },
  { key: { username: 1 }, options: { unique: true, sparse: true } },
  { key: { 'emails.address': 1 }, options: { unique: true, sparse: true } },
  { key: { 'ldapSync.renamedFrom': 1 }, options: { sparse: true } },
];

const ALREADY_THERE = new Set([85, 86]);

/**
 * Makes the indexes a run relies on, where the host does not have them. Returns one message for each index
 * that could not be made, for example because the collection holds duplicates. The run works without the
 * index, but then the database does not rule out races.
 */
export function createEnsureIndexes(
  connection: Connection,
  { keepsAvatars }: { readonly keepsAvatars: boolean },
): () => Promise<readonly string[]> {
  let areMade = false;

  return async () => {
    if (areMade) return [];
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
    await syncRunCollection(connection).createIndex({ startedAt: -1, _id: -1 });
    await ensureChangeIndexes(connection);
    await secondFactorCollection(connection)
      .createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 })
      .catch(ignoreExisting);
    if (keepsAvatars) await ensureAvatarIndexes(connection);
    areMade = messages.length === 0;
    return messages;
  };
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

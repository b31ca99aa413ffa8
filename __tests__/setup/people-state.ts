import type { Connection } from 'mongoose';

type Document = Record<string, unknown>;

/** What a sync has made of people, without what differs between two runs that do the same: ids and times. */
export interface PeopleState {
  readonly users: readonly Document[];
  /** Everybody's picture as the user document names it, and whether its bytes are whole. */
  readonly pictures: readonly Document[];
  /** Rooms, subscriptions and messages, with the names that stand in them. */
  readonly conversations: readonly Document[];
  /** Pictures that would be served as somebody's, though the user document names another. */
  readonly superseded: readonly Document[];
}

export async function readPeopleState(connection: Connection): Promise<PeopleState> {
  const users = (await connection.collection('users').find({}).toArray()) as unknown as Document[];
  const names = new Map(users.map(({ _id, username }) => [_id as string, username as string]));
  const avatars = (await connection
    .collection('rocketchat_avatars')
    .find({})
    .toArray()) as unknown as Document[];
  const sizes = await chunkSizes(connection);
  const pictures = avatars
    .filter(({ complete }) => complete !== false)
    .map(({ _id, name, userId, etag, size }) => ({
      name,
      owner: names.get(userId as string),
      etag,
      size,
      stored: sizes.get(_id as string),
    }));
  const etags = new Map(users.map(({ username, avatarETag }) => [username as string, avatarETag]));
  const isCurrent = ({ owner, etag }: Document): boolean => etags.get(owner as string) === etag;
  return {
    users: sorted(users.map(toComparable)),
    conversations: await readConversations(connection),
    pictures: sorted(pictures.filter(isCurrent)),
    superseded: sorted(pictures.filter((picture) => !isCurrent(picture))),
  };
}

/** Without their times. */
async function readConversations(connection: Connection): Promise<readonly Document[]> {
  const names = ['rocketchat_room', 'rocketchat_subscription', 'rocketchat_message'];
  const found = await Promise.all(
    names.map((name) =>
      connection
        .collection(name)
        .find({}, { projection: { _updatedAt: 0 } })
        .sort({ _id: 1 })
        .toArray(),
    ),
  );
  return found.flat();
}

/** Everything a run may write to, and its accounts. */
const WRITTEN = [
  'users',
  'rocketchat_avatars',
  'rocketchat_avatars.files',
  'rocketchat_avatars.chunks',
  'rocketchat_room',
  'rocketchat_subscription',
  'rocketchat_message',
  'ldap_sync_changes',
] as const;

/** All there is about people, their pictures, conversations and what runs did to them, to the byte, by collection. */
export async function readEverything(
  connection: Connection,
): Promise<Readonly<Record<string, readonly Document[]>>> {
  const documents = await Promise.all(
    WRITTEN.map((name) => connection.collection(name).find({}).sort({ _id: 1 }).toArray()),
  );
  return Object.fromEntries(WRITTEN.map((name, index) => [name, (documents[index] ?? []) as Document[]]));
}

function toComparable(user: Document): Document {
  const { _id, createdAt, _updatedAt, ldapSync, services, importIds, ...rest } = user;
  const { deactivatedAt, deactivatedByRun, ...sync } = (ldapSync ?? {}) as Document;
  const { email2fa, ...others } = (services ?? {}) as Document;
  return {
    ...rest,
    importIds: Array.isArray(importIds) ? [...(importIds as string[])].sort() : importIds,
    ldapSync: sync,
    services: { ...others, hasEmail2fa: email2fa !== undefined },
    hasId: typeof _id === 'string' && createdAt !== undefined ? _updatedAt instanceof Date : undefined,
    isDated: [deactivatedAt instanceof Date, typeof deactivatedByRun === 'string'],
  };
}

async function chunkSizes(connection: Connection): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for (const { files_id: id, data } of await connection
    .collection('rocketchat_avatars.chunks')
    .find({})
    .toArray()) {
    sizes.set(id as string, (sizes.get(id as string) ?? 0) + (data as { length(): number }).length());
  }
  return sizes;
}

function sorted(documents: readonly Document[]): readonly Document[] {
  return [...documents].sort((a, b) => (toKey(a) < toKey(b) ? -1 : 1));
}

const toKey = (document: Document): string => JSON.stringify([document.username ?? document.name, document]);

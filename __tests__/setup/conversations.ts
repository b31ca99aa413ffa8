import type { Connection } from 'mongoose';
import { followRename } from '../../lib/sync/users/repeated-names.js';
import type { Transact } from '../../lib/sync/run/transaction.js';
import { countCommits, takeOver } from './fenced-transactions.js';
import { openTestDatabase, type TestDatabase } from './mongo.js';

type Document = Record<string, unknown>;

/** A database with Rocket.Chat's conversations, empty before each test. */
export function useConversations() {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    for (const name of ['users', ...Object.values(PLACES)]) await collection(name).deleteMany({});
  });

  const connection = (): Connection => database.connection;
  const collection = (name: string) => database.connection.collection<{ _id: string }>(name);
  const insert = (name: string, ...documents: readonly Document[]) =>
    collection(name).insertMany(documents as { _id: string }[]);

  return {
    connection,
    collection,
    insert,
    find: async (name: string, id: string) =>
      (await collection(name).findOne({ _id: id })) as Document | null,
    all: async (name: string) => (await collection(name).find({}).sort({ _id: 1 }).toArray()) as Document[],

    /** Users whose id is `U-` and the name they had first. */
    people: (...names: readonly string[]) =>
      insert('users', ...names.map((name) => ({ _id: `U-${name}`, username: name, name: `The ${name}` }))),

    /** The part of a renaming that is done in `users`, for several at once. */
    async rename(...names: readonly (readonly [id: string, from: string, to: string])[]) {
      for (const [id, from, to] of names) {
        const $set = { username: to, 'ldapSync.renamedFrom': from };
        const update = { $set, $addToSet: { 'ldapSync.unfinished': 'renamedFrom' } as object };
        await collection('users').updateOne({ _id: id }, update);
      }
    },

    /** A direct room of people given by id, with their names, and its subscriptions. */
    async talk(rid: string, people: Readonly<Record<string, string>>) {
      const [uids, usernames] = [Object.keys(people), Object.values(people)];
      await insert(PLACES.rooms, {
        _id: rid,
        t: 'd',
        uids: uids.toSorted(),
        usernames,
        usersCount: uids.length,
      });
      const toOthers = (id: string) => (uids.length > 1 ? uids.filter((uid) => uid !== id) : uids);
      const members = uids.map((id) => ({
        _id: `${rid}/${id}`,
        rid,
        t: 'd',
        u: { _id: id, username: people[id] },
        name: toOthers(id)
          .map((uid) => people[uid])
          .join(','),
        fname: toOthers(id)
          .map((uid) => `The ${people[uid]}`)
          .join(', '),
      }));
      await insert(PLACES.subscriptions, ...members);
    },

    /** A channel of people given by id, with their names, some of whom are muted. */
    async meet(rid: string, people: Readonly<Record<string, string>>, lists: Document) {
      await insert(PLACES.rooms, { _id: rid, t: 'c', name: rid, ...lists });
      const members = Object.entries(people).map(([id, username]) => ({
        _id: `${rid}/${id}`,
        rid,
        t: 'c',
        name: rid,
        u: { _id: id, username },
      }));
      await insert(PLACES.subscriptions, ...members);
    },

    /** Follows renamings one after the other; gives the number of transactions. */
    async follow(...ids: readonly string[]): Promise<number> {
      const transact = await takeOver(connection());
      const before = await countCommits(connection());
      const { signal } = new AbortController();
      for (const id of ids) await followRename(id, { connection: connection(), transact, signal });
      return (await countCommits(connection())) - before;
    },

    /** Follows a renaming until the host dies in its n-th transaction. */
    async followUntilKilled(id: string, n: number): Promise<void> {
      const transact = await takeOver(connection());
      let begun = 0;
      const dying: Transact = (work) => {
        begun += 1;
        return transact(async (tx) => {
          await work(tx);
          if (begun === n) throw new Error('killed');
        });
      };
      const { signal } = new AbortController();
      const following = followRename(id, { connection: connection(), transact: dying, signal });
      await expect(following).rejects.toThrow('killed');
    },
  };
}

export const PLACES = {
  rooms: 'rocketchat_room',
  subscriptions: 'rocketchat_subscription',
  messages: 'rocketchat_message',
  agents: 'rocketchat_livechat_department_agents',
  conferences: 'rocketchat_video_conference',
  calls: 'rocketchat_call_history',
} as const;

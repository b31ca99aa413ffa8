import type { Histories } from './histories.js';

type Document = Readonly<Record<string, unknown>>;

const LONG_AGO = new Date('2020-01-01T00:00:00Z');
export const ROOMS = 'rocketchat_room';
export const SUBSCRIPTIONS = 'rocketchat_subscription';
/** Where Rocket.Chat's OAuth server keeps what it has issued. */
export const TOKENS = [
  'rocketchat_oauth_access_tokens',
  'rocketchat_oauth_refresh_tokens',
  'rocketchat_oauth_auth_codes',
] as const;
const WATCHED = ['users', ROOMS, SUBSCRIPTIONS, 'rocketchat_livechat_department_agents', ...TOKENS];

/** Documents that Rocket.Chat keeps around users, who are named by their user names. */
export interface ChatRooms {
  id(username: string): Promise<string>;
  insert(name: string, ...documents: readonly Document[]): Promise<unknown>;
  /** A conversation of two. */
  talk(rid: string, names: readonly [string, string], fields?: Document): Promise<void>;
  /** A channel or group of members in the order in which they came, with their roles. */
  meet(rid: string, members: Readonly<Record<string, readonly string[] | undefined>>): Promise<void>;
  /** Tokens of all three kinds, and a session. */
  issueTokens(...names: readonly string[]): Promise<void>;
  find(name: string, id: string): Promise<Document | null>;
  /** Everything that stands around users, without the time of the last write. */
  all(): Promise<Readonly<Record<string, readonly Document[]>>>;
}

export function createChatRooms({
  collection,
  set,
  user,
}: Pick<Histories, 'collection' | 'set' | 'user'>): ChatRooms {
  const id: ChatRooms['id'] = async (username) =>
    ((await user(username))?.['_id'] as string | undefined) ?? `U-${username}`;
  const insert: ChatRooms['insert'] = (name, ...documents) =>
    collection(name).insertMany([...documents] as never);

  return {
    id,
    insert,

    async talk(rid, names, fields = {}) {
      const ids = await Promise.all(names.map(id));
      const room = {
        _id: rid,
        t: 'd',
        uids: ids.toSorted(),
        usernames: [...names],
        usersCount: 2,
        ro: false,
      };
      await insert(ROOMS, { ...room, sysMes: true, ...fields, _updatedAt: LONG_AGO });
      const members = names.map((username, index) => ({
        _id: `${rid}/${username}`,
        rid,
        t: 'd',
        name: names[1 - index],
        u: { _id: ids[index], username },
        open: true,
        unread: 0,
        _updatedAt: LONG_AGO,
      }));
      await insert(SUBSCRIPTIONS, ...members);
    },

    async meet(rid, members) {
      const t = rid.startsWith('c') ? 'c' : 'p';
      await insert(ROOMS, { _id: rid, t, name: rid, usersCount: Object.keys(members).length, ro: false });
      const came = Object.entries(members).map(async ([username, roles], index) => ({
        _id: `${rid}/${username}`,
        rid,
        t,
        name: rid,
        u: { _id: await id(username), username },
        ts: new Date(LONG_AGO.getTime() + index),
        ...(roles ? { roles: [...roles] } : {}),
        _updatedAt: LONG_AGO,
      }));
      // As a database may have them: not in the order of their coming.
      await insert(SUBSCRIPTIONS, ...(await Promise.all(came)).toReversed());
    },

    async issueTokens(...names) {
      for (const username of names) {
        const userId = await id(username);
        await set(username, {
          'services.resume.loginTokens': [
            { hashedToken: `s-${username}`, when: LONG_AGO },
            { hashedToken: `p-${username}`, type: 'personalAccessToken', name: 'bot' },
          ],
        });
        for (const name of TOKENS)
          await insert(name, { _id: `t-${username}`, clientId: 'client', userId, expires: LONG_AGO });
      }
    },

    find: (name, _id) => collection(name).findOne({ _id: _id as never }),

    async all() {
      const found = await Promise.all(
        WATCHED.map(async (name) => {
          const documents = await collection(name).find({}).sort({ _id: 1 }).toArray();
          return [name, documents.map(({ _updatedAt, ...document }) => document)] as const;
        }),
      );
      return Object.fromEntries(found);
    },
  };
}

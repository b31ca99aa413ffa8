import type { DirectoryEntry } from '../../lib/directory/directory.js';
import { toEntry } from './entries.js';
import { createChatRooms, ROOMS, SUBSCRIPTIONS, type ChatRooms } from './chat-rooms.js';
import type { Histories } from './histories.js';

export const GROUP_BASE = 'ou=groups,dc=x';
export const TEAMS = 'rocketchat_team';
export const TEAM_MEMBERS = 'rocketchat_team_member';
export const MESSAGES = 'rocketchat_message';
export const TRASH = 'rocketchat__trash';

/** Channels by groups, with leaving. */
export const CHANNELS = {
  LDAP_Extension_Field: '',
  LDAP_Guard_Always_Allowed: 3,
  LDAP_Sync_User_Data_Channels: true,
  LDAP_Sync_User_Data_Channels_BaseDN: GROUP_BASE,
  LDAP_Sync_User_Data_Channels_Filter: '(&(cn=#{groupName})(memberUid=#{username}))',
  LDAP_Sync_User_Data_ChannelsMap: JSON.stringify({ staff: 'general', it: ['helpdesk', 'support'] }),
  LDAP_Sync_User_Data_Channels_Enforce_AutoChannels: true,
} as const;

/** Teams by groups, of everybody. */
export const TEAM_SETTINGS = {
  LDAP_Extension_Field: '',
  LDAP_Guard_Always_Allowed: 3,
  LDAP_Enable_LDAP_Groups_To_RC_Teams: true,
  LDAP_Groups_To_Rocket_Chat_Teams: JSON.stringify({ dev: 'developers', ops: 'operators' }),
  LDAP_Validate_Teams_For_Each_Login: true,
  LDAP_Teams_BaseDN: GROUP_BASE,
  LDAP_Teams_Name_Field: 'cn',
  LDAP_Query_To_Get_User_Teams: '(&(cn=*)(memberUid=#{username}))',
} as const;

/** A group that lists names; nobody is in it but somebody who is no user. */
export const toMemberGroup = (name: string, members: readonly string[]): DirectoryEntry =>
  toEntry(`cn=${name},${GROUP_BASE}`, { cn: name, memberUid: ['nobody', ...members] });

export interface RoomsOfGroups extends ChatRooms {
  /** A channel, or a private group whose name begins with `p-`, without members. */
  make(...names: readonly string[]): Promise<void>;
  /** A team, with the rooms that are joined with it. */
  makeTeam(name: string, defaults?: readonly string[]): Promise<void>;
  /** Somebody is put into a room by hand. */
  put(username: string, room: string, roles?: readonly string[]): Promise<void>;
  /** Who is in which room, by names. */
  members(): Promise<Readonly<Record<string, readonly string[]>>>;
  /** Who is in which team, by names. */
  teamMembers(): Promise<Readonly<Record<string, readonly string[]>>>;
  /** All that a sync may write, but the accounts of runs and the lease. */
  everything(): Promise<Readonly<Record<string, readonly unknown[]>>>;
  /** What is wrong with the three places that say who is in a room. */
  disagreements(): Promise<readonly string[]>;
}

export function createRoomsOfGroups(
  histories: Pick<Histories, 'collection' | 'set' | 'user' | 'database'>,
): RoomsOfGroups {
  const { collection, database } = histories;
  const chat = createChatRooms(histories);
  const all = (name: string) => collection(name).find({}).sort({ _id: 1 }).toArray();

  async function named(name: string, link: string, memberOf: (one: never) => string) {
    const rooms = new Map((await all(name)).map((room) => [String(room._id), String(room['name'])]));
    const users = new Map((await all('users')).map((user) => [String(user._id), String(user['username'])]));
    const found: Record<string, string[]> = Object.fromEntries([...rooms.values()].map((room) => [room, []]));
    for (const one of await all(link)) {
      const room = rooms.get(String(one['rid'] ?? one['teamId']));
      if (room !== undefined) found[room]?.push(users.get(memberOf(one as never)) ?? '?');
    }
    for (const list of Object.values(found)) list.sort();
    return found;
  }

  /** What the chat server has before anybody is anywhere. */
  async function open(): Promise<void> {
    const { connection } = database();
    const known = new Set((await connection.listCollections()).map(({ name }) => name));
    for (const name of [SUBSCRIPTIONS, TEAMS, TEAM_MEMBERS])
      if (!known.has(name)) await connection.createCollection(name);
  }

  return {
    ...chat,
    async make(...names) {
      await open();
      await chat.insert(ROOMS, ...names.map((name) => toRoom(name)));
    },
    async makeTeam(name, defaults = []) {
      await open();
      const team = { _id: `T-${name}`, name, type: 1, roomId: `R-${name}`, createdAt: new Date(0) };
      await chat.insert(TEAMS, { ...team, createdBy: { _id: 'rocket.cat', username: 'rocket.cat' } });
      await chat.insert(
        ROOMS,
        { ...toRoom(name), t: 'p', teamId: team._id, teamMain: true },
        ...defaults.map((room) => ({ ...toRoom(room), teamId: team._id, teamDefault: true })),
      );
    },
    async put(username, room, roles) {
      const _id = await chat.id(username);
      await chat.insert(SUBSCRIPTIONS, {
        _id: `S-${room}-${username}`,
        rid: `R-${room}`,
        t: 'c',
        name: room,
        u: { _id, username },
        ts: new Date(0),
        open: true,
        alert: true,
        unread: 7,
        ...(roles ? { roles: [...roles] } : {}),
        _updatedAt: new Date(0),
      });
      await collection(ROOMS).updateOne({ _id: `R-${room}` as never }, { $inc: { usersCount: 1 } });
      await collection('users').updateOne({ _id: _id as never }, { $addToSet: { __rooms: `R-${room}` } });
      const team = await collection(TEAMS).findOne({ roomId: `R-${room}` });
      if (team)
        await chat.insert(TEAM_MEMBERS, { _id: `M-${room}-${username}`, teamId: team._id, userId: _id });
    },
    members: () => named(ROOMS, SUBSCRIPTIONS, (one: { u: { _id: string } }) => one.u._id),
    teamMembers: () => named(TEAMS, TEAM_MEMBERS, (one: { userId: string }) => one.userId),
    async everything() {
      const list = await database().connection.listCollections();
      const names = list.map(({ name }) => name).filter((name) => !ACCOUNTS.has(name));
      return Object.fromEntries(
        await Promise.all(names.sort().map(async (name) => [name, await all(name)] as const)),
      );
    },
    async disagreements() {
      const [rooms, subscriptions, users] = await Promise.all([all(ROOMS), all(SUBSCRIPTIONS), all('users')]);
      const wrongCounts = rooms.flatMap(({ _id, usersCount }) => {
        const inside = subscriptions.filter(({ rid }) => rid === (_id as unknown)).length;
        return inside === usersCount ? [] : [`${String(_id)}: ${inside} are inside, not ${usersCount}`];
      });
      const wrongLists = users.flatMap(({ _id, __rooms = [] }) => {
        const inside = subscriptions.filter(({ u }) => u._id === _id).map(({ rid }) => String(rid));
        const listed = (__rooms as string[]).toSorted().join();
        return inside.toSorted().join() === listed
          ? []
          : [`${String(_id)}: is in ${inside.join()}, not ${listed}`];
      });
      return [...wrongCounts, ...wrongLists];
    },
  };
}

const ACCOUNTS = new Set(['ldap_sync_runs', 'ldap_sync_lease', 'ldap_sync_fence', 'ldap_sync_changes']);

function toRoom(name: string): Readonly<Record<string, unknown>> {
  return {
    _id: `R-${name}`,
    t: name.startsWith('p-') ? 'p' : 'c',
    name,
    fname: name,
    msgs: 0,
    usersCount: 0,
    ro: false,
    _updatedAt: new Date(0),
  };
}

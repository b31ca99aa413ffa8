import { openCollection } from '../../../models/database.js';
import { findMappedRooms, type MappedRooms } from '../../../lib/sync/rooms/mapped-rooms.js';
import { ROOMS, SUBSCRIPTIONS, TEAMS, useRoomDatabase, type Document } from '../../setup/room-database.js';
import { toSyncSettings } from '../../setup/sync-settings.js';

const database = useRoomDatabase();
const { all, insert, room, set, users } = database;

interface Named {
  readonly channels?: readonly string[];
  readonly teams?: readonly string[];
}

/** The rooms of maps with these names, of groups that give one each. */
function findRooms({ channels, teams }: Named, settings: Document = {}): Promise<MappedRooms> {
  const toMap = (names: readonly string[]): string =>
    JSON.stringify(Object.fromEntries(names.map((name, index) => [`g${index}`, name])));
  const { grants, chat } = toSyncSettings({
    ...(channels
      ? {
          LDAP_Sync_User_Data_Channels: true,
          LDAP_Sync_User_Data_Channels_BaseDN: 'ou=groups,dc=x',
          LDAP_Sync_User_Data_ChannelsMap: toMap(channels),
          LDAP_Sync_User_Data_Channels_Admin: 'boss',
        }
      : {}),
    ...(teams
      ? {
          LDAP_Enable_LDAP_Groups_To_RC_Teams: true,
          LDAP_Teams_BaseDN: 'ou=groups,dc=x',
          LDAP_Query_To_Get_User_Teams: '(&(cn=*)(member=#{userdn}))',
          LDAP_Teams_Name_Field: 'cn',
          LDAP_Groups_To_Rocket_Chat_Teams: toMap(teams),
        }
      : {}),
    ...settings,
  });
  return findMappedRooms(grants, { connection: database.connection(), chat });
}
const messagesOf = ({ problems }: MappedRooms): readonly string[] => problems.map(({ message }) => message);

describe('a channel of the map', () => {
  it('is found by its name, and else by what is shown, exactly', async () => {
    await room('c1', [], { name: 'support' });
    await room('c2', [], { name: 'x-2', fname: 'help' });
    await room('p1', [], { name: 'inner' });
    await room('c3', [], { name: 'other', fname: 'support' });
    const found = await findRooms({ channels: ['support', 'help', 'inner'] });
    expect(found.problems).toEqual([]);
    expect(found.byName('channels', 'support')).toEqual({
      kind: 'channels',
      name: 'support',
      rid: 'c1',
      shown: 'support',
      isToBeMade: false,
      alsoJoins: [],
    });
    expect(found.byName('channels', 'help')).toMatchObject({ rid: 'c2', shown: 'help' });
    expect(found.byName('channels', 'inner')).toMatchObject({ rid: 'p1', isToBeMade: false });
    expect(found.byName('channels', 'Support')).toBeUndefined();
    expect(found.byName('teams', 'support')).toBeUndefined();
    expect(found.rooms.map(({ rid }) => rid)).toEqual(['c1', 'c2', 'p1']);
  });

  it('that does not exist is to be made, and nothing is written yet', async () => {
    await users('boss');
    const found = await findRooms({ channels: ['support', 'Support'] });
    expect(found.problems).toEqual([]);
    expect(found.byName('channels', 'support')).toEqual({
      kind: 'channels',
      name: 'support',
      rid: expect.stringMatching(/^[0-9a-f]{24}$/),
      shown: 'support',
      isToBeMade: true,
      making: { name: 'support', ownerId: 'u-boss' },
      alsoJoins: [],
    });
    expect(new Set(found.rooms.map(({ rid }) => rid)).size).toBe(2);
    expect(await all(ROOMS)).toEqual([]);
  });

  it('is one room, though the map has two names for it', async () => {
    await users('boss');
    await room('c1', [], { name: 'Help-Desk', fname: 'Help Desk' });
    const special = { UI_Allow_room_names_with_special_chars: true };
    const found = await findRooms({ channels: ['Help Desk', 'Help-Desk', 'Né w', 'Ne-w'] }, special);
    expect(found.byName('channels', 'Help Desk')).toBe(found.byName('channels', 'Help-Desk'));
    expect(found.byName('channels', 'Né w')).toBe(found.byName('channels', 'Ne-w'));
    expect(found.rooms).toEqual([
      expect.objectContaining({ rid: 'c1' }),
      expect.objectContaining({ shown: 'Né w', making: { name: 'Ne-w', ownerId: 'u-boss' } }),
    ]);
  });

  it('has an owner whose name is found ignoring case', async () => {
    await users('Boss', 'b.ss');
    const found = await findRooms({ channels: ['support'] });
    expect(found.rooms).toEqual([
      expect.objectContaining({ making: { name: 'support', ownerId: 'u-Boss' } }),
    ]);
  });

  it('is not made where the name of its owner has signs of patterns, and nobody is called so', async () => {
    await users('a', 'b');
    const found = await findRooms({ channels: ['support'] }, { LDAP_Sync_User_Data_Channels_Admin: 'A(|b' });
    expect([found.rooms, found.problems.length]).toEqual([[], 1]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['there is no such user', () => users('ada')],
    ['the user is off', async () => (await users('boss'), set('users', 'u-boss', { active: false }))],
    [
      'the user is of another server',
      async () => (await users('boss'), set('users', 'u-boss', { federated: true })),
    ],
    [
      'the user, found ignoring case, is of another server',
      async () => (await users('Boss'), set('users', 'u-Boss', { federated: true })),
    ],
    ['two have the name but for its case', () => users('Boss', 'BOSS')],
  ])('is not made when of its owner %s; the others are found', async (_what, prepare) => {
    await prepare();
    await room('c1', [], { name: 'there' });
    const found = await findRooms({ channels: ['support', 'there'] });
    expect(found.rooms.map(({ rid }) => rid)).toEqual(['c1']);
    expect(found.problems).toEqual([
      expect.objectContaining({
        setting: 'LDAP_Sync_User_Data_ChannelsMap',
        message: expect.stringContaining('"support"'),
        remedy: expect.stringContaining('LDAP_Sync_User_Data_Channels_Admin'),
      }),
    ]);
  });

  it.each([['two words'], ['admin'], ['Système']])(
    'with a name that no channel may have is told: %s; the others are found',
    async (name) => {
      await room('c1', [], { name: 'there' });
      const found = await findRooms({ channels: [name, 'there'] });
      expect(found.rooms.map(({ rid }) => rid)).toEqual(['c1']);
      expect(messagesOf(found)).toEqual([expect.stringContaining(JSON.stringify(name))]);
    },
  );

  it('is no discussion by its title, which anybody may choose, but one by the name in its link', async () => {
    await users('boss');
    await room('c1', [], { name: 'k3vK', fname: 'support', prid: 'c0' });
    const found = await findRooms({ channels: ['support', 'k3vK'] });
    expect(found.byName('channels', 'support')).toMatchObject({ isToBeMade: true });
    expect(found.byName('channels', 'k3vK')).toMatchObject({ rid: 'c1' });
  });

  it('is no conversation or visitor with its title', async () => {
    await users('boss');
    await room('c1', [], { name: undefined, fname: 'support', t: 'l' });
    expect((await findRooms({ channels: ['support'] })).rooms).toEqual([
      expect.objectContaining({ isToBeMade: true }),
    ]);
  });

  it('that several rooms show as their title is told', async () => {
    await room('c1', [], { fname: 'support' });
    await room('p2', [], { fname: 'support' });
    await room('c3', [], { fname: 'support' });
    const found = await findRooms({ channels: ['support'] });
    expect(found.rooms).toEqual([]);
    expect(messagesOf(found)).toEqual([expect.stringContaining('several')]);
  });

  it.each<[string, Document, string]>([
    ['the main room of a team', { teamMain: true, teamId: 't' }, 'LDAP_Groups_To_Rocket_Chat_Teams'],
    ['guarded by ABAC', { abacAttributes: [{ key: 'a', values: ['b'] }] }, 'attributes'],
    ['archived', { archived: true }, 'Unarchive'],
    ['shared with other servers', { federated: true }, 'invite'],
    ['a conversation', { t: 'd' }, 'Correct'],
    ['counted by a text', { usersCount: 'many' }, 'usersCount'],
  ])('that is %s is left out', async (_what, fields, remedy) => {
    await room('c1', [], { name: 'support', ...fields });
    await room('c2', [], { name: 'there' });
    const found = await findRooms({ channels: ['support', 'there'] });
    expect(found.rooms.map(({ rid }) => rid)).toEqual(['c2']);
    expect(found.problems).toEqual([expect.objectContaining({ remedy: expect.stringContaining(remedy) })]);
  });
});

describe('a team of the map', () => {
  const openTeam = async (fields: Document = {}): Promise<void> => {
    await insert(TEAMS, { _id: 't1', name: 'Developers', type: 0, roomId: 'main' });
    await room('main', [], { teamId: 't1', teamMain: true, name: 'Developers', ...fields });
  };

  it('is found by its exact name, with the rooms that are joined with it', async () => {
    await openTeam({ teamDefault: true });
    const auto = { teamId: 't1', teamDefault: true };
    await room('a1', [], auto);
    await room('p2', [], auto);
    await room('a3', [], { ...auto, abacAttributes: [{ key: 'a', values: ['b'] }] });
    await room('a4', [], { ...auto, archived: true });
    await room('a5', [], { teamId: 't2', teamDefault: true });
    await room('a6', [], { teamId: 't1' });
    const found = await findRooms({ teams: ['Developers', 'developers'] });
    expect(found.rooms).toEqual([
      {
        kind: 'teams',
        name: 'Developers',
        rid: 'main',
        shown: 'Developers',
        isToBeMade: false,
        teamId: 't1',
        alsoJoins: ['a1', 'p2'],
      },
    ]);
    expect(messagesOf(found)).toEqual([expect.stringContaining('"developers"')]);
    expect(await all(TEAMS)).toHaveLength(1);
  });

  it('brings people into a hundred rooms at most', async () => {
    await openTeam();
    for (let index = 0; index < 102; index += 1)
      await room(`a${index}`, [], { teamId: 't1', teamDefault: true });
    const found = await findRooms({ teams: ['Developers'] });
    expect(found.rooms[0]?.alsoJoins).toHaveLength(100);
    expect(messagesOf(found)).toEqual([expect.stringContaining('More than 100')]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['has no main room', () => insert(TEAMS, { _id: 't1', name: 'Developers', roomId: 'main' })],
    ['has a main room that is not its own', () => openTeam({ teamId: 't2' })],
    ['has a main room that is none', () => openTeam({ teamMain: false })],
    ['names no room', () => insert(TEAMS, { _id: 't1', name: 'Developers', roomId: 7 })],
    ['is guarded by ABAC', () => openTeam({ abacAttributes: [{ key: 'a', values: ['b'] }] })],
  ])('that %s is left out', async (_what, prepare) => {
    await prepare();
    const found = await findRooms({ teams: ['Developers'] });
    expect(found.rooms).toEqual([]);
    expect(found.problems).toEqual([
      expect.objectContaining({
        setting: 'LDAP_Groups_To_Rocket_Chat_Teams',
        message: expect.stringContaining('"Developers"'),
      }),
    ]);
  });
});

describe('a host', () => {
  it.each([
    ['without rooms', ROOMS, 2],
    ['without subscriptions', SUBSCRIPTIONS, 2],
    ['without teams', TEAMS, 1],
  ])('%s is told, and nothing is made there', async (_what, name, problems) => {
    await users('boss');
    await openCollection(database.connection(), name).drop();
    const found = await findRooms({ channels: ['support'], teams: ['Developers'] });
    expect(found.problems).toHaveLength(problems);
    expect(messagesOf(found).at(-1)).toContain(name);
    expect(found.rooms).toHaveLength(problems === 1 ? 1 : 0);
    const names = (await database.connection().listCollections()).map((one) => one.name);
    expect(names).not.toContain(name);
  });

  it('is asked no more about many names than about few, but for batches, and problems stay few', async () => {
    await users('boss');
    const names = Array.from({ length: 600 }, (_, index) => `bad name ${index}`);
    const good = Array.from({ length: 300 }, (_, index) => `c-${index}`);
    const find = jest.spyOn(openCollection(database.connection(), ROOMS), 'find');
    const found = await findRooms({ channels: [...names, ...good] });
    expect(find.mock.calls.length).toBeLessThanOrEqual(4);
    find.mockRestore();
    expect(found.rooms).toHaveLength(300);
    expect(messagesOf(found)).toEqual([expect.stringMatching(/"bad name 9" and 590 more or out of it/)]);
  });

  it('with no maps is asked nothing', async () => {
    await openCollection(database.connection(), ROOMS).drop();
    expect(await findRooms({})).toMatchObject({ rooms: [], problems: [] });
  });

  it('may have stored anything', async () => {
    await users('boss');
    await insert(ROOMS, { _id: 'r1', t: 'c', name: ['support'], fname: 'support' });
    await insert(TEAMS, { _id: 't1', name: ['Developers'], roomId: 'main' });
    const found = await findRooms({ channels: ['support'], teams: ['Developers'] });
    expect(found.rooms).toEqual([expect.objectContaining({ rid: 'r1', shown: 'support' })]);
    expect(found.problems).toHaveLength(1);
  });
});

import type { RunReport } from '../../models/run-report.js';
import { ROOMS, SUBSCRIPTIONS } from '../setup/chat-rooms.js';
import { GROUP_ROLES } from '../setup/group-roles.js';
import { many, toPerson, useHistories, type Entries } from '../setup/histories.js';
import type { Fault } from '../setup/memory-directory.js';
import { CHANNELS, createRoomsOfGroups, MESSAGES, toMemberGroup } from '../setup/rooms-of-groups.js';

const histories = useHistories();
const { sync, previewThenRun, changes, collection, engine, set, user } = histories;
const rooms = createRoomsOfGroups(histories);

const NAMES = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;
const PEOPLE = many(5);
const company = (staff: readonly string[], it: readonly string[] = []): Entries => [
  ...PEOPLE,
  toMemberGroup('staff', staff),
  toMemberGroup('it', it),
];
const ALL_STAFF = company(NAMES, ['p1']);
const members = async (room: string): Promise<readonly string[]> => (await rooms.members())[room] ?? [];

beforeEach(() => rooms.make('general', 'helpdesk', 'support', 'lounge'));

describe('people whose groups give them channels', () => {
  it('join them in the transaction that creates them, and the row names the channels', async () => {
    const report = await previewThenRun(ALL_STAFF, CHANNELS);
    expect(report).toMatchObject({
      state: 'completed',
      counts: { created: 5 },
      roomsJoined: 7,
      problems: [],
    });
    expect(await rooms.members()).toEqual({
      general: NAMES,
      helpdesk: ['p1'],
      support: ['p1'],
      lounge: [],
    });
    expect(await rooms.disagreements()).toEqual([]);
    const [row] = (await changes(report._id)).filter(({ username }) => username === 'p1');
    expect(row?.fields).toContainEqual({ field: 'rooms', to: ['general', 'helpdesk', 'support'] });
    expect(await collection(MESSAGES).countDocuments({ t: 'uj' })).toBe(7);
  });

  it('join them when they are linked already, and nothing else about them changes', async () => {
    await sync(ALL_STAFF);
    const report = await previewThenRun(ALL_STAFF, CHANNELS);
    expect(report).toMatchObject({ counts: { updated: 5, unchanged: 0 }, roomsJoined: 7 });
    const rows = await changes(report._id);
    expect(rows.map(({ kind, outcome, state, fields }) => [kind, outcome, state, fields.length])).toEqual(
      NAMES.map(() => ['write', 'updated', 'done', 1]),
    );
  });

  it('are written once: another run writes nothing anywhere', async () => {
    await sync(ALL_STAFF, CHANNELS);
    const before = await rooms.everything();
    const again = await sync(ALL_STAFF, CHANNELS);
    expect(again).toMatchObject({ state: 'completed', counts: { unchanged: 5, updated: 0 } });
    expect(again).not.toHaveProperty('roomsJoined');
    expect(await changes(again._id)).toEqual([]);
    expect(await rooms.everything()).toEqual(before);
  });

  it('get a channel that is not there, made once, and a private group that is', async () => {
    await rooms.make('p-board');
    await sync([toPerson('boss')]);
    const map = { LDAP_Sync_User_Data_ChannelsMap: JSON.stringify({ staff: ['newsroom', 'p-board'] }) };
    const settings = { ...CHANNELS, ...map, LDAP_Sync_User_Data_Channels_Admin: 'boss' };
    const report = await previewThenRun([toPerson('boss'), ...ALL_STAFF], settings);
    expect(report).toMatchObject({ state: 'completed', roomsJoined: 10 });
    expect(await members('newsroom')).toEqual(['boss', ...NAMES]);
    expect(await members('p-board')).toEqual(NAMES);
    expect(await collection(ROOMS).countDocuments({ name: 'newsroom' })).toBe(1);
    const before = await rooms.everything();
    await sync([toPerson('boss'), ...ALL_STAFF], settings);
    expect(await rooms.everything()).toEqual(before);
  });

  it('join without a message where the settings say so', async () => {
    await sync(ALL_STAFF, { ...CHANNELS, LDAP_Sync_Room_Messages: false });
    expect(await members('general')).toEqual(NAMES);
    expect(await collection(MESSAGES).countDocuments({})).toBe(0);
  });
});

const WRITING_NOBODY = [
  ['syncs photos only', { LDAP_Background_Sync: false }],
  [
    'neither creates, updates nor merges anybody',
    {
      LDAP_Background_Sync_Import_New_Users: false,
      LDAP_Background_Sync_Keep_Existant_Users_Updated: false,
      LDAP_Background_Sync_Merge_Existent_Users: false,
    },
  ],
] as const;

describe('a run that', () => {
  it.each(WRITING_NOBODY)(
    '%s reads no groups, says nothing of the maps, makes nothing',
    async (_, settings) => {
      await sync(PEOPLE);
      const before = await rooms.everything();
      const maps = {
        ...GROUP_ROLES,
        ...CHANNELS,
        LDAP_Sync_User_Data_ChannelsMap: JSON.stringify({ staff: 'missing' }),
      };
      expect((await sync(PEOPLE, maps)).problems).not.toEqual([]);
      const report = await previewThenRun(PEOPLE, { ...maps, ...settings });
      expect(report).toMatchObject({ state: 'completed', problems: [], counts: { updated: 0 } });
      expect(await rooms.everything()).toEqual(before);
    },
  );
});

describe('a group that is not there', () => {
  const MISSING = [...PEOPLE, toMemberGroup('it', [])];
  const told = ({ problems }: RunReport) =>
    problems.filter(({ setting }) => setting === 'LDAP_Sync_User_Data_ChannelsMap');

  it.each<[string, object, Fault | undefined]>([
    ['stops before anybody is written', { LDAP_Username_Field: 'missing' }, undefined],
    ['loses the directory in the sweep', {}, { kind: 'lost', afterPages: 3 }],
  ])('is told, once, by a run that %s', async (_, settings, fault) => {
    const report = await engine(MISSING, { ...CHANNELS, ...settings }).sync(fault);
    expect(report.state).toBe('failed');
    expect(told(report)).toHaveLength(1);
  });
});

describe('people who are not followed', () => {
  const STAY = company([], []);

  it.each([
    ['whom the settings leave alone', { LDAP_Background_Sync_Keep_Existant_Users_Updated: false }, {}],
    ['who are off', {}, { active: false }],
    ['who are of another server', {}, { federated: true }],
  ])('%s join and leave nothing', async (_, settings, fields) => {
    await sync(STAY);
    await rooms.put('p0', 'lounge');
    await rooms.put('p1', 'general');
    for (const name of NAMES) await set(name, fields);
    const before = await rooms.members();
    await sync(company(['p0']), { ...CHANNELS, LDAP_Sync_User_Active_State: 'disable', ...settings });
    expect(await rooms.members()).toEqual(before);
  });

  it('who are switched off in the same run join and leave nothing', async () => {
    await sync(STAY);
    await rooms.put('p1', 'general');
    const disabled = (name: string) => toPerson(name, { loginDisabled: 'TRUE' });
    const entries = [disabled('p0'), disabled('p1'), ...PEOPLE.slice(2), ...company(['p0']).slice(5)];
    const report = await previewThenRun(entries, { ...CHANNELS, LDAP_Sync_User_Active_State: 'both' });
    expect(report.counts).toMatchObject({ deactivated: 2, updated: 0 });
    expect(await members('general')).toEqual(['p1']);
  });

  it('who are created switched off join once they are on', async () => {
    const off = [
      toPerson('p0', { loginDisabled: 'TRUE' }),
      toMemberGroup('staff', ['p0']),
      toMemberGroup('it', []),
    ];
    const settings = { ...CHANNELS, LDAP_Sync_User_Active_State: 'both' };
    expect(await previewThenRun(off, settings)).not.toHaveProperty('roomsJoined');
    const on = [toPerson('p0'), ...off.slice(1)];
    await sync(on, settings);
    expect(await sync(on, settings)).toMatchObject({ roomsJoined: 1 });
    expect(await user('p0')).toMatchObject({ active: true });
  });

  it('who stand in conflict join nothing, and hold nobody else up', async () => {
    await collection('users').insertOne({
      _id: 'other' as never,
      username: 'p0',
      name: 'x',
      type: 'user',
      active: true,
    });
    const report = await previewThenRun(company(['p0', 'p1']), CHANNELS);
    expect(report.counts).toMatchObject({ conflicted: 1, created: 4 });
    expect(await members('general')).toEqual(['p1']);
  });
});

describe('a room that cannot be joined', () => {
  it.each([
    ['an invalid name', { staff: ['general', 'no good name!'] }, {}],
    [
      'a room that ABAC guards',
      { staff: ['general', 'support'] },
      { abacAttributes: [{ key: 'x', values: [] }] },
    ],
  ])('(%s) is a problem of the report, and stops nobody', async (_, map, fields) => {
    await collection(ROOMS).updateOne({ name: 'support' }, { $set: fields });
    const settings = {
      ...CHANNELS,
      LDAP_Sync_User_Data_ChannelsMap: JSON.stringify(map),
      ABAC_Enabled: true,
    };
    const report = await previewThenRun(ALL_STAFF, settings);
    expect(report.counts).toMatchObject({ created: 5 });
    expect(report.problems).toHaveLength(1);
    expect(await members('general')).toEqual(NAMES);
    expect(await collection(SUBSCRIPTIONS).countDocuments({})).toBe(5);
  });
});

describe('a default channel that the map names, too', () => {
  it('is not joined by a newcomer whom groups would take out of it again', async () => {
    await collection(ROOMS).updateOne({ name: 'general' }, { $set: { default: true } });
    await sync(company(['p0']), { ...CHANNELS, LDAP_Sync_Default_Channels: true });
    expect(await members('general')).toEqual(['p0']);
    const stay = { ...CHANNELS, LDAP_Sync_User_Data_Channels_Enforce_AutoChannels: false };
    await sync([...company(['p0']), toPerson('newcomer')], { ...stay, LDAP_Sync_Default_Channels: true });
    expect(await members('general')).toEqual(['newcomer', 'p0']);
  });
});

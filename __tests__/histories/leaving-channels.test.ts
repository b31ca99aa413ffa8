import { ROOMS, SUBSCRIPTIONS } from '../setup/chat-rooms.js';
import { many, useHistories, type Entries } from '../setup/histories.js';
import { CHANNELS, createRoomsOfGroups, MESSAGES, toMemberGroup, TRASH } from '../setup/rooms-of-groups.js';
import { toEntry } from '../setup/entries.js';

const histories = useHistories();
const { sync, previewThenRun, changes, collection, engine, revert, set } = histories;
const rooms = createRoomsOfGroups(histories);

const NAMES = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', 'p9'] as const;
const PEOPLE = many(10);
const company = (staff: readonly string[], it: readonly string[] = []): Entries => [
  ...PEOPLE,
  toMemberGroup('staff', staff),
  toMemberGroup('it', it),
];
const ALL = company(NAMES, ['p1']);
const members = async (room: string): Promise<readonly string[]> => (await rooms.members())[room] ?? [];
const without = (...names: readonly string[]) => NAMES.filter((name) => !names.includes(name));

beforeEach(async () => {
  await rooms.make('general', 'helpdesk', 'support', 'lounge');
  await sync(ALL, CHANNELS);
});

describe('whoever is in no group any more that gives a channel', () => {
  it('leaves it, with a row for each channel, a message and the trash', async () => {
    const report = await previewThenRun(company(without('p1')), CHANNELS);
    expect(report).toMatchObject({ state: 'completed', counts: { updated: 1, unchanged: 9 }, removed: 3 });
    expect(await rooms.members()).toEqual({ general: without('p1'), helpdesk: [], support: [], lounge: [] });
    expect(await rooms.disagreements()).toEqual([]);
    const rows = await changes(report._id);
    expect(rows.map(({ kind, state, fields }) => [kind, state, fields])).toEqual([
      ['membership', 'done', [{ field: 'rooms', from: expect.any(String) }]],
      ['membership', 'done', [{ field: 'rooms', from: expect.any(String) }]],
      ['membership', 'done', [{ field: 'rooms', from: expect.any(String) }]],
    ]);
    expect(rows.map(({ fields }) => fields[0]?.from).toSorted()).toEqual(['general', 'helpdesk', 'support']);
    expect(await collection(MESSAGES).countDocuments({ t: 'ul', msg: 'p1' })).toBe(3);
    expect(await collection(TRASH).countDocuments({ __collection__: 'subscription' })).toBe(3);
    const before = await rooms.everything();
    await sync(company(without('p1')), CHANNELS);
    expect(await rooms.everything()).toEqual(before);
  });

  it('stays where the settings take nobody out', async () => {
    const settings = { ...CHANNELS, LDAP_Sync_User_Data_Channels_Enforce_AutoChannels: false };
    const report = await previewThenRun(company([]), settings);
    expect(report).toMatchObject({ state: 'completed', counts: { unchanged: 10 } });
    expect(await members('general')).toEqual(NAMES);
  });

  it('stays in a channel that another group gives, or that has another name in the map', async () => {
    const map = { staff: 'general', it: ['general', 'helpdesk', 'support'], boss: 'Lobby' };
    await collection(ROOMS).updateOne({ name: 'general' }, { $set: { fname: 'Lobby' } });
    const entries = [...company(without('p1', 'p2'), ['p1']), toMemberGroup('boss', ['p2'])];
    const settings = { ...CHANNELS, LDAP_Sync_User_Data_ChannelsMap: JSON.stringify(map) };
    expect(await previewThenRun(entries, settings)).toMatchObject({ counts: { unchanged: 10 } });
    expect(await members('general')).toEqual(NAMES);
  });

  it('leaves also when an administrator has let them in by hand; a channel that no map names stays', async () => {
    await rooms.put('p3', 'helpdesk');
    await rooms.put('p3', 'lounge');
    await previewThenRun(ALL, CHANNELS);
    expect(await rooms.members()).toMatchObject({ helpdesk: ['p1'], lounge: ['p3'] });
  });

  it('stays as the last owner, which a row says; an owner beside another leaves', async () => {
    for (const name of ['p1', 'p2'])
      await collection(SUBSCRIPTIONS).updateOne(
        { 'u.username': name, name: 'general' },
        { $set: { roles: ['owner'] } },
      );
    const report = await previewThenRun(company(without('p1', 'p2')), CHANNELS);
    expect(report.attention).toMatchObject([
      { code: 'last-owner', params: { room: 'general' }, username: 'p2' },
    ]);
    const rows = (await changes(report._id)).filter(({ fields }) => fields[0]?.from === 'general');
    expect(rows).toMatchObject([
      { username: 'p1', state: 'done' },
      { username: 'p2', state: 'skipped', reason: expect.stringContaining('last owner') },
    ]);
    expect(await members('general')).toEqual(without('p1'));
  });

  it('stays when the entry itself names the group: another witness', async () => {
    const groups = { memberOf: 'cn=staff,ou=groups,dc=x' };
    const [first, ...others] = many(10, (index) => (index === 0 ? groups : {}));
    const entries = [first!, ...others, ...company(without('p0'), ['p1']).slice(10)];
    const report = await sync(entries, CHANNELS);
    expect(await members('general')).toEqual(NAMES);
    expect(await changes(report._id)).toMatchObject([
      { kind: 'membership', state: 'skipped', username: 'p0' },
    ]);
  });
});

/** The group is there, and lies. */
const LIES: readonly (readonly [string, Entries])[] = [
  ['is gone', []],
  ['was renamed', [toMemberGroup('personnel', NAMES)]],
  ['is empty', [toEntry('cn=staff,ou=groups,dc=x', { cn: 'staff' })]],
  ['is dynamic', [toEntry('cn=staff,ou=groups,dc=x', { cn: 'staff', memberURL: 'ldap:///x??sub?(uid=*)' })]],
];

describe('a group that', () => {
  it.each(LIES)('%s takes nobody out and brings nobody in: a problem of the report', async (_, groups) => {
    await collection(SUBSCRIPTIONS).deleteOne({ 'u.username': 'p5', name: 'general' });
    const before = await rooms.members();
    const report = await sync([...PEOPLE, ...groups, toMemberGroup('it', ['p1'])], CHANNELS);
    expect(report.problems).toHaveLength(1);
    expect(report.counts).toMatchObject({ unchanged: 10 });
    expect(await rooms.members()).toEqual(before);
    expect(await changes(report._id)).toEqual([]);
  });

  it('is gone does not take the word for another one that gives the same channel', async () => {
    const map = { LDAP_Sync_User_Data_ChannelsMap: JSON.stringify({ staff: 'general', it: 'general' }) };
    const report = await sync([...PEOPLE, toMemberGroup('it', ['p1'])], { ...CHANNELS, ...map });
    expect(await members('general')).toEqual(NAMES);
    const left = (await changes(report._id)).map(({ fields }) => fields[0]?.from);
    expect(left).not.toContain('general');
  });
});

it('a group that is gone does not take the word for another that gives the channel by another name', async () => {
  await collection(ROOMS).updateOne({ name: 'general' }, { $set: { fname: 'Lobby' } });
  const map = { LDAP_Sync_User_Data_ChannelsMap: JSON.stringify({ staff: 'Lobby', it: 'general' }) };
  const report = await sync([...PEOPLE, toMemberGroup('it', ['p1'])], { ...CHANNELS, ...map });
  expect(await members('general')).toEqual(NAMES);
  expect((await changes(report._id)).map(({ fields }) => fields[0]?.from)).not.toContain('Lobby');
});

describe('departures from channels', () => {
  const HALF = company(NAMES.slice(5), ['p1']);

  it('of many are held, in people, until somebody approves; each is asked about once more', async () => {
    const held = await previewThenRun(company(NAMES.slice(5)), CHANNELS);
    expect(held).toMatchObject({
      state: 'held',
      held: { memberships: 5, approvable: true, code: 'too-many-removals' },
    });
    expect(await members('general')).toEqual(NAMES);
    const now = engine(company(NAMES.slice(4)), CHANNELS);
    expect(await now.approve(held._id)).toMatchObject({ counts: { updated: 4, unchanged: 1 }, removed: 6 });
    expect(await rooms.members()).toMatchObject({ general: NAMES.slice(4), helpdesk: [], support: [] });
  });

  it('are approved one by one, and rejected', async () => {
    const held = await sync(HALF, CHANNELS);
    const now = engine(HALF, CHANNELS);
    const [first, second] = await now.changes(held._id);
    await now.approve(held._id, { rows: [first!.id] });
    expect(await members('general')).toEqual(without('p0'));
    await now.reject(held._id, [second!.id]);
    await now.approve(held._id);
    expect(await members('general')).toEqual(['p1', ...NAMES.slice(5)]);
  });

  it('are taken back, with what was unread and the roles', async () => {
    await collection(SUBSCRIPTIONS).updateMany(
      {},
      { $set: { unread: 3, roles: ['moderator'], ls: new Date(5) } },
    );
    const state = async () => {
      const { [ROOMS]: all = [], [SUBSCRIPTIONS]: inside = [], users = [] } = await rooms.everything();
      const counts = (all as { _id: string; usersCount: number }[]).map((room) => [
        room._id,
        room.usersCount,
      ]);
      const people = (users as { _id: string; __rooms: string[] }[]).map((one) => [
        one._id,
        one.__rooms.toSorted(),
      ]);
      return { counts, people, inside: (inside as object[]).map((one) => ({ ...one, _updatedAt: 0 })) };
    };
    const before = await state();
    const run = await sync(company(without('p1')), CHANNELS);
    expect(await members('helpdesk')).toEqual([]);
    const back = await revert(run._id);
    expect(back).toMatchObject({ state: 'completed', counts: { updated: 1 }, removed: 3, attention: [] });
    expect(await state()).toEqual(before);
  });

  it('cannot be taken back from an emptied trash, nor where somebody is inside again: a row each', async () => {
    const run = await sync(company(without('p1', 'p2')), CHANNELS);
    await collection(TRASH).deleteMany({ 'u.username': 'p1', name: { $ne: 'general' } });
    await rooms.put('p2', 'general');
    const back = await revert(run._id);
    expect(back.attention.map(({ code, username }) => [username, code]).toSorted()).toEqual([
      ['p1', 'membership-gone'],
      ['p1', 'membership-gone'],
      ['p2', 'changed-since'],
    ]);
    expect(await members('general')).toEqual(NAMES);
  });

  it('are skipped for whoever was switched off since, or is given the channel again', async () => {
    const held = await sync(HALF, CHANNELS);
    await set('p0', { active: false });
    const now = engine(company(NAMES.slice(2), ['p1']), CHANNELS);
    await now.approve(held._id);
    expect(await members('general')).toEqual(without('p1'));
  });

  it('are skipped where the map names the channel no longer', async () => {
    const held = await sync(HALF, CHANNELS);
    const map = { LDAP_Sync_User_Data_ChannelsMap: JSON.stringify({ it: ['helpdesk', 'support'] }) };
    await engine(HALF, { ...CHANNELS, ...map }).approve(held._id);
    expect(await members('general')).toEqual(NAMES);
  });
});

describe('groups that list members, of whom nobody is one of the people', () => {
  it('take nobody out without an approval, however few they are: the filter may be wrong', async () => {
    const mismatched = { LDAP_Sync_User_Data_Channels_Filter: '(&(cn=#{groupName})(memberUid=#{userdn}))' };
    const settings = { ...CHANNELS, ...mismatched, LDAP_Guard_Always_Allowed: 100 };
    const held = await previewThenRun(ALL, settings);
    expect(held).toMatchObject({ state: 'held', held: { code: 'groups-without-people', memberships: 10 } });
    expect(await members('general')).toEqual(NAMES);
  });
});

describe('a channel that groups give to nobody who was read, while others are given', () => {
  const TWO = company(NAMES, ['p1', 'p2']);
  const STRANGERS = company(NAMES, ['stranger']);

  it('is not left by several people without an approval, however few they are', async () => {
    await sync(TWO, CHANNELS);
    const settings = { ...CHANNELS, LDAP_Guard_Always_Allowed: 100 };
    const held = await previewThenRun(STRANGERS, settings);
    expect(held).toMatchObject({
      state: 'held',
      held: {
        code: 'room-nowhere',
        params: { room: 'helpdesk', kind: 'channels', people: 2 },
        memberships: 2,
      },
    });
    expect(await rooms.members()).toMatchObject({ helpdesk: ['p1', 'p2'], support: ['p1', 'p2'] });
    await engine(STRANGERS, settings).approve(held._id);
    expect(await rooms.members()).toMatchObject({ general: NAMES, helpdesk: [], support: [] });
  });

  it('is left by several when another name of it is given', async () => {
    await sync(TWO, CHANNELS);
    await collection(ROOMS).updateOne({ name: 'helpdesk' }, { $set: { fname: 'Help' } });
    const map = { staff: 'general', it: 'helpdesk', boss: 'Help' };
    const settings = { ...CHANNELS, LDAP_Sync_User_Data_ChannelsMap: JSON.stringify(map) };
    const entries = [...STRANGERS, toMemberGroup('boss', ['p9'])];
    expect(await previewThenRun(entries, settings)).toMatchObject({ state: 'completed', removed: 2 });
    expect(await members('helpdesk')).toEqual(['p9']);
  });
});

describe('a user of whom the chat server has no list of rooms', () => {
  it('leaves by what the subscriptions say', async () => {
    await collection('users').updateMany({}, { $unset: { __rooms: '' } });
    await previewThenRun(company(without('p1')), CHANNELS);
    expect(await rooms.members()).toMatchObject({ general: without('p1'), helpdesk: [], support: [] });
  });
});

import { many, useHistories, type Entries } from '../setup/histories.js';
import {
  CHANNELS,
  createRoomsOfGroups,
  MESSAGES,
  TEAM_MEMBERS,
  TEAM_SETTINGS,
  toMemberGroup,
} from '../setup/rooms-of-groups.js';

const histories = useHistories();
const { sync, previewThenRun, changes, collection, engine, revert, user } = histories;
const rooms = createRoomsOfGroups(histories);

const NAMES = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;
const company = (dev: readonly string[], ops: readonly string[] = []): Entries => [
  ...many(5),
  toMemberGroup('dev', dev),
  toMemberGroup('ops', ops),
];
const ONLY_NEWCOMERS = { ...TEAM_SETTINGS, LDAP_Validate_Teams_For_Each_Login: false };

beforeEach(async () => {
  await rooms.makeTeam('developers', ['code']);
  await rooms.makeTeam('operators');
});

describe('people whose groups give them a team', () => {
  it('join it with the rooms of its members, and the row names it', async () => {
    const report = await previewThenRun(company(['p0', 'p1'], ['p1']), TEAM_SETTINGS);
    expect(report).toMatchObject({ state: 'completed', counts: { created: 5 }, problems: [] });
    expect(await rooms.teamMembers()).toEqual({ developers: ['p0', 'p1'], operators: ['p1'] });
    expect(await rooms.members()).toEqual({
      developers: ['p0', 'p1'],
      code: ['p0', 'p1'],
      operators: ['p1'],
    });
    expect(await rooms.disagreements()).toEqual([]);
    const [row] = (await changes(report._id)).filter(({ username }) => username === 'p1');
    expect(row?.fields).toContainEqual({ field: 'teams', to: ['developers', 'operators'] });
    expect(await collection(MESSAGES).countDocuments({ t: 'added-user-to-team' })).toBe(3);
    const before = await rooms.everything();
    await sync(company(['p0', 'p1'], ['p1']), TEAM_SETTINGS);
    expect(await rooms.everything()).toEqual(before);
  });

  it('leave the team when no group gives it any more, and stay in its other rooms', async () => {
    await sync(company(NAMES), TEAM_SETTINGS);
    const report = await previewThenRun(company(NAMES.slice(1)), TEAM_SETTINGS);
    expect(report).toMatchObject({ counts: { updated: 1, unchanged: 4 }, removed: 1 });
    expect(await changes(report._id)).toMatchObject([
      { kind: 'membership', state: 'done', fields: [{ field: 'teams', from: 'developers' }] },
    ]);
    expect(await rooms.teamMembers()).toMatchObject({ developers: NAMES.slice(1) });
    expect(await rooms.members()).toMatchObject({ developers: NAMES.slice(1), code: NAMES });
    expect(await collection(MESSAGES).countDocuments({ t: 'ult' })).toBe(1);
    await revert(report._id);
    expect(await rooms.teamMembers()).toMatchObject({ developers: NAMES });
    expect(await rooms.members()).toMatchObject({ developers: NAMES });
    expect(await rooms.disagreements()).toEqual([]);
  });

  it('leave a team that somebody has let them into by hand, but none that no map names', async () => {
    await rooms.makeTeam('friends');
    await sync(company(NAMES), TEAM_SETTINGS);
    await rooms.put('p2', 'operators');
    await rooms.put('p2', 'friends');
    await previewThenRun(company(NAMES), TEAM_SETTINGS);
    expect(await rooms.teamMembers()).toEqual({ developers: NAMES, operators: [], friends: ['p2'] });
  });

  it('join the team also when they are in its main room already, and say so once', async () => {
    await sync(company([]), TEAM_SETTINGS);
    await rooms.put('p0', 'developers');
    await rooms.put('p1', 'operators');
    await collection(TEAM_MEMBERS).deleteMany({});
    const report = await previewThenRun(company(['p0']), TEAM_SETTINGS);
    expect(report).toMatchObject({ counts: { updated: 1, unchanged: 4 }, roomsJoined: 1, removed: 0 });
    expect(await rooms.teamMembers()).toEqual({ developers: ['p0'], operators: [] });
    expect(await rooms.members()).toEqual({ developers: ['p0'], code: ['p0'], operators: ['p1'] });
    expect(await rooms.disagreements()).toEqual([]);
    const before = await rooms.everything();
    await sync(company(['p0']), TEAM_SETTINGS);
    expect(await rooms.everything()).toEqual(before);
  });

  it('who are members already, without the main room, join that', async () => {
    await sync(company([]), TEAM_SETTINGS);
    const { _id } = (await user('p0'))!;
    await collection(TEAM_MEMBERS).insertOne({ _id: 'M' as never, teamId: 'T-developers', userId: _id });
    await previewThenRun(company(['p0']), TEAM_SETTINGS);
    expect(await rooms.members()).toMatchObject({ developers: ['p0'], code: ['p0'] });
    expect(await rooms.teamMembers()).toMatchObject({ developers: ['p0'] });
  });

  it('who are members without the main room leave the team, and come back by a revert', async () => {
    await sync(company(NAMES), TEAM_SETTINGS);
    const { _id } = (await user('p0'))!;
    await collection('rocketchat_subscription').deleteMany({ 'u._id': _id });
    await collection('users').updateOne({ _id: _id as never }, { $set: { __rooms: [] } });
    const report = await previewThenRun(company(NAMES.slice(1)), TEAM_SETTINGS);
    expect(report).toMatchObject({ counts: { updated: 1, unchanged: 4 }, removed: 1 });
    expect(await rooms.teamMembers()).toMatchObject({ developers: NAMES.slice(1) });
    const before = await rooms.everything();
    await sync(company(NAMES.slice(1)), TEAM_SETTINGS);
    expect(await rooms.everything()).toEqual(before);
    await revert(report._id);
    expect(await rooms.teamMembers()).toMatchObject({ developers: NAMES });
    expect(await rooms.members()).toMatchObject({ developers: NAMES.slice(1) });
  });

  it('only join as newcomers where others are not looked at, and nobody leaves', async () => {
    await sync(company([]).slice(0, 3), ONLY_NEWCOMERS);
    await rooms.put('p1', 'operators');
    const report = await previewThenRun(company(NAMES), ONLY_NEWCOMERS);
    expect(report).toMatchObject({ counts: { created: 2, unchanged: 3 }, roomsJoined: 2 });
    expect(await rooms.teamMembers()).toEqual({ developers: ['p3', 'p4'], operators: ['p1'] });
    await sync(company([]), ONLY_NEWCOMERS);
    expect(await rooms.teamMembers()).toEqual({ developers: ['p3', 'p4'], operators: ['p1'] });
  });

  it('keep a room of the team that the map of channels names, too, though no group gives that', async () => {
    const channels = { LDAP_Sync_User_Data_ChannelsMap: JSON.stringify({ ops: 'code' }) };
    const settings = { ...CHANNELS, ...channels, ...TEAM_SETTINGS };
    await previewThenRun(company(['p0', 'p1'], ['p4']), settings);
    expect(await rooms.members()).toMatchObject({ code: ['p0', 'p1', 'p4'] });
    await previewThenRun(company(['p0'], ['p4']), settings);
    // Nobody leaves the rooms of a team with the team; the map of channels takes them out of what it names.
    expect(await rooms.teamMembers()).toMatchObject({ developers: ['p0'] });
    expect(await rooms.members()).toMatchObject({ code: ['p0', 'p4'], developers: ['p0'] });
    const before = await rooms.everything();
    const again = await sync(company(['p0'], ['p4']), settings);
    expect(await rooms.everything()).toEqual(before);
    expect(await changes(again._id)).toEqual([]);
  });
});

describe('the main room of a team', () => {
  it('is entered by the map of teams only: in that of channels it is a problem', async () => {
    const map = { LDAP_Sync_User_Data_ChannelsMap: JSON.stringify({ dev: 'developers' }) };
    const report = await previewThenRun(company(NAMES), { ...CHANNELS, ...map });
    expect(report.problems).toHaveLength(1);
    expect(await rooms.members()).toMatchObject({ developers: [] });
    expect(await collection(TEAM_MEMBERS).countDocuments({})).toBe(0);
  });
});

describe('departures from teams', () => {
  it('are held and approved as those from channels, and a last owner stays', async () => {
    await sync(company(NAMES), TEAM_SETTINGS);
    await collection('rocketchat_subscription').updateOne(
      { 'u.username': 'p4', name: 'developers' },
      { $set: { roles: ['owner'] } },
    );
    const gone = company([], NAMES);
    const held = await previewThenRun(gone, TEAM_SETTINGS);
    expect(held).toMatchObject({ state: 'held', held: { memberships: 5 }, roomsJoined: 5 });
    const approval = await engine(gone, TEAM_SETTINGS).approve(held._id);
    expect(approval).toMatchObject({ removed: 4, attention: [{ code: 'last-owner', username: 'p4' }] });
    expect(await rooms.teamMembers()).toMatchObject({ developers: ['p4'], operators: NAMES });
  });
});

import type { DirectoryEntry } from '../../lib/directory/directory.js';
import type { RunReport } from '../../models/run-report.js';
import { dnOf, toChatGroup } from '../setup/group-filter.js';
import { GROUP_ROLES, ROLES, toRoleGroups } from '../setup/group-roles.js';
import { many, toPerson, useHistories, type Settings } from '../setup/histories.js';

const { collection, engine, previewThenRun, sync, changes, user, set, revert } = useHistories();

const PEOPLE = many(6);
/** Who is in which group when the story begins: every role has somebody who keeps it. */
const BEFORE = { it: ['p0', 'p5'], desk: ['p1', 'p2', 'p5'], guests: ['p5'] };
const AFTER = { it: ['p5'], desk: ['p2', 'p5'], guests: ['p5'] };
const run = (
  groups: Readonly<Record<string, readonly string[]>>,
  settings: Settings = {},
  people: readonly DirectoryEntry[] = PEOPLE,
): Promise<RunReport> => sync([...people, ...toRoleGroups(groups)], { ...GROUP_ROLES, ...settings });
const rolesOf = async (username: string) => (await user(username))?.roles;
const removals = async ({ _id }: RunReport) => (await changes(_id)).filter(({ kind }) => kind !== 'write');

beforeEach(async () => {
  await collection('rocketchat_roles').insertMany(ROLES.map((role) => ({ ...role })) as never[]);
  await run(BEFORE);
});

describe('whoever is in none of its groups any more', () => {
  it('loses a role, as a row for each, when the settings say so', async () => {
    const report = await previewThenRun([...PEOPLE, ...toRoleGroups(AFTER)], GROUP_ROLES);
    expect(report).toMatchObject({ state: 'completed', removed: 3, counts: { updated: 2 }, attention: [] });
    expect([await rolesOf('p0'), await rolesOf('p1'), await rolesOf('p2')]).toEqual([
      ['user'],
      ['user'],
      ['user', 'Xy12'],
    ]);
    expect((await removals(report)).map(({ username, state, fields }) => [username, state, fields])).toEqual([
      ['p0', 'done', [{ field: 'roles', from: ['user', 'admin', 'Xy12'], to: ['user', 'Xy12'] }]],
      ['p0', 'done', [{ field: 'roles', from: ['user', 'admin', 'Xy12'], to: ['user', 'admin'] }]],
      ['p1', 'done', [{ field: 'roles', from: ['user', 'Xy12'], to: ['user'] }]],
    ]);
  });

  it('keeps it otherwise', async () => {
    const report = await run(AFTER, { LDAP_Sync_User_Data_Roles_AutoRemove: false });
    expect(report).toMatchObject({ state: 'completed', removed: 0, counts: { unchanged: 6 } });
  });

  it('keeps it while another group gives it', async () => {
    await run({ ...AFTER, desk: ['p0', 'p1', 'p2', 'p5'] });
    expect([await rolesOf('p0'), await rolesOf('p1')]).toEqual([
      ['user', 'Xy12'],
      ['user', 'Xy12'],
    ]);
  });

  it('keeps every role that no map names, and the next run writes nothing', async () => {
    await set('p1', { roles: ['livechat-agent', 'Xy12', 'bot', 'user'] });
    await run(AFTER);
    expect(await rolesOf('p1')).toEqual(['livechat-agent', 'bot', 'user']);
    const before = await collection('users').find({}).toArray();
    expect(await run(AFTER)).toMatchObject({ state: 'completed', removed: 0, counts: { unchanged: 6 } });
    expect(await collection('users').find({}).toArray()).toEqual(before);
  });

  it('keeps it where nobody follows the entry', async () => {
    await run(AFTER, { LDAP_Background_Sync_Keep_Existant_Users_Updated: false });
    await run(AFTER, {}, [
      toPerson('p0', { cn: 'A\u0007' }),
      toPerson('p1', { cn: 'A\u0007' }),
      ...PEOPLE.slice(2),
    ]);
    expect([await rolesOf('p0'), await rolesOf('p1')]).toEqual([
      ['user', 'admin', 'Xy12'],
      ['user', 'Xy12'],
    ]);
  });

  it('gains what another group gives before losing it', async () => {
    const report = await run({ ...AFTER, guests: ['p1', 'p5'] });
    expect(await rolesOf('p1')).toEqual(['user', 'guest']);
    expect((await removals(report)).at(-1)?.fields).toEqual([
      { field: 'roles', from: ['user', 'Xy12', 'guest'], to: ['user', 'guest'] },
    ]);
  });
});

/** The groups, and what they do not say. */
const SILENCES: readonly (readonly [string, readonly DirectoryEntry[]])[] = [
  ['are gone', []],
  ['are empty', toRoleGroups({ it: [], desk: [], guests: [] })],
  [
    'are dynamic',
    ['it', 'desk', 'guests'].map((name) =>
      toChatGroup([], { name, values: { memberURL: 'ldap:///dc=x??sub?(uid=*)', member: dnOf('p5') } }),
    ),
  ],
  ['are renamed', toRoleGroups({ it2: ['p5'], desk2: ['p5'], guests2: ['p5'] })],
];

describe('groups that', () => {
  it.each(SILENCES)(
    '%s give nothing and take nothing: a problem, and the run completes',
    async (_, groups) => {
      const report = await previewThenRun([...PEOPLE, ...groups], GROUP_ROLES);
      expect(report).toMatchObject({
        state: 'completed',
        removed: 0,
        counts: { unchanged: 6 },
        attention: [],
      });
      expect(report.problems).toMatchObject([
        { setting: expect.stringMatching(/^LDAP_Sync_User_Data_Roles(Map|_BaseDN)$/) },
      ]);
    },
  );

  it('are partly silent take only what all that give it withhold', async () => {
    // The group `desk` gives the role, too.
    await run({ it: ['p5'], guests: ['p5'] });
    expect([await rolesOf('p0'), await rolesOf('p1')]).toEqual([
      ['user', 'Xy12'],
      ['user', 'Xy12'],
    ]);
  });

  it('list nobody of those who are read hold what several would lose, until somebody approves', async () => {
    const strangers = { it: ['p5'], desk: ['stranger'], guests: ['stranger'] };
    const settings = {
      LDAP_Sync_User_Data_RolesMap: JSON.stringify({ it: 'admin', desk: 'support', guests: 'guest' }),
    };
    const entries = [...PEOPLE, ...toRoleGroups(strangers)];
    const held = await previewThenRun(entries, { ...GROUP_ROLES, ...settings });
    expect(held).toMatchObject({
      state: 'held',
      held: { code: 'role-nowhere', params: { role: 'Xy12', people: 4 }, clearings: 4 },
    });
    expect(await rolesOf('p0')).toEqual(['user', 'admin', 'Xy12']);
    await engine(entries, { ...GROUP_ROLES, ...settings }).approve(held._id);
    expect([await rolesOf('p0'), await rolesOf('p2')]).toEqual([['user'], ['user']]);
  });

  it('do not list somebody whose own entry names them take nothing, and a row says why', async () => {
    const witness = toPerson('p1', { memberOf: 'CN=Desk, OU=Groups, DC=x' });
    const report = await run(AFTER, {}, [...PEOPLE.filter(({ dn }) => dn !== dnOf('p1')), witness]);
    expect(await rolesOf('p1')).toEqual(['user', 'Xy12']);
    expect(await rolesOf('p0')).toEqual(['user']);
    expect(report.state).toBe('completed');
    expect((await removals(report)).find(({ username }) => username === 'p1')).toMatchObject({
      state: 'skipped',
      reason: expect.stringContaining('does not say for certain'),
    });
  });
});

describe('the guard', () => {
  const FEW = { LDAP_Guard_Always_Allowed: 1 };

  it('holds many losses, which are approved, all or some, or rejected, and asked for once more', async () => {
    const held = await run(AFTER, FEW);
    expect(held).toMatchObject({ state: 'held', held: { code: 'too-many-removals', clearings: 2 } });
    const now = engine([...PEOPLE, ...toRoleGroups({ ...AFTER, desk: ['p1', 'p2', 'p5'] })], {
      ...GROUP_ROLES,
      ...FEW,
    });
    const rows = await now.changes(held._id);
    await now.approve(held._id, {
      rows: rows.filter(({ username }) => username === 'p1').map(({ id }) => id),
    });
    expect(await rolesOf('p1')).toEqual(['user', 'Xy12']);
    const admin = rows.filter(({ fields: [field] }) => !(field?.to as readonly string[]).includes('admin'));
    await now.approve(held._id, { rows: admin.slice(0, 1).map(({ id }) => id) });
    expect(await rolesOf('p0')).toEqual(['user', 'Xy12']);
  });

  it('takes only the role that was approved, whatever the host has given and taken since', async () => {
    const held = await run(AFTER, FEW);
    await set('p0', { roles: ['bot', 'admin', 'Xy12', 'user', 'guest'] });
    await set('p1', { roles: ['user'] });
    const approval = await engine([...PEOPLE, ...toRoleGroups(AFTER)], GROUP_ROLES).approve(held._id);
    expect([await rolesOf('p0'), await rolesOf('p1')]).toEqual([['bot', 'user', 'guest'], ['user']]);
    expect(approval.attention).toMatchObject([{ username: 'p1', code: 'no-longer-wanted' }]);
  });

  it.each<[string, Settings]>([
    ['is no longer to take roles', { LDAP_Sync_User_Data_Roles_AutoRemove: false }],
    ['is off', { LDAP_Sync_User_Data_Roles: false }],
    ['names other roles', { LDAP_Sync_User_Data_RolesMap: JSON.stringify({ it: 'guest', desk: 'guest' }) }],
  ])('takes nothing after an approval where the sync of roles %s', async (_, settings) => {
    const held = await run(AFTER, FEW);
    const approval = await engine([...PEOPLE, ...toRoleGroups(AFTER)], {
      ...GROUP_ROLES,
      ...settings,
    }).approve(held._id);
    expect(approval).toMatchObject({ removed: 0 });
    expect([await rolesOf('p0'), await rolesOf('p1')]).toEqual([
      ['user', 'admin', 'Xy12'],
      ['user', 'Xy12'],
    ]);
  });
});

describe('a revert', () => {
  it('gives every role back at its place, and leaves what the host has given since', async () => {
    await set('p1', { roles: ['Xy12', 'user'] });
    const report = await run(AFTER);
    await set('p0', { roles: ['user', 'bot'] });
    await revert(report._id);
    expect([await rolesOf('p0'), await rolesOf('p1')]).toEqual([
      ['user', 'admin', 'Xy12', 'bot'],
      ['Xy12', 'user'],
    ]);
  });

  it('leaves whoever has the role again, or is linked to another entry', async () => {
    const report = await run(AFTER);
    await set('p1', { roles: ['user', 'Xy12'] });
    await set('p0', { 'services.ldap.id': 'ff' });
    expect((await revert(report._id)).attention).toMatchObject([
      { username: 'p0', code: 'changed-since' },
      { username: 'p0', code: 'changed-since' },
      { username: 'p1', code: 'changed-since' },
    ]);
    expect(await rolesOf('p0')).toEqual(['user']);
  });
});

describe('the last', () => {
  it('active administrator keeps the role, also of two who lose it in one run', async () => {
    await run({ ...BEFORE, it: ['p0', 'p1', 'p5'] });
    await set('p5', { active: false });
    const nobody = { ...AFTER, it: ['p5'] };
    const report = await previewThenRun([...PEOPLE, ...toRoleGroups(nobody)], GROUP_ROLES);
    expect(report.state).toBe('completed');
    expect([await rolesOf('p0'), await rolesOf('p1')]).toEqual([['user'], ['user', 'admin']]);
    expect(report.attention).toMatchObject([
      {
        username: 'p1',
        code: 'last-administrator',
        reason: expect.stringContaining('keeps the role admin'),
      },
    ]);
  });

  it('active administrator goes when a group has made another one in the same run, and a preview says so', async () => {
    await set('p5', { active: false });
    const report = await previewThenRun(
      [...PEOPLE, ...toRoleGroups({ ...AFTER, it: ['p1', 'p5'] })],
      GROUP_ROLES,
    );
    expect(report).toMatchObject({ state: 'completed', attention: [] });
    expect([await rolesOf('p0'), await rolesOf('p1')]).toEqual([['user'], ['user', 'Xy12', 'admin']]);
  });

  it('role stays, and a row of every run says so', async () => {
    await set('p1', { roles: ['Xy12'] });
    await set('p0', { roles: ['Xy12', 'admin'] });
    for (let times = 0; times < 2; times += 1) {
      const report = await previewThenRun([...PEOPLE, ...toRoleGroups(AFTER)], GROUP_ROLES);
      expect([await rolesOf('p0'), await rolesOf('p1')]).toEqual([['Xy12'], ['Xy12']]);
      expect(report.attention).toMatchObject([
        { username: 'p0', code: 'last-role', params: { role: 'Xy12' } },
        { username: 'p1', code: 'last-role' },
      ]);
    }
  });

  it('role stays where the host has taken the others since the list was made', async () => {
    const held = await run(AFTER, { LDAP_Guard_Always_Allowed: 1 });
    await set('p1', { roles: ['Xy12'] });
    await set('p0', { roles: ['admin', 'Xy12'] });
    await engine([...PEOPLE, ...toRoleGroups(AFTER)], GROUP_ROLES).approve(held._id);
    expect([await rolesOf('p0'), await rolesOf('p1')]).toEqual([['Xy12'], ['Xy12']]);
  });
});

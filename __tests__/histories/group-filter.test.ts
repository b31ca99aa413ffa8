import type { DirectoryEntry } from '../../lib/directory/directory.js';
import type { RunReport } from '../../models/run-report.js';
import { dnOf, GROUP_FILTER, toChatGroup } from '../setup/group-filter.js';
import { many, toPerson, useHistories } from '../setup/histories.js';

const { collection, engine, previewThenRun, sync, changes, user } = useHistories();

const NAMES = Array.from({ length: 10 }, (_, index) => `p${index}`);
const PEOPLE = many(10);
const TEN = [...PEOPLE, toChatGroup(NAMES)];
const active = async (): Promise<readonly string[]> =>
  (await collection('users').find({ ldap: true, active: true }).sort({ username: 1 }).toArray()).map(
    ({ username }) => username as string,
  );
const run = (entries: readonly DirectoryEntry[], settings = {}): Promise<RunReport> =>
  sync(entries, { ...GROUP_FILTER, ...settings });

describe('a sync of the members of one group', () => {
  it('brings them, and nobody else', async () => {
    const report = await previewThenRun([...PEOPLE, toChatGroup(['p1', 'p3'])], GROUP_FILTER);
    expect(report).toMatchObject({ state: 'completed', counts: { read: 2, created: 2 }, problems: [] });
    expect(await active()).toEqual(['p1', 'p3']);
  });

  it.each([
    ['memberUid', '#{username}', NAMES.map((name) => name.toUpperCase())],
    ['uniqueMember', '#{userdn}', NAMES.map((name) => dnOf(name).toUpperCase().replaceAll(',', ' , '))],
    ['member', 'cn=#{username},ou=people,dc=x', NAMES.map(dnOf)],
  ])('finds them by %s as %s', async (attribute, format, values) => {
    const settings = {
      LDAP_Group_Filter_Group_Member_Attribute: attribute,
      LDAP_Group_Filter_Group_Member_Format: format,
    };
    const group = toChatGroup([], { values: { [attribute]: values } });
    expect((await run([...PEOPLE, toPerson('guest'), group], settings)).counts).toMatchObject({
      created: 10,
    });
  });

  it('has members of groups within the group, where the settings ask for those', async () => {
    const nested = { LDAP_Group_Filter_Group_Member_Attribute: 'member:1.2.840.113556.1.4.1941:' };
    const inner = toChatGroup(['p2'], { name: 'inner' });
    const member = [dnOf('p1'), inner.dn];
    const report = await run([...PEOPLE, inner, toChatGroup([], { values: { member } })], nested);
    expect(report).toMatchObject({ state: 'completed', problems: [], counts: { created: 2 } });
    expect(await active()).toEqual(['p1', 'p2']);
  });

  it('switches off whoever leaves the group, and says so; whoever comes back is as others who come back', async () => {
    await run(TEN);
    const left = await previewThenRun([...PEOPLE, toChatGroup(NAMES.slice(1))], GROUP_FILTER);
    expect(left).toMatchObject({
      state: 'completed',
      counts: { deactivated: 1, unchanged: 9 },
      problems: [],
    });
    expect(left.attention).toMatchObject([
      {
        username: 'p0',
        params: { cause: 'outside-group', dn: dnOf('p0') },
        reason: expect.stringContaining('is not in the group "chat"'),
      },
    ]);
    expect(await active()).toEqual(NAMES.slice(1));
    const back = await run(TEN, { LDAP_Sync_User_Active_State: 'both' });
    expect(back).toMatchObject({ state: 'completed', counts: { reactivated: 1 } });
  });

  it('leaves them on where missing people stay', async () => {
    await run(TEN);
    const stay = { LDAP_Background_Sync_Disable_Missing_Users: false };
    expect((await run([...PEOPLE, toChatGroup(['p1'])], stay)).counts).toMatchObject({ deactivated: 0 });
    expect(await active()).toEqual(NAMES);
  });

  it('holds the removals when half of the members are gone, or hidden by an access rule', async () => {
    await run(TEN);
    const held = await run([...PEOPLE, toChatGroup(NAMES.slice(5))]);
    expect(held).toMatchObject({ state: 'held', held: { deactivations: 5 }, counts: { deactivated: 0 } });
    expect(await active()).toEqual(NAMES);
    // An approval asks the group once more.
    const now = engine([...PEOPLE, toChatGroup(NAMES.slice(4))], GROUP_FILTER);
    expect((await now.approve(held._id)).counts).toMatchObject({ deactivated: 4, unchanged: 1 });
    expect(await active()).toEqual(NAMES.slice(4));
  });

  it('says so when it has none of the people, and holds what it would take away', async () => {
    const mismatched = { LDAP_Group_Filter_Group_Member_Format: '#{username}' };
    const problem = expect.objectContaining({ setting: 'LDAP_Group_Filter_Group_Member_Format' });
    expect(await run(TEN, mismatched)).toMatchObject({ state: 'failed', problems: [problem] });
    expect(await active()).toEqual([]);
    await run(TEN);
    const held = await run(TEN, mismatched);
    expect([held.state, held.problems]).toEqual(['held', expect.arrayContaining([problem])]);
    expect(await active()).toEqual(NAMES);
  });
});

/** The group is there, and lies. */
const LIES: readonly (readonly [string, readonly DirectoryEntry[]])[] = [
  ['is gone', []],
  ['was renamed', [toChatGroup(NAMES, { name: 'chatters' })]],
  ['is empty', [toChatGroup([])]],
  ['hides its members', [toChatGroup([], { values: {} })]],
  [
    'is dynamic',
    [toChatGroup([], { values: { memberURL: 'ldap:///dc=x??sub?(uid=*)', member: dnOf('p0') } })],
  ],
];

describe('a group that', () => {
  it.each(LIES)('%s takes nobody away and brings nobody: a problem of the settings', async (_, groups) => {
    await run(TEN);
    const people = [
      ...PEOPLE.slice(1),
      toPerson('p0', { displayName: 'Still updated', cn: 'Still updated' }),
      toPerson('newcomer'),
    ];
    const report = await run([...people, ...groups]);
    expect(report).toMatchObject({
      state: 'failed',
      counts: { deactivated: 0, created: 0, rejected: 1, updated: 1 },
      problems: [{ setting: 'LDAP_Group_Filter_Group_Name' }],
      attention: [{ code: 'membership-unknown', outcome: 'rejected', dn: dnOf('newcomer') }],
    });
    expect(await active()).toEqual(NAMES);
    expect(await user('p0')).toMatchObject({ name: 'Still updated' });
  });

  it('cannot be read lets nobody in by an address either', async () => {
    await collection('users').insertOne({
      _id: 'host-account' as never,
      username: 'p1',
      active: true,
      roles: ['user'],
      emails: [{ address: 'p1@x.org', verified: true }],
    });
    const report = await run(PEOPLE, { LDAP_Merge_Existing_Users: true });
    expect(report).toMatchObject({ state: 'failed', counts: { linked: 0, rejected: 10 } });
    expect((await user('p1'))?.ldap).toBeUndefined();
  });

  it('cannot be read keeps nobody on whom the directory shows as disabled, or does not show at all', async () => {
    await run(TEN);
    const disabled = toPerson('p0', { userAccountControl: '514' });
    const report = await run([disabled, ...PEOPLE.slice(2)]);
    expect(report).toMatchObject({ state: 'failed', counts: { deactivated: 2 } });
    expect(await active()).toEqual(NAMES.slice(2));
  });

  it('does not list somebody whose own entry names it takes nothing away from them', async () => {
    await run(TEN);
    const witness = toPerson('p0', { memberOf: 'CN=Chat, OU=Groups, DC=x' });
    const report = await run([witness, ...PEOPLE.slice(1), toChatGroup(NAMES.slice(1))]);
    expect(report).toMatchObject({ state: 'completed', counts: { deactivated: 0 } });
    expect(await active()).toEqual(NAMES);
    expect(await changes(report._id)).toMatchObject([
      { username: 'p0', state: 'skipped', reason: expect.stringContaining('not say for certain') },
    ]);
  });
});

describe('settings of a group filter', () => {
  it.each([
    ['LDAP_Group_Filter_Group_Member_Format', '', '#{userdn}'],
    ['LDAP_Group_Filter_Group_Member_Format', 'cn=chat', '#{userdn}'],
    ['LDAP_Group_Filter_Group_Member_Format', '#{user}', '#{userdn}'],
    ['LDAP_Group_Filter_Group_Member_Attribute', '', 'memberUid'],
    ['LDAP_Group_Filter_Group_Member_Attribute', 'userPassword', 'memberUid'],
    ['LDAP_Group_Filter_Group_Id_Attribute', 'c n', 'cn'],
    ['LDAP_Group_Filter_Group_Name', ' ', 'one name'],
    ['LDAP_Group_Filter_Group_Name', '*', 'one name'],
    ['LDAP_Group_Filter_ObjectClass', '(group)', 'one name'],
    ['LDAP_Group_Filter_Enable', 1, 'true or false'],
  ])('are refused with a remedy before anybody is written: %s = %j', async (setting, value, remedy) => {
    const report = await run(TEN, { [setting]: value });
    expect(report).toMatchObject({ state: 'failed', counts: { read: 0 } });
    expect(report.problems).toMatchObject([{ setting, remedy: expect.stringContaining(remedy) }]);
  });

  it('may leave the class of the group open, and escape its name', async () => {
    const settings = {
      LDAP_Group_Filter_ObjectClass: '',
      LDAP_Group_Filter_Group_Name: String.raw`Chat \28all\29`,
    };
    expect(
      (await run([...PEOPLE, toChatGroup(NAMES, { name: 'chat (all)' })], settings)).counts,
    ).toMatchObject({
      created: 10,
    });
  });
});

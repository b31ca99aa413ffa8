import type { DirectoryEntry } from '../../lib/directory/directory.js';
import { GROUP_ROLES, ROLES, toRoleGroups } from '../setup/group-roles.js';
import { many, toLinkedUser, hex, toPerson, useHistories } from '../setup/histories.js';

const { collection, previewThenRun, sync, changes } = useHistories();

const PEOPLE = many(4);
const GROUPS = { it: ['p0'], desk: ['p1', 'p0'], guests: ['nobody'] };
const storeRoles = (roles: readonly object[] = ROLES) =>
  collection('rocketchat_roles').insertMany(roles.map((role) => ({ ...role })));
const rolesOf = async (): Promise<Readonly<Record<string, unknown>>> =>
  Object.fromEntries(
    (await collection('users').find({ ldap: true }).sort({ username: 1 }).toArray()).map(
      ({ username, roles }) => [username as string, roles],
    ),
  );
const run = (groups: Readonly<Record<string, readonly string[]>>, settings = {}, people = PEOPLE) =>
  sync([...people, ...toRoleGroups(groups)], { ...GROUP_ROLES, ...settings });

describe('a group gives its roles', () => {
  beforeEach(() => storeRoles());

  it('to new users beside those of every new user, by their ids, and says so row by row', async () => {
    const report = await previewThenRun([...PEOPLE, ...toRoleGroups(GROUPS)], GROUP_ROLES);
    expect(report).toMatchObject({ state: 'completed', problems: [], counts: { created: 4 } });
    expect(await rolesOf()).toEqual({
      p0: ['user', 'admin', 'Xy12'],
      p1: ['user', 'Xy12'],
      p2: ['user'],
      p3: ['user'],
    });
    const rows = await changes(report._id);
    expect(rows.find(({ username }) => username === 'p1')?.fields).toContainEqual({
      field: 'roles',
      to: ['user', 'Xy12'],
    });
  });

  it('to people who were there before, at once, and keeps what the host gave', async () => {
    await run({ it: ['p2'], desk: ['p2'], guests: ['p2'] });
    await collection('users').updateOne({ username: 'p0' }, { $set: { roles: ['livechat-agent', 'user'] } });
    const report = await previewThenRun(
      [...PEOPLE, ...toRoleGroups({ it: ['p0', 'p2'], desk: ['p1'], guests: ['p2'] })],
      GROUP_ROLES,
    );
    expect(report).toMatchObject({ state: 'completed', counts: { updated: 2, unchanged: 2 } });
    expect(await rolesOf()).toMatchObject({
      p0: ['livechat-agent', 'user', 'admin', 'Xy12'],
      p1: ['user', 'Xy12'],
    });
    expect(await changes(report._id)).toContainEqual(
      expect.objectContaining({
        kind: 'write',
        username: 'p1',
        fields: [{ field: 'roles', from: ['user'], to: ['user', 'Xy12'] }],
      }),
    );
  });

  it('once: the next run writes nothing', async () => {
    await run(GROUPS);
    const before = await collection('users').find({}).toArray();
    expect(await run(GROUPS)).toMatchObject({ state: 'completed', counts: { unchanged: 4 }, attention: [] });
    expect(await collection('users').find({}).toArray()).toEqual(before);
  });

  it('but not that of every new user to whom its groups withhold it, if another is left', async () => {
    const map = { it: ['admin', 'support'], desk: 'support', guests: 'user' };
    const settings = { LDAP_Sync_User_Data_RolesMap: JSON.stringify(map) };
    const groups = { it: ['p0'], desk: ['p1'], guests: ['p1', 'p2'] };
    await run(groups, settings);
    expect(await rolesOf()).toEqual({
      p0: ['admin', 'Xy12'],
      p1: ['user', 'Xy12'],
      p2: ['user'],
      p3: ['user'],
    });
    expect(await run(groups, settings)).toMatchObject({ removed: 0, counts: { unchanged: 4 } });
  });

  it('to a user without any list of roles together with the role of every user', async () => {
    await collection('users').insertOne({
      ...toLinkedUser('p0', { id: hex('id-p0'), idAttribute: 'entryUUID' }),
      roles: undefined,
    });
    await collection('users').updateOne({ username: 'p0' }, { $unset: { roles: '' } });
    await run(GROUPS);
    expect(await rolesOf()).toMatchObject({ p0: ['user', 'admin', 'Xy12'] });
  });

  it('not to somebody of whom the host stores no list, and leaves that as it is', async () => {
    await collection('users').insertOne({
      ...toLinkedUser('p0', { id: hex('id-p0'), idAttribute: 'entryUUID' }),
      roles: 'admin',
    });
    expect(await run(GROUPS)).toMatchObject({ state: 'completed' });
    expect(await rolesOf()).toMatchObject({ p0: 'admin' });
  });

  it('to nobody who is not kept up to date, is in a conflict, or is rejected', async () => {
    await run({ it: ['p3'], desk: ['p3'], guests: ['p3'] });
    const keep = { LDAP_Background_Sync_Keep_Existant_Users_Updated: false };
    await run({ it: ['p0', 'p3'], desk: ['p3'], guests: ['p3'] }, keep);
    expect(await rolesOf()).toMatchObject({ p0: ['user'] });
    await collection('users').insertOne({
      _id: 'host-account' as never,
      username: 'other',
      emails: [{ address: 'taken@x.org', verified: true }],
      roles: ['user'],
      active: true,
    });
    const conflicting = toPerson('p0', { mail: ['p0@x.org', 'taken@x.org'] });
    const rejected = toPerson('p1', { cn: 'A\u0007' });
    const people: readonly DirectoryEntry[] = [conflicting, rejected, ...PEOPLE.slice(2)];
    const report = await run({ it: ['p0', 'p1', 'p3'], desk: ['p2', 'p3'], guests: ['p3'] }, {}, [...people]);
    expect(report.counts).toMatchObject({ conflicted: 1, rejected: 1 });
    expect(await rolesOf()).toMatchObject({ p0: ['user'], p1: ['user'], p2: ['user', 'Xy12'] });
  });

  it('to an account that is connected by its verified address, and only beside the roles of new users', async () => {
    await collection('users').insertOne({
      _id: 'host-account' as never,
      username: 'p0',
      type: 'user',
      emails: [{ address: 'p0@x.org', verified: true }],
      roles: ['user'],
      active: true,
    });
    await run(GROUPS, { LDAP_Merge_Existing_Users: true });
    expect(await rolesOf()).toMatchObject({ p0: ['user', 'admin', 'Xy12'] });
  });

  it('as one strategy or the other finds them, by names or by DNs', async () => {
    const once = {
      LDAP_Sync_User_Data_Roles_GroupMembershipValidationStrategy: 'once',
      LDAP_Sync_User_Data_Roles_Filter: '(member=#{userdn})',
      LDAP_User_Search_Scope: 'sub',
    };
    await run(GROUPS, once);
    expect(await rolesOf()).toMatchObject({ p0: ['user', 'admin', 'Xy12'], p1: ['user', 'Xy12'] });
  });
});

describe('a map of roles', () => {
  const toMap = (map: object) => ({ LDAP_Sync_User_Data_RolesMap: JSON.stringify(map) });

  it('names roles by id before name, and each up to its first dot', async () => {
    await storeRoles([...ROLES, { _id: 'Zz', name: 'Xy12', scope: 'Users' }]);
    await run({ a: ['p0'], b: ['p1'] }, toMap({ a: 'Xy12', b: 'support.of.a.room' }));
    expect(await rolesOf()).toMatchObject({ p0: ['user', 'Xy12'], p1: ['user', 'Xy12'] });
  });

  it('that names roles which are unknown, of rooms, or of which there are several says so, and gives the others', async () => {
    await storeRoles([...ROLES, { _id: 'Two', name: 'twin' }, { _id: 'Too', name: 'twin' }]);
    const unknown = Array.from({ length: 12 }, (_, index) => `none${index}`);
    const report = await run({ a: ['p0'] }, toMap({ a: ['support', 'owner', 'twin', '.x', ...unknown] }));
    expect(report.state).toBe('completed');
    expect(report.problems).toMatchObject([
      {
        setting: 'LDAP_Sync_User_Data_RolesMap',
        message: expect.stringMatching(/does not have.*: "\.x", "none0".* and 3 more\.$/),
      },
      { message: expect.stringMatching(/in a room only.*: "owner"\.$/) },
      { message: expect.stringMatching(/several.*: "twin"\.$/) },
    ]);
    expect(await rolesOf()).toMatchObject({ p0: ['user', 'Xy12'] });
  });

  it.each([
    ['a host without roles', [], /has no roles \(the collection rocketchat_roles/],
    ['a host that has none of them', ROLES.slice(1, 2), /does not have.*"admin", "support", "guest"/],
  ])('gives and takes nothing on %s, and says so', async (_, roles, message) => {
    if (roles.length > 0) await storeRoles(roles);
    await collection('users').insertOne(
      toLinkedUser('p0', { id: hex('id-p0'), idAttribute: 'entryUUID' }, { roles: ['admin', 'guest'] }),
    );
    const report = await run({ it: ['p1'], desk: ['p1'], guests: ['p1'] });
    expect(report).toMatchObject({
      state: 'completed',
      problems: [{ message: expect.stringMatching(message) }],
    });
    expect(await rolesOf()).toMatchObject({ p0: ['admin', 'guest'], p1: ['user'] });
  });
});

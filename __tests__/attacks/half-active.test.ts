import request from 'supertest';
import { ACTIVE_USER, isActive } from '../../models/active-user.js';
import { createReadAdministrators } from '../../lib/watch/administrators.js';
import { createStoredPermissions } from '../../lib/auth/stored-permissions.js';
import { toPerson, useHistories } from '../setup/histories.js';
import { AUTH_HEADERS, createHost, seedAdmin } from '../setup/host.js';

const { collection, database, engine, previewThenRun, set, sync, user } = useHistories();

/** What may stand in `active` and is no permission. */
const HALF_ACTIVE: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['zero', 0],
  ['one', 1],
  ['the text "false"', 'false'],
  ['the text "true"', 'true'],
  ['an empty text', ''],
  ['a list with true in it', [true]],
  ['an object', { value: true }],
];

const ADMIN = { _id: 'real-admin', username: 'real', type: 'user', active: true, roles: ['admin'] };
const MISSING_GO = { LDAP_Background_Sync_Disable_Missing_Users: true };

describe('an account is switched on when active is true or absent', () => {
  it.each(HALF_ACTIVE)('and not when it is %s', async (_, active) => {
    expect(isActive({ active })).toBe(false);
    await collection('users').insertMany([
      { _id: 'odd', active },
      { _id: 'on', active: true },
      { _id: 'bare' },
    ] as never[]);
    const found = await collection('users').find(ACTIVE_USER).sort({ _id: 1 }).toArray();
    expect(found.map(({ _id }) => _id)).toEqual(['bare', 'on']);
    expect([isActive({}), isActive({ active: true }), isActive({ active: false })]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it.each(HALF_ACTIVE)('so that a token and a role of an account with %s open nothing', async (_, active) => {
    await seedAdmin(database().connection);
    const { app } = createHost(database().connection);
    const ask = () => request(app).get('/api/v1/ldap.status').set(AUTH_HEADERS);
    expect((await ask()).status).toBe(200);
    await set('admin', { active });
    expect((await ask()).status).toBe(401);
    const authorize = createStoredPermissions({ connection: database().connection });
    expect(await authorize({ userId: 'adminUser00000001', username: 'admin' }, 'test-admin-options')).toBe(
      false,
    );
  });

  it.each(HALF_ACTIVE)('so that an administrator with %s is not mailed', async (_, active) => {
    const emails = [{ address: 'odd@x.org', verified: true }];
    await collection('users').insertOne({ ...ADMIN, _id: 'odd', active, emails } as never);
    expect(await createReadAdministrators({ connection: database().connection })()).toEqual([]);
  });
});

describe('the last administrator who can sign in stays on', () => {
  it.each(HALF_ACTIVE)('beside one whose active is %s', async (_, active) => {
    await sync([toPerson('boss'), toPerson('other')]);
    await set('boss', { roles: ['admin'] });
    await collection('users').insertOne({ ...ADMIN, active } as never);
    const report = await previewThenRun([toPerson('other')], MISSING_GO);
    expect(report.counts.deactivated).toBe(0);
    expect(report.attention).toMatchObject([
      { username: 'boss', reason: expect.stringContaining('last active administrator') },
    ]);
    expect(await user('boss')).toMatchObject({ active: true });
  });

  it('and goes beside one who can', async () => {
    await sync([toPerson('boss'), toPerson('other')]);
    await set('boss', { roles: ['admin'] });
    await collection('users').insertOne(ADMIN as never);
    expect((await previewThenRun([toPerson('other')], MISSING_GO)).counts.deactivated).toBe(1);
    expect(await user('boss')).toMatchObject({ active: false });
  });
});

describe('a linked user who is half switched on is off for a sync', () => {
  it.each(HALF_ACTIVE)('with %s: "enable" switches them on, "disable" leaves them', async (_, active) => {
    await sync([toPerson('ada'), toPerson('bob')]);
    await set('ada', { active });
    expect((await previewThenRun([toPerson('ada'), toPerson('bob')])).counts).toMatchObject({ unchanged: 2 });
    expect(await user('ada')).toMatchObject({ active });
    const report = await previewThenRun([toPerson('ada'), toPerson('bob')], {
      LDAP_Sync_User_Active_State: 'enable',
    });
    expect(report.counts).toMatchObject({ reactivated: 1, unchanged: 1 });
    expect(await user('ada')).toMatchObject({ active: true });
    const rows = await engine([]).changes(report._id);
    expect(rows[0]?.fields).toEqual([{ field: 'active', from: active, to: true }]);
  });

  it.each(HALF_ACTIVE)(
    'with %s: they are neither missing nor counted among the linked',
    async (_, active) => {
      await sync([toPerson('ada'), toPerson('bob')]);
      await set('ada', { active });
      const report = await previewThenRun([toPerson('bob')], MISSING_GO);
      expect(report).toMatchObject({ state: 'completed', counts: { deactivated: 0, unchanged: 1 } });
    },
  );
});

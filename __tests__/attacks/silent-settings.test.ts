import { createServer, type AddressInfo, type Server } from 'node:net';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { SETTING_EFFECTS } from '../../lib/settings/setting-effects.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { many, toPerson, useHistories } from '../setup/histories.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { ROCKETCHAT_DEFAULTS } from '../setup/rocketchat-defaults.js';

const { collection, database, engine, sync } = useHistories();

const PEOPLE = many(4);
const count = () => collection('users').countDocuments({});

describe('a setting that narrows or rewrites who is synced', () => {
  it.each([
    [{ LDAP_Group_Filter_Enable: 'false', LDAP_DataSync_UseVariables: 'false' }],
    [{ LDAP_FederationHomeServer_Field: ' ' }],
    [{ LDAP_User_Search_AttributesToQuery: ' * , +' }],
    [{ LDAP_User_Search_AttributesToQuery: '' }],
    [{ LDAP_Group_Filter_Group_Name: 'ROCKET_CHAT', LDAP_DataSync_VariableMap: '{"a":{"input":"b"}}' }],
  ])('lets everybody in while it is off: %j', async (settings) => {
    expect(await sync(PEOPLE, settings)).toMatchObject({
      state: 'completed',
      counts: { created: 4 },
      problems: [],
    });
  });

  it('is told together with all else that is wrong', async () => {
    const report = await sync(PEOPLE, {
      LDAP_Group_Filter_Enable: true,
      LDAP_DataSync_UseVariables: true,
      LDAP_DataSync_VariableMap: '{',
      LDAP_Host: '',
      LDAP_Sync_User_Active_State: 'sometimes',
      LDAP_Sync_User_Data_Channels: true,
    });
    expect(report.state).toBe('failed');
    expect(report.problems.map(({ setting }) => setting).sort()).toEqual([
      'LDAP_DataSync_VariableMap',
      'LDAP_Group_Filter_Group_Member_Format',
      'LDAP_Host',
      'LDAP_Sync_User_Active_State',
      'LDAP_Sync_User_Data_Channels_BaseDN',
    ]);
  });

  it('switched on while a list waits: an approval takes nothing away, a revert still gives back', async () => {
    const missing = { LDAP_Background_Sync_Disable_Missing_Users: true, LDAP_Guard_Always_Allowed: 1 };
    await sync([...PEOPLE, toPerson('stays')], missing);
    const held = await sync([toPerson('stays')], missing);
    expect(held).toMatchObject({ state: 'held', held: { deactivations: 4 } });
    const filtered = engine([toPerson('stays')], { ...missing, LDAP_Group_Filter_Enable: true });
    expect(await filtered.approve(held._id)).toMatchObject({ state: 'failed', counts: { deactivated: 0 } });
    expect(await collection('users').countDocuments({ active: true })).toBe(5);
    const approved = await engine([toPerson('stays')], missing).approve(held._id);
    expect(approved.counts.deactivated).toBe(4);
    expect(await filtered.revert(approved._id)).toMatchObject({
      state: 'completed',
      counts: { reactivated: 4 },
    });
  });
});

describe('a setting of the wrong type that says who gets in', () => {
  it.each([
    ['Accounts_ManuallyApproveNewUsers', 'yes'],
    ['Accounts_Verify_Email_For_External_Accounts', 0],
    ['Accounts_Registration_AuthenticationServices_Default_Roles', ['user']],
    ['Accounts_Registration_Users_Default_Roles', { $ne: '' }],
    ['Accounts_AllowedDomainsList', ['x.org']],
    ['UTF8_Names_Slugify', 'no'],
    ['LDAP_Background_Sync_Import_New_Users', 'no'],
    ['LDAP_Merge_Existing_Users', 'no'],
    ['LDAP_User_Search_Filter', { uid: 'p0' }],
    ['LDAP_User_Search_Scope', 'subtree'],
    ['LDAP_User_Search_AttributesToQuery', ['uid']],
    ['LDAP_FederationHomeServer_Field', { $ne: '' }],
    ['LDAP_FederationHomeServer_Field', true],
    ['LDAP_DataSync_VariableMap', { login: { input: 'uid' } }],
    ['LDAP_Server_Type', 'AD'],
  ])('is refused, not replaced by its default: %s = %j', async (setting, value) => {
    const report = await sync(PEOPLE, { [setting]: value });
    expect(report.state).toBe('failed');
    expect(report.problems.map((problem) => problem.setting)).toEqual([setting]);
    expect(await count()).toBe(0);
  });
});

describe('Accounts_AllowedDomainsList', () => {
  it('keeps people of other domains from becoming users, and leaves those who are', async () => {
    await sync([toPerson('old', { mail: 'old@elsewhere.org' })]);
    const entries = [
      toPerson('old', { mail: 'old@elsewhere.org' }),
      toPerson('ada', { mail: 'ada@X.org' }),
      toPerson('bob', { mail: 'bob@notx.org' }),
      toPerson('eve', { mail: ['eve@sub.x.org', 'eve@x.org'] }),
    ];
    const report = await sync(entries, { Accounts_AllowedDomainsList: ' y.org, X.org ' });
    expect(report.counts).toMatchObject({ unchanged: 1, created: 1, rejected: 2, conflicted: 0 });
    expect(report.attention[0]).toMatchObject({
      outcome: 'rejected',
      reason: expect.stringContaining('bob@notx.org is in none of the domains'),
    });
  });
});

describe('over HTTP', () => {
  let ldapSync: LdapSync;
  let admin: AdminClient;
  let server: Server;
  let connections = 0;

  beforeEach(async () => {
    connections = 0;
    server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await seedAdmin(database().connection);
    await storeSettings(database().connection, {
      LDAP_Enable: true,
      LDAP_Background_Sync: true,
      LDAP_Host: '127.0.0.1',
      LDAP_Port: (server.address() as AddressInfo).port,
      LDAP_BaseDN: 'dc=x',
      LDAP_User_Search_Filter: '(&(objectCategory=person)(objectClass=user))',
      API_Enable_Rate_Limiter: false,
    });
    mount({});
  });
  afterEach(async () => {
    await ldapSync.stop();
    await new Promise((resolve) => server.close(resolve));
  });

  function mount(environment: Readonly<Record<string, string>>): void {
    const host = createHost(database().connection, { environment });
    ({ ldapSync } = host);
    admin = createAdminClient(host.app);
  }
  const store = (settings: object) => storeSettings(database().connection, { ...settings });
  const problems = async () =>
    (await admin.get('status')).body.settings.problems as { setting: string; message: string }[];

  it('the directory is not asked for anybody, and sync, status and explanation say the same', async () => {
    await store({ LDAP_FederationHomeServer_Field: 'home server', LDAP_Sync_User_Data_Roles: true });
    const run = await admin.run('syncNow');
    expect([run.state, connections]).toEqual(['failed', 0]);
    expect(run.problems.map(({ setting }) => setting)).toEqual([
      'LDAP_FederationHomeServer_Field',
      'LDAP_Sync_User_Data_Roles_BaseDN',
    ]);
    expect(await problems()).toEqual(run.problems);
    const { body, status } = await admin.get('explainUser', { username: 'admin' });
    expect([status, body.errorType, body.details.problems]).toMatchObject([
      400,
      'invalid-settings',
      run.problems.slice(0, 1),
    ]);
    expect(connections).toBe(0);
  });

  it('what the environment says counts, on or off', async () => {
    mount({
      OVERWRITE_SETTING_LDAP_FederationHomeServer_Field: 'home server',
      OVERWRITE_SETTING_LDAP_Odd: 'x',
    });
    expect((await problems()).map(({ setting }) => setting)).toEqual([
      'LDAP_FederationHomeServer_Field',
      'LDAP_Odd',
    ]);
    expect([(await admin.run('syncNow')).state, connections]).toEqual(['failed', 0]);
    await store({ LDAP_DataSync_UseVariables: true });
    mount({ OVERWRITE_SETTING_LDAP_DataSync_UseVariables: 'false' });
    expect(await problems()).toEqual([]);
  });

  it('a setting of LDAP that nobody knows is named, a button and one that is off are not', async () => {
    await store({ LDAP_Only_These_People: 'cn=few', LDAP_Old_Switch: false, LDAP_Empty: '' });
    await collection('rocketchat_settings').insertOne({
      _id: 'LDAP_Test_Connection' as never,
      type: 'action',
      value: 'ldap_test_connection',
    });
    expect(await problems()).toEqual([
      expect.objectContaining({
        setting: 'LDAP_Only_These_People',
        message: expect.stringContaining('LDAP_Only_These_People'),
      }),
    ]);
  });

  it('the tests of the connection and of a search keep the bodies of their contract', async () => {
    await store({ LDAP_DataSync_UseVariables: true });
    expect((await admin.post('testConnection')).body.error).toBe('LDAP_Connection_failed_reason');
    expect((await admin.post('testSearch', { username: 'ada' })).body).toEqual({
      success: false,
      error: 'LDAP_search_failed',
    });
    expect(connections).toBeGreaterThan(0);
  });

  it('all of the settings as Rocket.Chat stores them say nothing', async () => {
    // Of the stored filter there is a warning of its own.
    const own = {
      LDAP_Host: '127.0.0.1',
      LDAP_BaseDN: 'dc=x',
      LDAP_User_Search_Filter: '(&(objectCategory=person)(objectClass=user))',
    };
    await store({ ...ROCKETCHAT_DEFAULTS, ...own, LDAP_Enable: true });
    expect(Object.keys(ROCKETCHAT_DEFAULTS).filter((id) => !(id in SETTING_EFFECTS))).toEqual([]);
    expect(await problems()).toEqual([]);
  });
});

import request from 'supertest';
import { SETTING_EFFECTS } from '../../lib/settings/setting-effects.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { AUTH_HEADERS, createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import type { LdapSyncOptions } from '../../lib/options.js';

const PASSWORD = 'the-service-secret';
const STORED = {
  LDAP_Enable: true,
  LDAP_Background_Sync: true,
  LDAP_Host: 'ldap.example.org',
  LDAP_BaseDN: 'dc=example,dc=org',
  LDAP_Authentication: true,
  LDAP_Authentication_UserDN: 'cn=reader',
  LDAP_Authentication_Password: PASSWORD,
};

let database: TestDatabase;
let admin: AdminClient;

beforeEach(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, STORED);
  mount();
});
afterEach(() => database.close());

function mount(options: Partial<LdapSyncOptions> = {}): void {
  admin = createAdminClient(createHost(database.connection, { clock: () => new Date(), ...options }).app);
}
const change = (settings: object, others: object = {}) => admin.post('settings', { settings, ...others });
const stored = async (id: string) =>
  (await database.connection.collection('rocketchat_settings').findOne({ _id: id as never }))
    ?.value as unknown;
const history = async () =>
  (await admin.get('settingsHistory')).body.changes as {
    _id: string;
    changes: object[];
    by: object;
    at: string;
  }[];

interface Row {
  readonly setting: string;
  readonly value?: unknown;
}
const shown = async (): Promise<Map<string, Row>> => {
  const { body } = await admin.get('settings');
  return new Map((body.settings as Row[]).map((row) => [row.setting, row]));
};

describe('the settings', () => {
  it('are all shown, each with its value, default, type, range, meaning, source and effect', async () => {
    mount({ environment: { OVERWRITE_SETTING_LDAP_Port: '636' } });
    const rows = await shown();
    expect([...rows.keys()].sort()).toEqual(Object.keys(SETTING_EFFECTS).sort());
    expect(rows.get('LDAP_Host')).toEqual({
      setting: 'LDAP_Host',
      value: 'ldap.example.org',
      isSecret: false,
      source: 'database',
      default: '',
      type: 'string',
      part: 'connection',
      about: expect.stringContaining('directory server'),
      effect: 'used',
    });
    expect(rows.get('LDAP_Port')).toMatchObject({ value: '636', source: 'environment', range: { min: 1 } });
    expect(rows.get('LDAP_Search_Page_Size')).toMatchObject({ value: 250, source: 'default', default: 250 });
    expect(rows.get('LDAP_Login_Fallback')).toMatchObject({ effect: 'none' });
  });

  it('show of a secret only whether it is set', async () => {
    const { text } = await admin.get('settings');
    expect(text).not.toContain(PASSWORD);
    expect((await shown()).get('LDAP_Authentication_Password')).toMatchObject({
      isSecret: true,
      source: 'database',
    });
  });

  it.each([
    ['view-privileged-setting', 'get'],
    ['edit-privileged-setting', 'post'],
  ] as const)('need the permission %s for %s', async (permission, method) => {
    await database.connection.collection('rocketchat_permissions').deleteOne({ _id: permission as never });
    const response = method === 'get' ? await admin.get('settings') : await change({ LDAP_Port: 390 });
    expect(response.status).toBe(403);
  });

  it('are not changed by a token alone', async () => {
    const { app } = createHost(database.connection);
    const response = await request(app)
      .post('/api/v1/ldap.settings')
      .set(AUTH_HEADERS)
      .send({ settings: { LDAP_Port: 390 } });
    expect([response.status, response.body.errorType]).toEqual([400, 'totp-required']);
    expect(await stored('LDAP_Port')).toBeUndefined();
  });
});

describe('a change of settings', () => {
  it('counts at once, and who made it when is kept', async () => {
    const { body } = await change({
      LDAP_Search_Page_Size: 100,
      LDAP_Background_Sync_Interval: 'every_1_hour',
    });
    expect(body).toEqual({
      success: true,
      revision: expect.any(String),
      warnings: expect.any(Array),
      isSharedWithRocketChat: false,
      changes: [
        { setting: 'LDAP_Search_Page_Size', from: null, to: 100 },
        { setting: 'LDAP_Background_Sync_Interval', from: null, to: 'every_1_hour' },
      ],
    });
    expect((await shown()).get('LDAP_Search_Page_Size')).toMatchObject({ value: 100, source: 'database' });
    expect(await history()).toMatchObject([
      {
        _id: body.revision,
        by: { username: 'admin' },
        changes: body.changes,
        at: expect.stringMatching(/Z$/),
      },
    ]);
  });

  it('of a value to itself writes nothing', async () => {
    expect((await change({ LDAP_Host: 'ldap.example.org' })).body).toMatchObject({
      revision: null,
      changes: [],
    });
    expect(await history()).toEqual([]);
  });

  it('to null brings the default', async () => {
    await change({ LDAP_Search_Page_Size: 100 });
    await change({ LDAP_Search_Page_Size: null });
    expect(await stored('LDAP_Search_Page_Size')).toBe(250);
  });

  it('names everything that is wrong at once, and writes nothing', async () => {
    const { status, body } = await change({
      LDAP_Port: 'many',
      LDAP_Search_Page_Size: 0.5,
      LDAP_User_Search_Filter: '(uid=',
      LDAP_Sync_User_Active_State: 'sometimes',
      LDAP_Nonsense: 1,
      SMTP_Host: 'mail.example.org',
      __proto__x: true,
    });
    expect([status, body.errorType]).toEqual([400, 'invalid-settings']);
    const problems = body.details.problems as { setting: string; message: string; remedy: string }[];
    expect(new Set(problems.map(({ setting }) => setting))).toEqual(
      new Set([
        'LDAP_Port',
        'LDAP_Search_Page_Size',
        'LDAP_User_Search_Filter',
        'LDAP_Sync_User_Active_State',
        'LDAP_Nonsense',
        'SMTP_Host',
        '__proto__x',
      ]),
    );
    for (const { message, remedy } of problems)
      expect([message, remedy]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
    expect([await stored('LDAP_Port'), await stored('SMTP_Host'), await history()]).toEqual([
      undefined,
      undefined,
      [],
    ]);
  });

  it('is refused for what the environment overrides', async () => {
    mount({ environment: { OVERWRITE_SETTING_LDAP_Port: '636' } });
    const { body } = await change({ LDAP_Port: 389 });
    expect(body.details.problems).toMatchObject([
      { setting: 'LDAP_Port', remedy: expect.stringContaining('OVERWRITE_SETTING_LDAP_Port') },
    ]);
  });

  it('may mend one setting while another is still wrong, which is told', async () => {
    await storeSettings(database.connection, { LDAP_Search_Page_Size: -1, LDAP_BaseDN: 'nowhere' });
    const { status, body } = await change({ LDAP_Search_Page_Size: 100 });
    expect([status, body.warnings.map(({ setting }: Row) => setting)]).toEqual([
      200,
      expect.arrayContaining(['LDAP_BaseDN']),
    ]);
    expect(await stored('LDAP_Search_Page_Size')).toBe(100);
  });

  it.each([
    [{ LDAP_Host: 'ldap.evil.example' }],
    [{ LDAP_Port: 3_389 }],
    [{ LDAP_Encryption: 'ssl' }],
    [{ LDAP_Reject_Unauthorized: false }],
    [{ LDAP_Failover_Hosts: 'ldap.evil.example' }],
    [{ LDAP_Authentication_UserDN: 'cn=other' }],
    [{ LDAP_Host: 'ldap.evil.example', LDAP_Authentication: true }],
    [{ LDAP_Host: 'ldap.evil.example', LDAP_Authentication: false }],
  ])('by which the stored password would go elsewhere needs the password: %j', async (settings) => {
    const refusedAnswer = await change(settings);
    expect(refusedAnswer.body.details.problems).toMatchObject([{ setting: 'LDAP_Authentication_Password' }]);
    expect(refusedAnswer.text).not.toContain(PASSWORD);
    expect((await change({ ...settings, LDAP_Authentication_Password: 'given anew' })).status).toBe(200);
    expect(await stored('LDAP_Authentication_Password')).toBe('given anew');
  });

  it('of a secret is told as changed, never with its values', async () => {
    const response = await change({ LDAP_Authentication_Password: 'another secret' });
    expect(response.body.changes).toEqual([{ setting: 'LDAP_Authentication_Password', isSecret: true }]);
    const kept = JSON.stringify(
      await database.connection.collection('ldap_sync_settings_changes').find().toArray(),
    );
    expect(kept + response.text).not.toMatch(/another secret|the-service-secret/);
  });

  it('is refused when somebody else was faster', async () => {
    const first = (await change({ LDAP_Search_Page_Size: 100 }, { revision: null })).body.revision as string;
    const late = await change({ LDAP_Search_Page_Size: 200 }, { revision: null });
    expect([late.status, late.body.errorType]).toEqual([400, 'settings-changed']);
    expect((await change({ LDAP_Search_Page_Size: 200 }, { revision: first })).status).toBe(200);
  });

  it.each([
    [{}],
    [{ settings: {} }],
    [{ settings: { LDAP_Port: [1] } }],
    [{ settings: { LDAP_Port: 1 }, more: 1 }],
    [[]],
  ])('with another body is refused: %j', async (body) => {
    expect((await admin.post('settings', body)).body.errorType).toBe('invalid-params');
  });

  it('says that a Rocket.Chat on the same database may have to be restarted', async () => {
    await database.connection.collection('instances').insertOne({ name: 'rocket.chat' });
    expect((await change({ LDAP_Search_Page_Size: 100 })).body.isSharedWithRocketChat).toBe(true);
    expect((await admin.get('settings')).body.isSharedWithRocketChat).toBe(true);
  });

  it('is not possible where the host gives the settings', async () => {
    mount({ settings: { read: () => Promise.resolve(new Map(Object.entries(STORED))) } });
    expect((await admin.get('settings')).body.isWritable).toBe(false);
    expect((await change({ LDAP_Port: 390 })).body.errorType).toBe('settings-read-only');
  });
});

describe('restoring settings', () => {
  it('by which the stored password would go elsewhere needs the password', async () => {
    const secrets = { LDAP_Authentication_Password: 'of the new one' };
    const { body } = await change({ LDAP_Host: 'new.example.org', ...secrets });
    const changeId = body.revision as string;
    const refusedAnswer = await admin.post('restoreSettings', { changeId });
    expect(refusedAnswer.body.details.problems).toMatchObject([{ setting: 'LDAP_Authentication_Password' }]);
    await admin.post('restoreSettings', { changeId, secrets: { LDAP_Authentication_Password: PASSWORD } });
    expect([await stored('LDAP_Host'), await stored('LDAP_Authentication_Password')]).toEqual([
      'ldap.example.org',
      PASSWORD,
    ]);
  });

  it('takes back a change and all that came after it, but for secrets', async () => {
    await change({ LDAP_Search_Page_Size: 100 });
    const changeId = (await change({ LDAP_Search_Page_Size: 200, LDAP_BaseDN: 'dc=x' })).body
      .revision as string;
    await change({ LDAP_Search_Page_Size: 300, LDAP_Authentication_Password: 'new' });
    const { body } = await admin.post('restoreSettings', { changeId });
    expect(body.changes).toEqual([
      { setting: 'LDAP_Search_Page_Size', from: 300, to: 100 },
      { setting: 'LDAP_BaseDN', from: 'dc=x', to: 'dc=example,dc=org' },
    ]);
    expect(await stored('LDAP_Authentication_Password')).toBe('new');
    expect((await history())[0]).toMatchObject({ _id: body.revision, restores: changeId });
  });

  it('goes back to values of another type as far as they can be read, and past what the environment has taken', async () => {
    await storeSettings(database.connection, { LDAP_Search_Page_Size: '77', LDAP_Timeout: { odd: 1 } });
    const changeId = (
      await change({ LDAP_Search_Page_Size: 200, LDAP_Timeout: 500, LDAP_Default_Domain: 'x.org' })
    ).body.revision as string;
    mount({ environment: { OVERWRITE_SETTING_LDAP_Default_Domain: 'y.org' } });
    const { status, body } = await admin.post('restoreSettings', { changeId });
    expect([status, body.warnings[0].setting]).toEqual([200, 'LDAP_Default_Domain']);
    expect([await stored('LDAP_Search_Page_Size'), await stored('LDAP_Timeout')]).toEqual([77, 60_000]);
  });

  it('is refused when the settings have been changed since they were read', async () => {
    const changeId = (await change({ LDAP_Search_Page_Size: 100 })).body.revision as string;
    const { body: newer } = await change({ LDAP_Search_Page_Size: 200 });
    const stale = await admin.post('restoreSettings', { changeId, revision: changeId });
    expect([stale.status, stale.body.errorType]).toEqual([400, 'settings-changed']);
    expect(await stored('LDAP_Search_Page_Size')).toBe(200);
    const odd = await admin.post('restoreSettings', { changeId, revision: 'x' });
    expect(odd.body.errorType).toBe('invalid-params');
    const { body } = await admin.post('restoreSettings', { changeId, revision: newer.revision });
    expect(body.success).toBe(true);
  });

  it('of a change that there is not is refused', async () => {
    const { body } = await admin.post('restoreSettings', { changeId: 'x'.repeat(17) });
    expect(body.errorType).toBe('settings-change-not-found');
  });
});

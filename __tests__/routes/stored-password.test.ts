import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings, type TestHost } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { listen, type RawServer } from '../setup/tcp-proxy.js';

const PASSWORD = 'the-stored-password';

describe('the stored password of the service account', () => {
  let database: TestDatabase;
  let host: TestHost;
  let admin: AdminClient;
  let elsewhere: RawServer;
  let connections: number;

  beforeAll(async () => {
    elsewhere = await listen((socket) => {
      connections += 1;
      socket.destroy();
    });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, {
      LDAP_Enable: true,
      LDAP_Host: '127.0.0.1',
      LDAP_Port: elsewhere.port,
      LDAP_BaseDN: 'dc=x',
      LDAP_Authentication: true,
      LDAP_Authentication_UserDN: 'cn=reader,dc=x',
      LDAP_Authentication_Password: PASSWORD,
      API_Enable_Rate_Limiter: false,
    });
    host = createHost(database.connection);
    admin = createAdminClient(host.app);
  });
  beforeEach(() => void (connections = 0));
  afterAll(async () => {
    await host.ldapSync.stop();
    await database.close();
    await elsewhere.close();
  });

  const CHANGES: readonly (readonly [string, unknown])[] = [
    ['LDAP_Host', 'localhost'],
    ['LDAP_Failover_Hosts', '127.0.0.2'],
    ['LDAP_Port', 3_890],
    ['LDAP_Encryption', 'tls'],
    ['LDAP_Reject_Unauthorized', false],
    ['LDAP_CA_Cert', '-----BEGIN CERTIFICATE-----'],
    ['LDAP_Authentication_UserDN', 'cn=other,dc=x'],
  ];

  const KINDS = [
    ['suggestSettings', 'all', {}],
    ['testSettings', 'two sections', { sections: ['connection', 'account'] }],
    ['testSettings', 'all', {}],
  ] as const;

  it.each(
    CHANGES.flatMap(([setting, value]) =>
      KINDS.map(
        ([verb, kind, others]) =>
          [setting, verb, kind, { ...others, settings: { [setting]: value } }] as const,
      ),
    ),
  )('is not sent when %s differs: %s, %s', async (_, verb, _kind, body) => {
    const answer = await admin.post(verb, body);
    expect([answer.status, answer.body.details.problems]).toEqual([
      400,
      expect.arrayContaining([expect.objectContaining({ setting: 'LDAP_Authentication_Password' })]),
    ]);
    expect(connections).toBe(0);
    expect(answer.text).not.toContain(PASSWORD);
  });

  it.each(['suggestSettings', 'testSettings'])('is tried where nothing of that differs: %s', async (verb) => {
    await admin.post(verb, { settings: { LDAP_BaseDN: 'dc=y' } });
    expect(connections).toBeGreaterThan(0);
  });

  it.each(['suggestSettings', 'testSettings'])(
    'is sent nowhere without the permission to change settings: %s',
    async (verb) => {
      const permissions = database.connection.collection('rocketchat_permissions');
      const edit = { _id: 'edit-privileged-setting' as never };
      await permissions.updateOne(edit, { $set: { roles: [] } });
      expect((await admin.post(verb, { settings: { LDAP_BaseDN: 'dc=y' } })).status).toBe(403);
      await permissions.updateOne(edit, { $set: { roles: ['admin'] } });
      expect(connections).toBe(0);
    },
  );
});

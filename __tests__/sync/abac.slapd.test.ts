import { startSlapd, type Slapd } from '../../dev/slapd.js';
import { ABAC, EVENTS, toAttributes } from '../setup/abac.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const DN = `uid=person1,ou=people,${SUFFIX}`;
const SETTINGS = {
  ...ABAC,
  LDAP_ABAC_AttributeMap: JSON.stringify({
    departmentNumber: 'department',
    employeeType: 'department',
    building: 'site',
  }),
  LDAP_DataSync_UseVariables: true,
  LDAP_DataSync_VariableMap: JSON.stringify({
    building: { input: 'roomNumber', output: { operation: 'split', pattern: '-', indexToUse: 0 } },
  }),
};

describeWithSlapd('ABAC attributes of a real directory, over HTTP', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let admin: AdminClient;
  let stop: () => Promise<void>;

  beforeEach(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(toPeople(3)) });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, {
      ...settingsFor(slapd),
      ...SETTINGS,
      API_Enable_Rate_Limiter: false,
    });
    const { app, ldapSync } = createHost(database.connection);
    stop = () => ldapSync.stop();
    admin = createAdminClient(app);
  });
  afterEach(async () => {
    await stop();
    await database.close();
    await slapd.stop();
  });

  const replace = (attribute: string, ...values: readonly string[]) =>
    slapd.modify(
      `dn: ${DN}\nchangetype: modify\nreplace: ${attribute}\n` +
        values.map((value) => `${attribute}: ${value}\n`).join(''),
    );
  const collection = (name: string) => database.connection.collection(name);
  const user = async () => (await collection('users').findOne({ importIds: DN }))!;

  it('are written, explained, taken with the room that asks for them, and given back', async () => {
    replace('departmentNumber', 'math', 'cs');
    replace('employeeType', '7');
    replace('roomNumber', 'B2-117');
    expect((await admin.run('syncNow')).counts).toMatchObject({ created: 3 });
    const abacAttributes = toAttributes({ department: ['cs', 'math', '7'], site: ['B2'] });
    const { _id, username, ...ada } = await user();
    expect(ada).toMatchObject({ abacAttributes });
    expect((await admin.run('syncNow')).counts).toMatchObject({ unchanged: 3 });

    const { body } = await admin.get('explainUser', { username: username as string });
    expect((body.fields as { field: string }[]).find(({ field }) => field === 'abac')).toEqual({
      field: 'abac',
      value: abacAttributes,
      setting: 'LDAP_ABAC_AttributeMap',
      attributes: ['departmentNumber', 'employeeType', 'building'],
    });

    const guard = { abacAttributes: toAttributes({ department: ['math'] }) };
    await collection('rocketchat_room').insertOne({ _id: 'r1' as never, t: 'p', name: 'lab', ...guard });
    await collection('rocketchat_subscription').insertOne({
      _id: 's1' as never,
      rid: 'r1',
      t: 'p',
      name: 'lab',
      u: { _id, username },
    });
    replace('departmentNumber', 'cs');
    const run = await admin.run('syncNow');
    expect(run.attention).toMatchObject([{ username, code: 'access-revoked', params: { rooms: 'lab' } }]);
    expect(await collection('rocketchat_subscription').countDocuments({})).toBe(0);
    expect(await user()).toMatchObject({
      abacAttributes: toAttributes({ department: ['cs', '7'], site: ['B2'] }),
    });
    expect(await collection(EVENTS).countDocuments({ t: 'abac.action.performed' })).toBe(1);

    await admin.run('revertRun', { runId: run._id });
    expect(await collection('rocketchat_subscription').countDocuments({ _id: 's1' as never })).toBe(1);
    expect(await user()).toMatchObject({ abacAttributes });
  });
});

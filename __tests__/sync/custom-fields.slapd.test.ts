import { startSlapd, type Slapd } from '../../dev/slapd.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const DN = `uid=person1,ou=people,${SUFFIX}`;
const VARIABLES = {
  LDAP_DataSync_UseVariables: true,
  LDAP_DataSync_VariableMap: JSON.stringify({
    log_in: {
      input: 'mail',
      output: { operation: 'match', pattern: '^([^@]+)@', regex: true, indexToUse: 1 },
    },
    where: { input: 'l', output: { operation: 'fallback', fallback: '#{log_in}ville' } },
  }),
  LDAP_Username_Field: 'log_in',
};
const CUSTOM_FIELDS = {
  LDAP_Sync_Custom_Fields: true,
  LDAP_CustomFieldMap: JSON.stringify({ where: 'address.city', telephoneNumber: 'phone', title: 'nowhere' }),
  Accounts_CustomFields: JSON.stringify({
    address: { city: { type: 'text' } },
    phone: { type: 'text', maxLength: 5 },
  }),
};

describeWithSlapd('custom fields and variables of a real directory, over HTTP', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let admin: AdminClient;
  let stop: () => Promise<void>;

  beforeEach(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(toPeople(3)) });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await configure({});
    const { app, ldapSync } = createHost(database.connection);
    stop = () => ldapSync.stop();
    admin = createAdminClient(app);
  });
  afterEach(async () => {
    await stop();
    await database.close();
    await slapd.stop();
  });

  const configure = (settings: object) =>
    storeSettings(database.connection, {
      ...settingsFor(slapd),
      ...VARIABLES,
      ...CUSTOM_FIELDS,
      API_Enable_Rate_Limiter: false,
      ...settings,
    });
  const replace = (attribute: string, value: string) =>
    slapd.modify(`dn: ${DN}\nchangetype: modify\nreplace: ${attribute}\n${attribute}: ${value}\n`);
  const remove = (attribute: string) => slapd.modify(`dn: ${DN}\nchangetype: modify\ndelete: ${attribute}\n`);
  const user = () => database.connection.collection('users').findOne({ importIds: DN });

  it('are written, explained, taken away and given back', async () => {
    replace('telephoneNumber', '12345');
    const first = await admin.run('syncNow');
    expect(first.counts).toMatchObject({ created: 3 });
    expect(first.problems.map(({ setting, message }) => [setting, message])).toEqual([
      ['LDAP_CustomFieldMap', expect.stringContaining('"nowhere" is no field of Accounts_CustomFields')],
    ]);
    const { username } = (await user())!;
    const customFields = { address: { city: `${username}ville` }, phone: '12345' };
    expect(await user()).toMatchObject({ customFields });
    expect((await admin.run('syncNow')).counts).toMatchObject({ unchanged: 3 });

    const { body } = await admin.get('explainUser', { username: username as string });
    const explained = (body.fields as { field: string }[]).filter(({ field }) =>
      field.startsWith('customFields.'),
    );
    expect(explained).toEqual([
      {
        field: 'customFields.address.city',
        value: `${username}ville`,
        setting: 'LDAP_CustomFieldMap',
        attributes: ['where'],
      },
      {
        field: 'customFields.phone',
        value: '12345',
        setting: 'LDAP_CustomFieldMap',
        attributes: ['telephoneNumber'],
      },
    ]);

    replace('telephoneNumber', '1234567');
    const odd = await admin.run('syncNow');
    expect(odd.attention).toMatchObject([
      { username, code: 'custom-field-not-allowed', params: { field: 'phone' } },
    ]);
    expect(await user()).toMatchObject({ customFields });

    remove('telephoneNumber');
    const cleared = await admin.run('syncNow');
    expect((await user())?.customFields).toEqual({ address: customFields.address });
    await admin.run('revertRun', { runId: cleared._id });
    expect(await user()).toMatchObject({ customFields });
  });

  it('are not read, and not lost, where the list of attributes leaves them out', async () => {
    replace('telephoneNumber', '12345');
    await admin.run('syncNow');
    const before = await user();
    const list = 'uid,cn,mail,entryUUID,loginDisabled,givenName,sn';
    await configure({ LDAP_User_Search_AttributesToQuery: list });
    const run = await admin.run('syncNow');
    expect(run).toMatchObject({ state: 'completed', counts: { unchanged: 3 } });
    const problems = run.problems.map(({ message }) => message).filter((text) => text.includes('leaves out'));
    expect(problems).toEqual([
      expect.stringContaining(' l,'),
      expect.stringContaining(' telephoneNumber,'),
      expect.stringContaining(' l,'),
    ]);
    expect(await user()).toEqual(before);

    await configure({
      LDAP_User_Search_AttributesToQuery: '*',
      LDAP_Unique_Identifier_Field: 'entryUUID',
      LDAP_User_Search_Field: 'uid',
    });
    const usual = await admin.run('syncNow');
    expect(usual.state).toBe('failed');
    expect(usual.problems.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('leaves out entryUUID'),
    );
    expect(await user()).toEqual(before);
  });
});

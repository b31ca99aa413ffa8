import { startSlapd, type Slapd } from '../../dev/slapd.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const PEOPLE = 3;
const DN = `uid=person1,ou=people,${SUFFIX}`;

describeWithSlapd('the values of a real directory', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let admin: AdminClient;
  let stop: () => Promise<void>;

  beforeEach(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(toPeople(PEOPLE)) });
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
      LDAP_Extension_Field: 'telephoneNumber',
      API_Enable_Rate_Limiter: false,
      ...settings,
    });
  /** Replaces all values of each attribute, in this order. */
  const write = (attributes: Readonly<Record<string, readonly string[]>>) =>
    slapd.modify(
      [
        `dn: ${DN}\nchangetype: modify`,
        ...Object.entries(attributes).map(([name, values]) =>
          [
            `replace: ${name}`,
            ...values.map((value) => `${name}:: ${Buffer.from(value).toString('base64')}`),
            '-',
          ].join('\n'),
        ),
        '',
      ].join('\n'),
    );
  const user = () => database.connection.collection('users').findOne({ importIds: DN });

  it('change nobody when they come in another order', async () => {
    const values = {
      uid: ['person1', 'countess'],
      cn: ['Ada Lovelace', 'Augusta King'],
      mail: ['person1@example.org', 'ada@example.org'],
      telephoneNumber: ['2', '1'],
    };
    write(values);
    expect((await admin.run('syncNow')).counts.created).toBe(PEOPLE);
    const before = await user();
    expect(before).toMatchObject({ username: 'countess', name: 'Ada Lovelace', sipExtension: '1' });
    write(Object.fromEntries(Object.entries(values).map(([name, all]) => [name, [...all].reverse()])));
    expect(await admin.run('syncNow')).toMatchObject({
      state: 'completed',
      counts: { unchanged: PEOPLE, updated: 0 },
    });
    expect(await user()).toEqual(before);
  });

  it('with a language answer a request without one, and are explained', async () => {
    write({ 'displayName;lang-en': ['Ada'], 'displayName;lang-fr': ['Adèle'] });
    await configure({ LDAP_Name_Field: 'displayName' });
    await admin.run('syncNow');
    expect(await user()).toMatchObject({ name: 'Ada' });
    const { body } = await admin.get('explainUser', { username: 'person1' });
    expect(body.fields).toContainEqual(expect.objectContaining({ field: 'name', value: 'Ada' }));
    expect(JSON.stringify(body.entry)).toContain('lang-en');
    write({ displayName: ['Countess'] });
    await admin.run('syncNow');
    expect(await user()).toMatchObject({ name: 'Countess' });
  });

  it('change nobody when an attribute is spelt otherwise in the settings', async () => {
    await configure({ LDAP_Unique_Identifier_Field: 'entryUUID' });
    await admin.run('syncNow');
    const before = await user();
    await configure({ LDAP_Unique_Identifier_Field: 'ENTRYuuid,entryUUID', LDAP_Email_Field: 'MAIL' });
    expect((await admin.run('syncNow')).counts).toMatchObject({ unchanged: PEOPLE, updated: 0 });
    expect(await user()).toEqual(before);
  });

  it('that cannot be read as an address are named in the report', async () => {
    write({ mail: ['<person1@example.org>', 'a@b@example.org'] });
    const run = await admin.run('syncNow');
    expect(run.attention).toEqual([
      expect.objectContaining({ dn: DN, code: 'unusable-address', outcome: 'created' }),
    ]);
    expect((await user())?.emails).toEqual([{ address: 'person1@example.org', verified: true }]);
  });
});

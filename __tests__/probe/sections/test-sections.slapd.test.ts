import { createCertificates, type Certificates } from '../../../dev/certificates.js';
import { startSlapd, type Slapd } from '../../../dev/slapd.js';
import { createAdminClient, type AdminClient } from '../../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings, type TestHost } from '../../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPersonLdif } from '../../setup/organisation.js';
import { describeWithSlapd } from '../../setup/slapd.js';

type Values = Readonly<Record<string, unknown>>;

const BASE = `ou=people,${SUFFIX}`;
const GROUPS = [
  `dn: ou=groups,${SUFFIX}\nobjectClass: organizationalUnit\nou: groups`,
  `dn: cn=staff,ou=groups,${SUFFIX}\nobjectClass: groupOfNames\ncn: staff\nmember: uid=person0,${BASE}\nmember: uid=person1,${BASE}`,
  `dn: cn=all,ou=groups,${SUFFIX}\nobjectClass: groupOfNames\ncn: all\nmember: cn=staff,ou=groups,${SUFFIX}`,
];
const PEOPLE = [0, 1, 2].map((number) =>
  toPersonLdif(`person${number}`, { jpegPhoto: Buffer.from('ffd8ffe00010', 'hex') }),
);
const ROLES = {
  LDAP_Sync_User_Data_Roles: true,
  LDAP_Sync_User_Data_Roles_BaseDN: `ou=groups,${SUFFIX}`,
  LDAP_Sync_User_Data_Roles_Filter: '(&(cn=#{groupName})(member=#{userdn}))',
  LDAP_Sync_User_Data_RolesMap: '{"staff":"user","gone":"admin"}',
};

describeWithSlapd('ldap.testSettings, section by section', () => {
  let slapd: Slapd;
  let certificates: Certificates;
  let database: TestDatabase;
  let host: TestHost;
  let admin: AdminClient;

  beforeAll(async () => {
    certificates = createCertificates();
    const people = [toPersonLdif('mute', { mail: undefined, cn: 'Mute\u0007 One' }), ...PEOPLE];
    slapd = await startSlapd({
      suffix: SUFFIX,
      ldif: toOrganisation([...people, ...GROUPS]),
      tls: certificates.server,
    });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, {
      ...settingsFor(slapd),
      LDAP_BaseDN: BASE,
      API_Enable_Rate_Limiter: false,
    });
    host = createHost(database.connection);
    admin = createAdminClient(host.app);
  });
  afterAll(async () => {
    await host.ldapSync.stop();
    await database.close();
    await slapd.stop();
    certificates.remove();
  });

  async function test(sections: readonly string[], settings?: Values) {
    const { status, body } = await admin.post('testSettings', {
      sections,
      ...(settings ? { settings } : {}),
    });
    expect([status, Object.keys(body)]).toEqual([200, ['sections', 'success']]);
    return body.sections;
  }

  const withTls = (changes: Values = {}): Values => ({
    LDAP_Encryption: 'tls',
    LDAP_Authentication_Password: slapd.rootPassword,
    ...changes,
  });

  it('says of the connection who answered, and shows a chain that the settings trust', async () => {
    const { connection } = await test(['connection'], withTls({ LDAP_CA_Cert: certificates.caText }));
    expect(connection).toMatchObject({
      state: 'warning',
      problems: [],
      warnings: expect.arrayContaining([
        expect.objectContaining({ message: 'The certificate of CN=LDAP server expires in 1 days.' }),
      ]),
      facts: {
        encryption: 'starttls',
        isVerified: true,
        server: { host: '127.0.0.1', port: slapd.port, kind: 'openldap', name: 'OpenLDAP' },
        otherHosts: 0,
        openedMs: expect.any(Number),
        tls: { protocol: expect.stringMatching(/^TLSv1/), fitsName: true },
      },
    });
    expect(connection.facts).not.toHaveProperty('pin');
  });

  it('shows a chain that nobody vouches for, offers to pin it, and sends no password', async () => {
    const { connection, account } = await test(['connection', 'account'], withTls());
    expect(connection).toMatchObject({
      state: 'failed',
      problems: [{ setting: 'LDAP_CA_Cert', remedy: expect.stringContaining('Compare the fingerprint') }],
      facts: { isVerified: false, tls: { distrust: { kind: 'unknown-authority' } } },
    });
    expect(account).toMatchObject({ state: 'failed', problems: [{ setting: 'LDAP_Encryption' }] });
    const pinned = await test(
      ['connection', 'account'],
      withTls({ LDAP_CA_Cert: connection.facts.pin.value }),
    );
    expect([pinned.connection.facts.isVerified, pinned.account.state]).toEqual([true, 'ok']);
  });

  it('says by what name the server takes the account, and what it can read', async () => {
    const { account } = await test(['account']);
    expect(account).toMatchObject({
      state: 'ok',
      facts: { bindDN: slapd.rootDN, identity: `dn:${slapd.rootDN}` },
    });
    const rights = account.facts.rights.map((right: { what: string; isReadable: unknown }) => [
      right.what,
      right.isReadable,
    ]);
    expect(rights).toEqual([
      ['people', true],
      ['id', true],
      ['state', 'unknown'],
      ['groups', true],
    ]);
  });

  it('tells a wrong password under the account, and what can be found out of the connection all the same', async () => {
    const { connection, account, people } = await test(['connection', 'account', 'people'], {
      LDAP_Authentication_Password: 'not-the-password',
    });
    expect(connection).toMatchObject({ state: 'ok', facts: { server: { kind: 'openldap' } } });
    for (const section of [account, people])
      expect(section).toMatchObject({
        state: 'failed',
        problems: [{ setting: 'LDAP_Authentication_UserDN' }],
      });
  });

  it('counts people and shows three, with what is hostile in them written out', async () => {
    const { people } = await test(['people']);
    expect(people).toMatchObject({
      state: 'ok',
      facts: { count: 4, isMore: false, base: { isReadable: true } },
    });
    expect(people.facts.samples).toHaveLength(3);
    expect(people.facts.samples[1]).toEqual({
      dn: `uid=person0,${BASE}`,
      name: 'Person person0',
      username: 'person0',
    });
  });

  it('says that there are fewer people than at the last run', async () => {
    await database.connection.collection('ldap_sync_runs').insertOne({
      ...{ _id: 'lastRun' as never, kind: 'sync', state: 'completed', counts: { read: 40 }, attention: [] },
      ...{ problems: [], requestedBy: { _id: 'x' }, startedAt: new Date(), finishedAt: new Date() },
    });
    const { people } = await test(['people']);
    expect(people).toMatchObject({
      state: 'warning',
      warnings: [{ message: '4 people now, 40 at the last run that went well.' }],
      facts: { lastRun: { runId: 'lastRun', read: 40 } },
    });
  });

  it.each<[string, string, Values]>([
    ['a base that is not there', 'LDAP_BaseDN', { LDAP_BaseDN: 'dc=nowhere' }],
    ['a filter that nobody matches', 'LDAP_User_Search_Filter', { LDAP_User_Search_Filter: '(cn=nobody)' }],
  ])('names %s under people', async (_, setting, settings) => {
    const { people } = await test(['people'], settings);
    expect(people).toMatchObject({ state: 'failed', problems: [{ setting }], facts: { count: 0 } });
  });

  it('tells attributes that nobody has from those that the schema does not know', async () => {
    const { mapping } = await test(['mapping'], {
      LDAP_Email_Field: 'mail,homePhone,noSuchAttribute',
      LDAP_Extension_Field: 'homePhone',
    });
    expect(mapping.facts.sampled).toBe(4);
    const emails = mapping.facts.fields.find((field: { part: string }) => field.part === 'emails');
    expect(emails).toMatchObject({
      having: 3,
      attributes: [
        { name: 'mail', having: 3, state: 'present' },
        { name: 'homePhone', having: 0, state: 'in-schema' },
        { name: 'noSuchAttribute', having: 0, state: 'unknown' },
      ],
    });
  });

  it('shows people as they would be written, and why somebody is not', async () => {
    const { mapping } = await test(['mapping'], { LDAP_Background_Sync_Avatars: true });
    const [mute, first] = mapping.facts.people;
    expect(mute).toMatchObject({ fields: [], rejection: { remedy: expect.any(String) } });
    expect(first.fields).toEqual(
      expect.arrayContaining([
        { field: 'username', value: 'person0' },
        { field: 'emails', value: 'person0@example.org' },
        { field: 'disabled', value: 'false' },
      ]),
    );
    expect(first.photo).toEqual({ bytes: 6, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('passes groups over that no setting uses, and says why', async () => {
    const { groups } = await test(['groups']);
    expect(groups).toEqual({
      ...{ state: 'skipped', problems: [], warnings: [] },
      skipped: expect.stringContaining('LDAP_Sync_User_Data_Roles'),
      seen: [{ code: 'groups-unused', params: {} }],
    });
  });

  it('names groups that are mapped and not there, and counts the members of the others', async () => {
    const { groups } = await test(['groups'], ROLES);
    expect(groups).toMatchObject({
      state: 'failed',
      problems: [{ setting: 'LDAP_Sync_User_Data_RolesMap', message: expect.stringContaining('"gone"') }],
      facts: {
        used: [
          {
            groups: [
              { name: 'staff', state: 'read' },
              { name: 'gone', state: 'missing' },
            ],
          },
        ],
        overviews: [
          {
            ...{ groups: 2, isMore: false, nested: 1, dynamic: { count: 0 }, empty: { count: 0 } },
            biggest: [{ members: 2 }, { members: 1 }],
          },
        ],
      },
    });
  });

  it('tests the other sections where one has settings that cannot be used', async () => {
    await storeSettings(database.connection, { LDAP_CustomFieldMap: '{', LDAP_Sync_Custom_Fields: true });
    const { people, mapping } = await test(['people', 'mapping']);
    await storeSettings(database.connection, { LDAP_CustomFieldMap: '{}', LDAP_Sync_Custom_Fields: false });
    expect([people.facts.count, mapping.warnings.map((one: { setting: string }) => one.setting)]).toEqual([
      4,
      expect.arrayContaining(['LDAP_CustomFieldMap']),
    ]);
  });

  it('tells all of it beside the answer in full when no section is named', async () => {
    const { status, body } = await admin.post('testSettings');
    expect(status).toBe(200);
    expect(body.people.count).toBe(4);
    expect(Object.keys(body.sections)).toEqual(['connection', 'account', 'people', 'mapping', 'groups']);
  });

  it.each([[[]], [['photos']], ['people'], [{ $gt: '' }]])(
    'takes no other sections: %j',
    async (sections) => {
      expect((await admin.post('testSettings', { sections })).body.errorType).toBe('invalid-params');
    },
  );
});

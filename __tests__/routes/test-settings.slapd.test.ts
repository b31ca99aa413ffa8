import request from 'supertest';
import { createCertificates, type Certificates } from '../../dev/certificates.js';
import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import {
  AUTH_HEADERS,
  createHost,
  SECOND_FACTOR,
  seedAdmin,
  storeSettings,
  type TestHost,
} from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

type Values = Readonly<Record<string, unknown>>;

const BASE = `ou=people,${SUFFIX}`;
const ADA = toPersonLdif('ada', {
  cn: 'Ada Lovelace',
  displayName: 'Ada Lovelace',
  telephoneNumber: '12',
  employeeType: 'staff',
  userPassword: 'hunter2-secret',
});
const NOBODY_MAIL = toPersonLdif('mute', { mail: undefined });

describeWithSlapd('ldap.testSettings', () => {
  let slapd: Slapd;
  let certificates: Certificates;
  let database: TestDatabase;
  let app: TestHost['app'];
  let ldapSync: LdapSync;
  let admin: AdminClient;

  beforeAll(async () => {
    certificates = createCertificates();
    const ldif = toOrganisation([ADA, NOBODY_MAIL, ...toPeople(3)]);
    slapd = await startSlapd({ suffix: SUFFIX, ldif, tls: certificates.server });
  });
  afterAll(async () => {
    await slapd.stop();
    certificates.remove();
  });
  beforeEach(async () => {
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await set({ ...settingsFor(slapd), LDAP_BaseDN: BASE });
    ({ app, ldapSync } = createHost(database.connection));
    admin = createAdminClient(app);
  });
  afterEach(async () => {
    await ldapSync.stop();
    await database.close();
  });

  const set = (settings: Values) => storeSettings(database.connection, settings);

  async function test(settings: Values, body: object = {}) {
    await set(settings);
    return admin.post('testSettings', body);
  }

  it('says who answered, how many there are, three of them, and who has which attribute', async () => {
    const { status, body } = await test({ LDAP_Extension_Field: 'telephoneNumber' });
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      server: { host: '127.0.0.1', port: slapd.port, kind: 'openldap', name: 'OpenLDAP' },
      base: { dn: BASE, isReadable: true },
      people: { count: 5, isMore: false, names: ['Ada Lovelace', 'Person mute', 'Person person0'] },
      attributes: [
        ['LDAP_User_Search_Field', 'uid', 5],
        ['LDAP_Unique_Identifier_Field', 'entryUUID', 5],
        ['LDAP_Username_Field', 'uid', 5],
        ['LDAP_Name_Field', 'cn', 5],
        ['LDAP_Email_Field', 'mail', 4],
        ['LDAP_Extension_Field', 'telephoneNumber', 1],
      ].map(([setting, attribute, having]) => ({ setting, attributes: [attribute], having, of: 5 })),
      problems: [],
      warnings: [],
      sections: expect.objectContaining({ connection: expect.anything(), groups: expect.anything() }),
    });
  });

  it('says who vouches for the certificate, and for how long', async () => {
    const tls = { LDAP_Encryption: 'tls', LDAP_CA_Cert: certificates.caText };
    const { body } = await test(tls);
    expect(body.certificate).toEqual({
      subject: 'LDAP server',
      issuer: 'Test authority',
      validTo: expect.stringMatching(/^\d{4}-/),
      daysLeft: 1,
    });
    const ldaps = await test({ ...tls, LDAP_Encryption: 'ssl', LDAP_Port: slapd.ldapsPort });
    expect(ldaps.body.certificate).toEqual(body.certificate);
  });

  it.each<[string, Values, object]>([
    [
      'a person whom the filter leaves out',
      { LDAP_User_Search_Filter: '(employeeType=robot)' },
      { isFound: false, filter: '(employeeType=robot)', reason: expect.stringContaining('does not match') },
    ],
    [
      'a person who is called so elsewhere',
      { LDAP_User_Search_Field: 'employeeType' },
      { isFound: false, fields: ['employeeType'], reason: expect.stringContaining('one has it in uid') },
    ],
    ['a person who is found', {}, { isFound: true, dns: [`uid=ada,${BASE}`], fields: ['uid'] }],
  ])('tells of %s', async (_, settings, expected) => {
    const { body } = await test(settings, { username: 'ada' });
    expect(body.person).toMatchObject({ username: 'ada', ...expected });
    expect('remedy' in body.person).toBe(!body.person.isFound);
  });

  it('tells why a person who is found does not become a user', async () => {
    const { body } = await test({}, { username: 'mute' });
    expect(body.person).toMatchObject({
      ...{ isFound: true, reason: expect.stringContaining('mail') },
      ...{ code: 'no-email-address', params: {} },
    });
  });

  it('tells of a person who is not there, and of a name that is a filter', async () => {
    for (const username of ['nobody', '*)(uid=*']) {
      const { body } = await test({}, { username });
      expect(body.person).toMatchObject({ username, isFound: false, dns: [] });
    }
  });

  it.each<[string, Values, string, string, string]>([
    [
      'a misspelt attribute',
      { LDAP_Username_Field: 'uidd' },
      'LDAP_Username_Field',
      'No entry has "uidd"',
      'attributes-nowhere-but-another',
    ],
    [
      'a search that finds nobody',
      { LDAP_User_Search_Field: 'uidd' },
      'LDAP_User_Search_Field',
      '"uidd"',
      'attributes-nowhere-but-another',
    ],
    [
      'a base that is not there',
      { LDAP_BaseDN: 'dc=nowhere' },
      'LDAP_BaseDN',
      'cannot be read',
      'base-unread',
    ],
    [
      'a base without people',
      { LDAP_BaseDN: `ou=alumni,${SUFFIX}` },
      'LDAP_BaseDN',
      'nobody',
      'base-without-people',
    ],
    ['another server', { LDAP_Server_Type: 'ad' }, 'LDAP_Server_Type', 'This is OpenLDAP', 'server-is-no-ad'],
    [
      'the id',
      { LDAP_Unique_Identifier_Field: 'nsuniqueId,uidNumber' },
      'LDAP_Unique_Identifier_Field',
      'nsuni',
      'attributes-nowhere-but-another',
    ],
  ])('names %s among the problems, in words and as a code', async (_, settings, setting, message, code) => {
    const { status, body } = await test(settings);
    expect(status).toBe(200);
    expect(body.problems).toContainEqual({
      setting,
      message: expect.stringContaining(message),
      remedy: expect.stringMatching(/\w+ \w+/),
      code,
      params: expect.any(Object),
    });
  });

  it('passes warnings about the filter on', async () => {
    const { body } = await test({ LDAP_Server_Type: 'ad', LDAP_AD_User_Search_Field: 'cn' });
    expect(body.warnings).toContainEqual(expect.objectContaining({ setting: 'LDAP_User_Search_Filter' }));
  });

  it('answers settings that cannot be used with all that is wrong', async () => {
    const { status, body } = await test({ LDAP_Port: 'abc', LDAP_User_Search_Filter: '(uid=%s)' });
    expect([status, body.success, body.errorType]).toEqual([400, false, 'invalid-settings']);
    expect(body.details.problems).toMatchObject([
      { setting: 'LDAP_Port', code: 'not-a-number', params: { setting: 'LDAP_Port' } },
      {
        setting: 'LDAP_User_Search_Filter',
        code: 'filter-with-placeholder',
        params: { placeholder: '%s' },
      },
    ]);
  });

  it('answers a failed connection with its reason', async () => {
    const { status, body } = await test({ LDAP_Authentication_Password: 'wrong-password' });
    expect([status, body.errorType]).toEqual([400, 'error-ldap-connection-failed']);
    expect(body.details).toMatchObject({
      reason: expect.stringContaining('LDAP_Authentication_Password'),
      code: 'credentials-wrong',
      params: { server: `127.0.0.1:${slapd.port}` },
    });
    expect(JSON.stringify(body)).not.toContain('wrong-password');
  });

  it('shows no secret: neither the value of a password nor its attribute', async () => {
    const { body } = await test({ LDAP_Username_Field: 'uidd' }, { username: 'ada' });
    expect(JSON.stringify(body)).not.toMatch(/hunter2|userPassword|root-secret/i);
  });

  it('asks for the permission, for a second factor and for LDAP to be on, and takes no other body', async () => {
    const call = (headers: Record<string, string>, body?: object) =>
      request(app).post('/api/v1/ldap.testSettings').set(headers).send(body);
    expect((await call({})).status).toBe(401);
    expect((await call({ ...AUTH_HEADERS })).body.errorType).toBe('totp-required');
    const all = { ...AUTH_HEADERS, ...SECOND_FACTOR };
    for (const body of [
      { username: '' },
      { username: { $gt: '' } },
      { name: 'ada' },
      { username: 'x'.repeat(257) },
    ])
      expect((await call(all, body)).body.errorType).toBe('invalid-params');
    expect((await call(all)).status).toBe(200);
    await set({ LDAP_Enable: false });
    expect((await call(all)).body).toEqual({ success: false, error: 'LDAP_disabled' });
    const permissions = database.connection.collection('rocketchat_permissions');
    await permissions.updateOne({ _id: 'test-admin-options' as never }, { $set: { roles: [] } });
    expect((await call(all)).status).toBe(403);
  });
});

import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import type { RunReport } from '../../models/run-report.js';
import { createHost, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

type Values = Readonly<Record<string, unknown>>;

const BASE = `ou=people,${SUFFIX}`;
/** What Rocket.Chat stores by itself. */
const LIST = 'objectGUID,ibm-entryUUID,GUID,dominoUNID,nsuniqueId,uidNumber,uid';

const HIDDEN_ENTRYUUID = 'access to attrs=entryUUID by * none\naccess to * by * read';

describeWithSlapd('a mistake in the settings', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let ldapSync: LdapSync;

  async function open(people: readonly string[], settings: Values, databaseConfig = ''): Promise<void> {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(people), databaseConfig });
    database = await openTestDatabase();
    await set({ ...settingsFor(slapd), LDAP_BaseDN: BASE, ...settings });
    ({ ldapSync } = createHost(database.connection));
  }

  afterEach(async () => {
    await ldapSync.stop();
    await database.close();
    await slapd.stop();
  });

  const set = (settings: Values) => storeSettings(database.connection, settings);
  const written = () => database.connection.collection('users').countDocuments({});
  const sync = (): Promise<RunReport> => ldapSync.sync();

  it.each([
    ['the user name', { LDAP_Username_Field: 'uidd' }, 'LDAP_Username_Field', 'uidd', 'uid'],
    [
      'the user name, by another word',
      { LDAP_Username_Field: 'login' },
      'LDAP_Username_Field',
      'login',
      'uid',
    ],
    [
      'the template of the user name',
      { LDAP_Username_Field: '#{cn}.#{surename}' },
      'LDAP_Username_Field',
      'surename',
      'sn',
    ],
    [
      'the unique id',
      { LDAP_Unique_Identifier_Field: 'entryUUDI' },
      'LDAP_Unique_Identifier_Field',
      'entryUUDI',
      'entryUUID',
    ],
    ['the search', { LDAP_User_Search_Field: 'uidd' }, 'LDAP_User_Search_Field', 'uidd', 'uid'],
  ])('in %s fails the run before anybody is written, and says what the entries have', async (...row) => {
    const [, settings, setting, wrong, right] = row;
    await open(toPeople(14), settings);
    const { state, problems } = await sync();
    expect({ state, written: await written() }).toEqual({ state: 'failed', written: 0 });
    const told = problems.find((problem) => problem.setting === setting);
    expect(told?.message).toMatch(
      new RegExp(`No entry has "${wrong}".*14 entries.*they have .*\\b${right}\\b`),
    );
    if (wrong !== 'surename') expect(told?.remedy).toContain(`Put "${right}" into ${setting}`);
    expect(told?.remedy).toContain('let the service account');
  });

  it('in a small directory is told from a person who lacks the attribute', async () => {
    await open(toPeople(1), { LDAP_Username_Field: 'employeeNumber' });
    const lacking = await sync();
    expect(lacking).toMatchObject({ state: 'completed', counts: { created: 1 } });
    expect(lacking.problems).toContainEqual(expect.objectContaining({ setting: 'LDAP_Username_Field' }));
    await database.connection.collection('users').deleteMany({});
    await set({ LDAP_Username_Field: 'uidd' });
    expect(await sync()).toMatchObject({ state: 'failed', counts: { created: 0 } });
  });

  it('does not stop users who are only kept up to date', async () => {
    await open(toPeople(4), {});
    await sync();
    await set({ LDAP_Username_Field: 'uidd', LDAP_Background_Sync_Import_New_Users: false });
    expect(await sync()).toMatchObject({ state: 'completed', counts: { unchanged: 4 } });
  });

  it.each([
    ['addresses', { LDAP_Email_Field: 'mial' }, 'LDAP_Email_Field', 'mail'],
    ['names', { LDAP_Name_Field: 'displayNam' }, 'LDAP_Name_Field', 'displayName'],
    ['extensions', { LDAP_Extension_Field: 'telephoneNumbr' }, 'LDAP_Extension_Field', 'telephoneNumber'],
    [
      'photos',
      { LDAP_Avatar_Field: 'jpegPhotos', LDAP_Background_Sync_Avatars: true },
      'LDAP_Avatar_Field',
      'jpegPhoto',
    ],
  ])('in %s is a problem of a run that goes on', async (_, settings, setting, right) => {
    const values = { telephoneNumber: '1', displayName: 'Ada', jpegPhoto: 'x' };
    await open([toPersonLdif('ada', values), toPersonLdif('bob', values)], settings);
    const { state, problems, counts } = await sync();
    expect(state).toBe('completed');
    expect(counts.created).toBe(2);
    const told = problems.filter((problem) => problem.setting === setting);
    expect(told).toEqual([
      expect.objectContaining({ remedy: expect.stringContaining(`Put "${right}" into ${setting}`) }),
    ]);
  });

  it('is not made of an optional attribute that nobody in a small directory has', async () => {
    await open(toPeople(3), { LDAP_Extension_Field: 'pager' });
    expect((await sync()).problems).toEqual([]);
  });

  it('is suspected when far fewer people have a field than before', async () => {
    const people = Array.from({ length: 20 }, (_, index) =>
      toPersonLdif(`p${index}`, { telephoneNumber: String(index), ...(index < 3 ? { pager: '9' } : {}) }),
    );
    await open(people, { LDAP_Extension_Field: 'telephoneNumber' });
    expect((await sync()).problems).toEqual([]);
    await set({ LDAP_Extension_Field: 'pager' });
    expect((await sync()).problems).toContainEqual({
      setting: 'LDAP_Extension_Field',
      message: expect.stringContaining('Only 3 of 20 entries have pager'),
      remedy: expect.any(String),
    });
  });

  it.each([
    ['(objectClas=inetOrgPerson)', 'objectClass'],
    ['(emploeeType=staff)', 'employeeType'],
  ])('in the filter %s is named with what it tests', async (filter, right) => {
    const people = ['ada', 'bob'].map((uid) => toPersonLdif(uid, { employeeType: 'staff' }));
    await open(people, { LDAP_User_Search_Filter: filter });
    const { state, problems } = await sync();
    expect(state).toBe('failed');
    expect(problems).toContainEqual({
      setting: 'LDAP_User_Search_Filter',
      message: expect.stringContaining('matches none of the 2 people'),
      remedy: expect.stringContaining(`Write ${right}`),
    });
  });

  it('in the type of the server is told with who answered', async () => {
    await open(toPeople(3), { LDAP_Server_Type: 'ad' });
    const { problems, server } = await sync();
    expect(server).toEqual({ host: '127.0.0.1', port: slapd.port, kind: 'openldap', name: 'OpenLDAP' });
    expect(problems).toContainEqual(
      expect.objectContaining({
        setting: 'LDAP_Server_Type',
        message: expect.stringContaining('This is OpenLDAP'),
      }),
    );
    expect(problems).toContainEqual(
      expect.objectContaining({
        setting: 'LDAP_AD_User_Search_Field',
        message: expect.stringContaining('uid'),
      }),
    );
  });

  it.each([
    ['what Rocket.Chat stores', { LDAP_Unique_Identifier_Field: LIST }],
    ['the same in older versions', { LDAP_Unique_Identifier_Field: LIST.replace(/,uid$/, '') }],
    ['nothing', { LDAP_Unique_Identifier_Field: '' }],
  ])('of the first import by %s stops it, and names entryUUID', async (_, settings) => {
    await open(toPeople(2), settings);
    const { state, problems } = await sync();
    expect({ state, written: await written() }).toEqual({ state: 'failed', written: 0 });
    expect(problems).toEqual([
      {
        setting: 'LDAP_Unique_Identifier_Field',
        message: expect.stringContaining('told apart by uid'),
        remedy: expect.stringContaining('Put entryUUID first'),
      },
    ]);
    await set({ LDAP_Unique_Identifier_Field: 'entryUUID' });
    expect(await sync()).toMatchObject({ state: 'completed', counts: { created: 2 }, problems: [] });
  });

  it('of the first import is also told where the account may not read the better id', async () => {
    await open(
      toPeople(2),
      { LDAP_Unique_Identifier_Field: LIST, LDAP_Authentication: false },
      HIDDEN_ENTRYUUID,
    );
    const { state, problems } = await sync();
    expect(state).toBe('failed');
    expect(problems[0]?.remedy).toContain('let the service account');
  });

  it('is none when somebody has chosen the id: a warning, once, with the better one', async () => {
    await open(toPeople(2), { LDAP_Unique_Identifier_Field: 'uid' });
    const { state, counts, problems } = await sync();
    expect({ state, created: counts.created }).toEqual({ state: 'completed', created: 2 });
    expect(problems).toEqual([
      expect.objectContaining({ message: expect.stringContaining('The entries have entryUUID') }),
    ]);
  });

  it('of the first import is none where users are linked already', async () => {
    await open(toPeople(2), { LDAP_Unique_Identifier_Field: 'uid' });
    await sync();
    await set({ LDAP_Unique_Identifier_Field: LIST });
    expect(await sync()).toMatchObject({ state: 'completed', counts: { unchanged: 2 } });
  });

  it('is not the size limit that Rocket.Chat stores: 1,100 people all come', async () => {
    await open(toPeople(1_100), { LDAP_Search_Size_Limit: 1_000 });
    expect(await sync()).toMatchObject({ state: 'completed', counts: { created: 1_100 } });
  });
});

import { startSamba, type Samba } from '../../dev/samba.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import type { UserRecord } from '../../models/user.js';
import { SERVICE_DN, SERVICE_PASSWORD } from '../setup/active-directory.js';
import { toCompany, toStaff, type AdPerson } from '../setup/ad-company.js';
import { createAdminClient, type AdminClient, type RunBody } from '../setup/admin-client.js';
import { ADMIN, createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { storeRocketChatDefaults } from '../setup/rocketchat-defaults.js';
import { describeWithSamba } from '../setup/samba.js';

const STAFF = toStaff(1_800);
const isSynced = ({ oddity }: AdPerson): boolean => oddity !== 'no-address';
const without = (oddity: AdPerson['oddity']) => STAFF.filter((person) => person.oddity !== oddity).length;
/** Those of Samba's own and the company's services: people without an address. */
const ACCOUNTS = ['Administrator', 'Guest', 'krbtgt', 'svc-chat', 'svc-backup'];
/** What the accounts with hard names are called here. */
const AWKWARD_NAMES = {
  'jürgen.müller': 'juergen.mueller',
  山田太郎: 'shan1.tian2.tai4.lang2',
  "o'brien": 'obrien',
  иванов: 'ivanov',
  'with#hash': 'with.hash',
  'UPPER.Case': 'upper.case',
  'two words': 'two.words',
} as Readonly<Record<string, string>>;

describeWithSamba('a first import of 1,800 people of an Active Directory, as Rocket.Chat stores it', () => {
  let samba: Samba;
  let database: TestDatabase;
  let ldapSync: LdapSync;
  let admin: AdminClient;

  beforeAll(async () => {
    samba = await startSamba(await toCompany(STAFF));
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeRocketChatDefaults(database.connection);
    const host = createHost(database.connection);
    ldapSync = host.ldapSync;
    admin = createAdminClient(host.app);
    await set({
      LDAP_Enable: true,
      LDAP_Background_Sync: true,
      LDAP_Host: samba.host,
      LDAP_BaseDN: samba.baseDN,
      LDAP_Authentication: true,
      LDAP_Authentication_UserDN: SERVICE_DN,
      LDAP_Authentication_Password: SERVICE_PASSWORD,
    });
  });
  afterAll(async () => {
    await ldapSync.stop();
    await database.close();
    await samba.stop();
  });

  const set = (settings: Readonly<Record<string, unknown>>) => storeSettings(database.connection, settings);
  const readUsers = async (): Promise<readonly UserRecord[]> =>
    (await database.connection
      .collection('users')
      .find({ _id: { $ne: ADMIN._id as never } })
      .toArray()) as unknown as UserRecord[];
  const problemsOf = ({ problems }: Pick<RunBody, 'problems'>) =>
    problems.map(({ setting, message, remedy }) => [setting, message, remedy]);

  it('a preview says what the stored filter lets in, with a filter that does not, and writes nobody', async () => {
    const preview = await admin.run('previewSync');
    expect(problemsOf(preview)[0]).toEqual([
      'LDAP_User_Search_Filter',
      'LDAP_User_Search_Filter also matches groups, computers and managed service accounts, which would become ' +
        'users.',
      'Set LDAP_User_Search_Filter to (&(objectCategory=person)(objectClass=user)), which matches the people of an ' +
        'Active Directory. If the server is another one, set LDAP_Server_Type to what it is.',
    ]);
    expect(await readUsers()).toEqual([]);
    const [, , remedy = ''] = problemsOf(preview)[0] ?? [];
    await set({ LDAP_User_Search_Filter: /to (\(.*\)), which/.exec(remedy)?.[1] });
  });

  it('a test of the settings counts the people, shows three of them, and has nothing to say', async () => {
    const { body } = await admin.post('testSettings', { username: 'person0200' });
    expect(body).toMatchObject({
      server: { kind: 'samba', name: 'Samba' },
      people: { count: STAFF.length + ACCOUNTS.length, isMore: false, names: { length: 3 } },
      person: { isFound: true },
      problems: [],
      warnings: [],
    });
  });

  it('the import brings everybody with an address and nobody else, and has nothing to complain of', async () => {
    const run = await admin.run('syncNow');
    const [read, created] = [STAFF.length + ACCOUNTS.length, without('no-address')];
    expect(run).toMatchObject({ state: 'completed', problems: [], server: { kind: 'samba' } });
    expect(run.counts).toMatchObject({ read, created, rejected: read - created, conflicted: 0, failed: 0 });
    const users = await readUsers();
    const expected = STAFF.filter(isSynced).map(({ account }) => AWKWARD_NAMES[account] ?? account);
    expect(users.map(({ username }) => username).toSorted()).toEqual(expected.toSorted());
  });

  it('who has no address is told by name, with the remedy', async () => {
    const [{ _id }] = (await admin.get('listRuns')).body.runs as [RunBody];
    const { attention } = await admin.runInfo(_id);
    const homeless = STAFF.filter((person) => !isSynced(person)).map(({ name }) => name);
    const told = attention.map(({ dn = '' }) => /^CN=([^,]+)/.exec(dn)?.[1]);
    expect(told.toSorted()).toEqual([...homeless, ...ACCOUNTS].toSorted());
    expect(new Set(attention.map(({ reason, remedy }) => `${reason} ${remedy}`))).toEqual(
      new Set([
        'The entry has no e-mail address. Give the person a mail address in the directory, or set ' +
          'LDAP_Default_Domain to build one from the user name.',
      ]),
    );
  });

  it('only who is disabled is off; expired and locked accounts are on, as in Rocket.Chat', async () => {
    const off = (await readUsers()).filter(({ active }) => active !== true).map(({ username }) => username);
    const disabled = STAFF.filter(({ oddity }) => oddity === 'disabled').map(({ account }) => account);
    expect(off.toSorted()).toEqual(disabled.toSorted());
  });

  it('everybody is told apart by all bytes of the objectGUID, with roles and address of a new user', async () => {
    const users = await readUsers();
    const ids = users.map(({ services }) => services?.ldap?.id);
    expect(new Set(ids).size).toBe(users.length);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id ?? ''))).toBe(true);
    expect(new Set(users.map(({ services }) => services?.ldap?.idAttribute))).toEqual(
      new Set(['objectGUID']),
    );
    const juergen = users.find(({ username }) => username === 'juergen.mueller');
    expect(juergen).toMatchObject({
      name: 'Müller, Jürgen',
      emails: [{ address: 'p0@lab.example', verified: true }],
      roles: ['user'],
    });
  });

  it('the next sync finds everybody unchanged, and photos come when they are asked for', async () => {
    const people = without('no-address');
    expect((await admin.run('syncNow')).counts).toMatchObject({ created: 0, unchanged: people });
    await set({ LDAP_Background_Sync_Avatars: true });
    const run = await admin.run('syncNow');
    expect(run).toMatchObject({ state: 'completed', problems: [], counts: { failed: 0 } });
    const [pictured, has] = [await readUsers(), STAFF.filter((one) => isSynced(one) && one.hasPhoto).length];
    expect(pictured.filter(({ avatarETag }) => avatarETag !== undefined)).toHaveLength(has);
    expect(run.counts).toMatchObject({ updated: has, unchanged: people - has });
  });
});

import sharp from 'sharp';
import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import type { LdapSyncOptions } from '../../lib/options.js';
import { createHost, storeSettings } from '../setup/host.js';
import { openConnection, openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

/** OpenLDAP has no attribute for a disabled account; Novell's is taken. */
const LOCKABLE = [
  "attributetype ( 1.2.3.4.1 NAME 'loginDisabled' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )",
  "objectclass ( 1.2.3.4.2 NAME 'lockable' AUXILIARY MAY loginDisabled )",
].join('\n');
const LOCK = 'add: objectClass\nobjectClass: lockable\n-\nadd: loginDisabled\nloginDisabled: TRUE';

/** Each of these did harm once. */
describeWithSlapd('a run survives', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let ldapSync: LdapSync;

  async function open(
    people: readonly string[],
    settings: Readonly<Record<string, unknown>> = {},
    { databaseConfig = '', ...options }: Partial<LdapSyncOptions> & { databaseConfig?: string } = {},
  ): Promise<void> {
    slapd = await startSlapd({
      suffix: SUFFIX,
      ldif: toOrganisation(people),
      databaseConfig,
      globalConfig: LOCKABLE,
    });
    database = await openTestDatabase();
    await storeSettings(database.connection, { ...settingsFor(slapd), ...settings });
    ({ ldapSync } = createHost(database.connection, options));
  }

  afterEach(async () => {
    await ldapSync.stop();
    await database.close();
    await slapd.stop();
  });

  const users = () => database.connection.collection('users');
  const active = () => users().countDocuments({ active: true });
  const modify = (uid: string, change: string) =>
    slapd.modify(`dn: uid=${uid},ou=people,${SUFFIX}\nchangetype: modify\n${change}\n`);
  const rename = (uid: string, to: string) =>
    slapd.modify(
      `dn: uid=${uid},ou=people,${SUFFIX}\nchangetype: modrdn\nnewrdn: uid=${to}\ndeleteoldrdn: 1\n`,
    );

  it('an entry that loses its id attribute: the person is there, and stays on', async () => {
    await open(
      ['a', 'b', 'c'].map((uid) => toPersonLdif(uid, { employeeNumber: `n${uid}` })),
      { LDAP_Unique_Identifier_Field: 'employeeNumber' },
    );
    await ldapSync.sync();
    modify('a', 'delete: employeeNumber');
    const report = await ldapSync.sync();
    expect(report.counts).toMatchObject({ read: 3, conflicted: 1, unchanged: 2, deactivated: 0 });
    expect(report.problems).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('not every entry has') }),
    );
    expect(await active()).toBe(3);
  });

  it('two entries, pages apart, that fit one account with capitals: only the first is merged', async () => {
    await open([toPersonLdif('ada'), ...toPeople(3), toPersonLdif('ada.l', { mail: 'other@example.org' })], {
      LDAP_Merge_Existing_Users: true,
      LDAP_Search_Page_Size: 1,
    });
    await users().insertOne({
      _id: 'host' as never,
      username: 'Ada.L',
      emails: [{ address: 'ada@example.org', verified: true }],
      type: 'user',
      active: true,
      roles: ['user'],
    });
    const report = await ldapSync.sync();
    expect(report.counts).toMatchObject({ linked: 1, created: 3, conflicted: 1 });
    expect(await users().findOne({ _id: 'host' as never })).toMatchObject({
      emails: [{ address: 'ada@example.org' }],
    });
  });

  it('a renaming to a name that somebody has, in any case, and with no index to say so', async () => {
    await open(toPeople(3));
    await users().insertMany([
      ...['dup1', 'dup2'].map((id) => ({ _id: id as never, username: 'dup', type: 'user', active: true })),
      { _id: 'h1' as never, username: 'Admin', type: 'user', active: true },
      { _id: 'h2' as never, username: 'root', type: 'user', active: true },
    ]);
    await ldapSync.sync();
    rename('person0', 'admin');
    rename('person1', 'root');
    const report = await ldapSync.sync();
    expect(report.counts).toMatchObject({ read: 3, conflicted: 2, unchanged: 1 });
    const names = (await users().find({}).toArray()).map(({ username }) => username as string).sort();
    expect(names).toEqual(['Admin', 'dup', 'dup', 'person0', 'person1', 'person2', 'root']);
  });

  it('a second value, or another case, of the id: the look-up finds the person, who stays on', async () => {
    await open([...toPeople(3), toPersonLdif('zed'), toPersonLdif('cased')], {
      LDAP_Unique_Identifier_Field: 'uid',
    });
    await ldapSync.sync();
    modify('zed', 'add: uid\nuid: alias');
    rename('cased', 'Cased');
    expect((await ldapSync.sync()).counts.deactivated).toBe(0);
    expect(await active()).toBe(5);
  });

  it('a service account that may read its base only: who has left is still switched off', async () => {
    const account = `cn=svc,ou=people,${SUFFIX}`;
    await open(
      [
        ...toPeople(3),
        `dn: ${account}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: svc\nuserPassword: svcpw`,
      ],
      {
        LDAP_BaseDN: `ou=people,${SUFFIX}`,
        LDAP_Authentication_UserDN: account,
        LDAP_Authentication_Password: 'svcpw',
      },
      {
        databaseConfig: [
          'access to attrs=userPassword by anonymous auth by * none',
          `access to dn.subtree="ou=people,${SUFFIX}" by dn.exact="${account}" read by * none`,
          'access to * by * none',
        ].join('\n'),
      },
    );
    await ldapSync.sync();
    slapd.modify(`dn: uid=person0,ou=people,${SUFFIX}\nchangetype: delete\n`);
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
  });

  it('somebody renamed and disabled at once: counted once', async () => {
    await open([toPersonLdif('a', { title: 'old' })], { LDAP_Username_Field: 'title' });
    await ldapSync.sync();
    modify('a', `replace: title\ntitle: fresh\n-\n${LOCK}`);
    expect((await ldapSync.sync()).counts).toMatchObject({
      read: 1,
      unchanged: 0,
      updated: 0,
      deactivated: 1,
    });
    expect(await users().findOne({})).toMatchObject({ username: 'fresh', active: false });
  });

  it('somebody disabled whose address is in conflict: switched off all the same', async () => {
    await open(['a', 'b'].map((uid) => toPersonLdif(uid)));
    await ldapSync.sync();
    modify('a', `replace: mail\nmail: b@example.org\n-\n${LOCK}`);
    expect((await ldapSync.sync()).counts).toMatchObject({
      read: 2,
      unchanged: 1,
      deactivated: 1,
      conflicted: 0,
    });
    expect(await users().findOne({ username: 'a' })).toMatchObject({
      active: false,
      emails: [{ address: 'a@example.org' }],
    });
  });

  it('an avatar store that fails: people are synced and counted, photos become rows', async () => {
    const photo = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    const avatarStore = {
      write: () => Promise.reject(new Error('disk full')),
      removeOthers: () => Promise.resolve(),
      rename: () => Promise.resolve(),
    };
    await open(
      Array.from({ length: 10 }, (_, index) => toPersonLdif(`p${index}`, { jpegPhoto: photo })),
      { LDAP_Background_Sync_Avatars: true },
      { avatarStore },
    );
    const report = await ldapSync.sync();
    expect(report).toMatchObject({ state: 'completed', counts: { created: 10 } });
    expect(report.attention).toHaveLength(10);
    expect(report.attention[0]).toMatchObject({
      outcome: 'created',
      reason: expect.stringContaining('disk full'),
    });
  });

  it('many calls at once on two hosts: each gets the report of a run that has ended', async () => {
    await open(toPeople(1));
    const connection = await openConnection(database.url);
    const other = createHost(connection).ldapSync;
    for (let round = 0; round < 8; round += 1) {
      const reports = await Promise.all([ldapSync.sync(), other.sync(), ldapSync.sync()]);
      expect(reports.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed']);
    }
    await other.stop();
    await connection.close();
  });

  it('a name cut in the middle of a character, and a user document with nonsense in it: nothing is written twice', async () => {
    await open([toPersonLdif('a', { cn: `${'x'.repeat(511)}😀` }), ...toPeople(2)]);
    await ldapSync.sync();
    await users().updateOne({ username: 'person1' }, { $push: { emails: null as never } });
    expect(await ldapSync.sync()).toMatchObject({ state: 'completed', counts: { read: 3, unchanged: 3 } });
  });

  it('an attribute that is hidden from everybody at once: what was known stays, one who really loses it loses it', async () => {
    const people = Array.from({ length: 12 }, (_, index) =>
      toPersonLdif(`p${index}`, { telephoneNumber: `${100 + index}` }),
    );
    await open(people, { LDAP_Extension_Field: 'telephoneNumber' });
    await ldapSync.sync();
    modify('p0', 'delete: telephoneNumber');
    expect(await ldapSync.sync()).toMatchObject({
      state: 'completed',
      counts: { updated: 1, unchanged: 11 },
    });
    await storeSettings(database.connection, { LDAP_Extension_Field: 'pager' });
    expect(await ldapSync.sync()).toMatchObject({ state: 'held', counts: { unchanged: 12 } });
    expect(await users().countDocuments({ sipExtension: { $exists: true } })).toBe(11);
  });

  it('a renaming that was cut off after its first step: the next run carries it through', async () => {
    await open(toPeople(2));
    await ldapSync.sync();
    const { _id } = (await users().findOne({ username: 'person0' }))!;
    const messages = database.connection.collection('rocketchat_message');
    await messages.insertOne({ _id: 'm' as never, u: { _id, username: 'person0' } });
    rename('person0', 'fresh');
    await users().updateOne({ _id }, { $set: { username: 'fresh', 'ldapSync.renamedFrom': 'person0' } });
    await ldapSync.sync();
    expect(await messages.findOne({})).toMatchObject({ u: { username: 'fresh' } });
    expect(await users().findOne({ _id })).not.toHaveProperty('ldapSync');
    expect((await ldapSync.sync()).counts).toMatchObject({ read: 2, unchanged: 2 });
  });
});

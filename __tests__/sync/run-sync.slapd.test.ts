import sharp from 'sharp';
import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import type { RunCounts, RunReport } from '../../models/run-report.js';
import { createHost, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const NONE: RunCounts = {
  read: 0,
  created: 0,
  updated: 0,
  linked: 0,
  unchanged: 0,
  deactivated: 0,
  reactivated: 0,
  rejected: 0,
  conflicted: 0,
  failed: 0,
};

describeWithSlapd('a sync of a real directory', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let ldapSync: LdapSync;

  async function open(
    people: readonly string[],
    settings: Readonly<Record<string, unknown>> = {},
    databaseConfig = '',
  ): Promise<void> {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(people), databaseConfig });
    database = await openTestDatabase();
    await storeSettings(database.connection, { ...settingsFor(slapd), ...settings });
    ({ ldapSync } = createHost(database.connection));
  }

  afterEach(async () => {
    await ldapSync.stop();
    await database.close();
    await slapd.stop();
  });

  const users = () => database.connection.collection('users');
  const user = (username: string) => users().findOne({ username });
  const everything = () => users().find({}).sort({ _id: 1 }).toArray();
  const set = (settings: Readonly<Record<string, unknown>>) => storeSettings(database.connection, settings);
  const sync = (): Promise<RunReport> => ldapSync.sync();

  it('writes the users Rocket.Chat would write', async () => {
    await open([toPersonLdif('ada', { displayName: 'Ada', mail: 'Ada@Example.org' })]);
    const report = await sync();
    expect(report).toMatchObject({
      state: 'completed',
      counts: { ...NONE, read: 1, created: 1 },
      problems: [],
      attention: [],
    });
    const stored = await user('ada');
    expect(stored).toEqual({
      _id: expect.stringMatching(/^[0-9A-Za-z]{17}$/),
      createdAt: expect.any(Date),
      _updatedAt: expect.any(Date),
      type: 'user',
      status: 'offline',
      active: true,
      username: 'ada',
      name: 'Person ada',
      emails: [{ address: 'Ada@Example.org', verified: true }],
      roles: ['user'],
      ldap: true,
      importIds: [`uid=ada,ou=people,${SUFFIX}`],
      services: {
        ldap: { id: expect.stringMatching(/^[0-9a-f]{72}$/), idAttribute: 'entryUUID' },
        email2fa: { enabled: true, changedAt: expect.any(Date) },
      },
    });
    expect(Buffer.from(stored?.services.ldap.id as string, 'hex').toString()).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('writes nothing to anybody when nothing has changed', async () => {
    const photo = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    await open([...toPeople(30), toPersonLdif('photo', { jpegPhoto: photo })], {
      LDAP_Background_Sync_Avatars: true,
      LDAP_Avatar_Field: 'jpegPhoto',
    });
    expect((await sync()).counts).toEqual({ ...NONE, read: 31, created: 31 });
    const before = await everything();
    const avatars = await database.connection.collection('rocketchat_avatars').find({}).toArray();
    expect((await sync()).counts).toEqual({ ...NONE, read: 31, unchanged: 31 });
    expect(await everything()).toEqual(before);
    expect(await database.connection.collection('rocketchat_avatars').find({}).toArray()).toEqual(avatars);
    expect(avatars).toHaveLength(1);
  });

  it('reports exactly who was renamed, moved, removed and got a new photo', async () => {
    const photo = (background: string) =>
      sharp({ create: { width: 300, height: 200, channels: 3, background } })
        .jpeg()
        .toBuffer();
    await open([...toPeople(20), toPersonLdif('photo', { jpegPhoto: await photo('red') })], {
      LDAP_Background_Sync_Avatars: true,
      LDAP_Avatar_Field: 'jpegPhoto',
    });
    await sync();
    const before = await everything();
    slapd.modify(
      [
        `dn: uid=person1,ou=people,${SUFFIX}\nchangetype: modrdn\nnewrdn: uid=renamed\ndeleteoldrdn: 1`,
        `dn: uid=person2,ou=people,${SUFFIX}\nchangetype: modrdn\nnewrdn: uid=person2\ndeleteoldrdn: ` +
          `0\nnewsuperior: ou=alumni,${SUFFIX}`,
        `dn: uid=person3,ou=people,${SUFFIX}\nchangetype: delete`,
        `dn: uid=photo,ou=people,${SUFFIX}\nchangetype: modify\nreplace: ` +
          `jpegPhoto\njpegPhoto:: ${(await photo('blue')).toString('base64')}`,
        '',
      ].join('\n\n'),
    );
    const report = await sync();
    expect(report).toMatchObject({
      state: 'completed',
      counts: { ...NONE, read: 20, updated: 3, unchanged: 17, deactivated: 1 },
    });
    expect(report.attention).toEqual([
      expect.objectContaining({ outcome: 'deactivated', username: 'person3' }),
    ]);

    const after = await everything();
    const changed = after.filter(
      ({ _id }, index) =>
        JSON.stringify(before[index]) !== JSON.stringify(after.find((other) => other._id === _id)),
    );
    expect(changed.map(({ username }) => username as string).sort()).toEqual([
      'person2',
      'person3',
      'photo',
      'renamed',
    ]);
    expect(await user('renamed')).toMatchObject({
      importIds: [`uid=person1,ou=people,${SUFFIX}`, `uid=renamed,ou=people,${SUFFIX}`],
    });
    expect((await user('person2'))?.importIds).toContain(`uid=person2,ou=alumni,${SUFFIX}`);
    expect((await sync()).counts).toEqual({ ...NONE, read: 20, unchanged: 20 });
  });

  it('switches off who has left, signs them out, and says why and when', async () => {
    await open(toPeople(3));
    await sync();
    await users().updateOne(
      { username: 'person0' },
      { $set: { 'services.resume.loginTokens': [{ hashedToken: 'x', when: new Date() }] } },
    );
    slapd.modify(`dn: uid=person0,ou=people,${SUFFIX}\nchangetype: delete\n`);
    const report = await sync();
    expect(report.counts).toEqual({ ...NONE, read: 2, unchanged: 2, deactivated: 1 });
    expect(await user('person0')).toMatchObject({
      active: false,
      services: { resume: { loginTokens: [] } },
      ldapSync: {
        deactivatedBecause: 'missing-from-directory',
        deactivatedAt: expect.any(Date),
        deactivatedByRun: report._id,
      },
    });
  });

  it('tells apart who was deleted, who has left the base, and who no longer matches the filter', async () => {
    await open(toPeople(4), {
      LDAP_BaseDN: `ou=people,${SUFFIX}`,
      LDAP_User_Search_Filter: '(!(title=robot))',
    });
    await sync();
    slapd.modify(
      [
        `dn: uid=person0,ou=people,${SUFFIX}\nchangetype: delete`,
        `dn: uid=person1,ou=people,${SUFFIX}\nchangetype: modrdn\nnewrdn: uid=person1\ndeleteoldrdn: ` +
          `0\nnewsuperior: ou=alumni,${SUFFIX}`,
        `dn: uid=person2,ou=people,${SUFFIX}\nchangetype: modify\nreplace: title\ntitle: robot`,
        '',
      ].join('\n\n'),
    );
    const report = await sync();
    expect(report).toMatchObject({
      state: 'completed',
      counts: { ...NONE, read: 1, unchanged: 1, deactivated: 3 },
    });
    const reasons = new Map(report.attention.map(({ username, reason }) => [username, reason]));
    expect(reasons.get('person0')).toMatch(/no longer in the directory/);
    expect(reasons.get('person1')).toMatch(/has left LDAP_BaseDN .*ou=alumni/);
    expect(reasons.get('person2')).toMatch(/no longer among those LDAP_User_Search_Filter asks for/);
  });

  it('switches nobody off while the setting is off', async () => {
    await open(toPeople(3), { LDAP_Background_Sync_Disable_Missing_Users: false });
    await sync();
    slapd.modify(`dn: uid=person0,ou=people,${SUFFIX}\nchangetype: delete\n`);
    expect((await sync()).counts).toEqual({ ...NONE, read: 2, unchanged: 2 });
    expect(await users().countDocuments({ active: true })).toBe(3);
  });

  it('never switches the last active administrator off', async () => {
    await open(toPeople(3));
    await sync();
    await users().updateMany({ username: { $in: ['person0', 'person1'] } }, { $set: { roles: ['admin'] } });
    slapd.modify(
      `dn: uid=person0,ou=people,${SUFFIX}\nchangetype: delete\n\ndn: ` +
        `uid=person1,ou=people,${SUFFIX}\nchangetype: delete\n`,
    );
    const report = await sync();
    expect(report.counts.deactivated).toBe(1);
    expect(await users().countDocuments({ roles: 'admin', active: true })).toBe(1);
    expect(report.attention).toContainEqual(
      expect.objectContaining({ reason: expect.stringContaining('last active administrator') }),
    );
  });

  describe('switches nobody off', () => {
    async function expectNobodyOff(state: string): Promise<RunReport> {
      const report = await sync();
      expect(report.state).toBe(state);
      expect(report.counts.deactivated).toBe(0);
      expect(await users().countDocuments({ active: false })).toBe(0);
      expect(report.problems.map(({ remedy }) => remedy)).not.toContain('');
      return report;
    }

    it('when a filter or base finds nobody', async () => {
      await open(toPeople(5));
      await sync();
      await set({ LDAP_User_Search_Filter: '(objectClass=printer)' });
      await expectNobodyOff('failed');
      await set({ LDAP_User_Search_Filter: '(objectClass=*)', LDAP_BaseDN: `ou=alumni,${SUFFIX}` });
      await expectNobodyOff('failed');
      await set({ LDAP_BaseDN: 'dc=nowhere' });
      await expectNobodyOff('failed');
    });

    it('when the size limit of the settings cuts the answer: 500 of 600', async () => {
      await open(toPeople(600));
      expect((await sync()).counts.created).toBe(600);
      await set({ LDAP_Search_Size_Limit: 500 });
      const report = await expectNobodyOff('failed');
      expect(report.problems[0]?.message).toContain('500');
      expect(report.problems[0]?.remedy).toContain('LDAP_Search_Size_Limit');
    });

    it('when the size limit of the server cuts the answer', async () => {
      await open(toPeople(60), {}, '');
      await sync();
      await slapd.stop();
      slapd = await startSlapd({
        suffix: SUFFIX,
        ldif: toOrganisation(toPeople(60)),
        databaseConfig: 'limits * size=50',
      });
      await set({ ...settingsFor(slapd), LDAP_Authentication: false });
      await expectNobodyOff('failed');
    });

    it('when more than ten and more than a tenth would go', async () => {
      await open(toPeople(40));
      await sync();
      const leave = (from: number, to: number) =>
        slapd.modify(
          Array.from(
            { length: to - from },
            (_, index) => `dn: uid=person${from + index},ou=people,${SUFFIX}\nchangetype: delete\n`,
          ).join('\n'),
        );
      leave(0, 11);
      slapd.modify(`dn: uid=person20,ou=people,${SUFFIX}\nchangetype: modify\nreplace: cn\ncn: Changed\n`);
      const report = await expectNobodyOff('held');
      expect(report.counts.updated).toBe(1);
      expect(report.problems).toContainEqual(
        expect.objectContaining({ message: expect.stringContaining('11 of 40') }),
      );
    });

    it('when an attribute of identity is gone and people would look like strangers', async () => {
      const names = ['ada', 'bob', 'eve'];
      const people = names.map((name, index) => toPersonLdif(name, { employeeNumber: String(index) }));
      await open(people, { LDAP_Unique_Identifier_Field: 'employeeNumber' });
      await sync();
      const toRemoval = (name: string) =>
        `dn: uid=${name},ou=people,${SUFFIX}\nchangetype: modify\ndelete: employeeNumber\n`;
      slapd.modify(names.map(toRemoval).join('\n'));
      await set({ LDAP_Unique_Identifier_Field: 'entryUUID' });
      const report = await expectNobodyOff('held');
      expect(report.counts.conflicted).toBe(3);
      expect(report.held).toMatchObject({ code: 'directory-unverified', relinks: 3 });
    });

    it('when somebody cannot be mapped: seen is seen', async () => {
      await open(toPeople(5));
      await sync();
      slapd.modify(`dn: uid=person0,ou=people,${SUFFIX}\nchangetype: modify\ndelete: mail\n`);
      const report = await expectNobodyOff('completed');
      expect(report.counts).toEqual({ ...NONE, read: 5, unchanged: 4, rejected: 1 });
      expect(report.attention).toEqual([expect.objectContaining({ outcome: 'rejected' })]);
    });

    it('when the same id comes twice', async () => {
      await open(
        [
          toPersonLdif('ada', { employeeNumber: '7' }),
          toPersonLdif('bob', { employeeNumber: '8' }),
          toPersonLdif('eve', { employeeNumber: '9' }),
        ],
        {
          LDAP_Unique_Identifier_Field: 'employeeNumber',
        },
      );
      await sync();
      slapd.modify(
        `dn: uid=bob,ou=people,${SUFFIX}\nchangetype: modify\nreplace: employeeNumber\nemployeeNumber: ` +
          `7\n\ndn: uid=eve,ou=people,${SUFFIX}\nchangetype: delete\n`,
      );
      const report = await expectNobodyOff('held');
      expect(report.counts).toMatchObject({ read: 2, conflicted: 1 });
    });
  });

  it('follows a disabled entry, and a returning one as the setting says', async () => {
    await open(toPeople(3), { LDAP_User_Search_Filter: '(objectClass=inetOrgPerson)' }, '');
    await sync();
    slapd.modify(`dn: uid=person0,ou=people,${SUFFIX}\nchangetype: delete\n`);
    await sync();
    slapd.modify(`${toPersonLdif('person0').replace('\n', '\nchangetype: add\n')}\n`);
    await users().updateOne({ username: 'person0' }, { $set: { 'services.ldap.id': await idOf('person0') } });
    const left = await sync();
    expect(left.attention).toContainEqual(
      expect.objectContaining({
        username: 'person0',
        remedy: expect.stringContaining('LDAP_Sync_User_Active_State'),
      }),
    );
    await set({ LDAP_Sync_User_Active_State: 'both' });
    expect((await sync()).counts).toEqual({ ...NONE, read: 3, unchanged: 2, reactivated: 1 });
    const back = await user('person0');
    expect(back?.active).toBe(true);
    expect(back?.inactiveReason).toBeUndefined();
    expect(back?.ldapSync).toEqual({ reactivatedByRun: expect.any(String) });
  });

  /** The hex id slapd gave a re-created entry. */
  async function idOf(uid: string): Promise<string> {
    const probe = await openTestDatabase();
    try {
      await storeSettings(probe.connection, {
        ...settingsFor(slapd),
        LDAP_User_Search_Filter: `(uid=${uid})`,
      });
      await createHost(probe.connection).ldapSync.sync();
      return (await probe.connection.collection('users').findOne({ username: uid }))?.services.ldap
        .id as string;
    } finally {
      await probe.close();
    }
  }

  it('links an account of the host only where merging is on, and never takes one over', async () => {
    await open([toPersonLdif('ada')]);
    await users().insertOne({
      _id: 'local' as never,
      type: 'user',
      active: true,
      username: 'ada',
      roles: ['user'],
      services: { password: { bcrypt: 'x' } },
      emails: [{ address: 'ada@example.org', verified: false }],
    });
    const refused = await sync();
    expect(refused.counts).toEqual({ ...NONE, read: 1, conflicted: 1 });
    expect(refused.attention[0]).toMatchObject({ username: 'ada', reason: expect.stringContaining('local') });
    expect(await user('ada')).not.toHaveProperty('ldap');
    await set({ LDAP_Merge_Existing_Users: true });
    expect((await sync()).counts).toEqual({ ...NONE, read: 1, conflicted: 1 });
    await users().updateOne({ username: 'ada' }, { $set: { 'emails.0.verified': true } });
    expect((await sync()).counts).toEqual({ ...NONE, read: 1, linked: 1 });
    expect(await user('ada')).toMatchObject({
      _id: 'local',
      ldap: true,
      roles: ['user'],
      services: { password: { bcrypt: 'x' }, ldap: { idAttribute: 'entryUUID' } },
    });
    expect((await sync()).counts).toEqual({ ...NONE, read: 1, unchanged: 1 });
  });

  it('gives awkward entries a row with a remedy, and syncs the others', async () => {
    await open(
      [
        ...toPeople(3),
        toPersonLdif('nomail', { mail: undefined }),
        toPersonLdif('binary', { audio: Buffer.from([0xff, 0xfe, 0x00, 0x01]) }),
        toPersonLdif('twin', { mail: 'person0@example.org' }),
        toPersonLdif('***'),
        `dn: cn=a\\, b\\\\c+uid=odd,ou=people,${SUFFIX}\nobjectClass: inetOrgPerson\nuid: odd\ncn: a, ` +
          'b\\c\nsn: odd\nmail: odd@example.org',
      ],
      { LDAP_Name_Field: 'audio,cn' },
    );
    const report = await sync();
    expect(report.counts).toEqual({ ...NONE, read: 8, created: 4, rejected: 3, conflicted: 1 });
    expect(
      report.attention.every(({ reason, remedy, dn }) => reason !== '' && remedy !== '' && dn !== undefined),
    ).toBe(true);
    expect((await user('odd'))?.importIds[0]).toMatch(/^cn=a\\(?:,|2C) b\\(?:\\|5C)c\+uid=odd,ou=people/);
    expect((await sync()).counts).toEqual({ ...NONE, read: 8, unchanged: 4, rejected: 3, conflicted: 1 });
  });

  it('renames in a ring of waiting names, and reports a name that stays taken', async () => {
    await open(
      [
        toPersonLdif('ada', { employeeNumber: 'ada' }),
        toPersonLdif('bob', { employeeNumber: 'bob' }),
        toPersonLdif('eve', { employeeNumber: 'eve' }),
      ],
      {
        LDAP_Username_Field: 'employeeNumber',
      },
    );
    await sync();
    await users().insertOne({
      _id: 'local' as never,
      type: 'user',
      active: true,
      username: 'mallory',
      emails: [],
    });
    const name = (uid: string, value: string) =>
      `dn: uid=${uid},ou=people,${SUFFIX}\nchangetype: modify\nreplace: ` +
      `employeeNumber\nemployeeNumber: ${value}\n`;
    slapd.modify([name('ada', 'bob'), name('bob', 'carol'), name('eve', 'mallory')].join('\n'));
    const report = await sync();
    expect(report.counts).toEqual({ ...NONE, read: 3, updated: 2, conflicted: 1 });
    expect(report.attention).toEqual([
      expect.objectContaining({ username: 'eve', reason: expect.stringContaining('mallory') }),
    ]);
    expect((await users().find({}).toArray()).map(({ username }) => username as string).sort()).toEqual([
      'bob',
      'carol',
      'eve',
      'mallory',
    ]);
  });
});

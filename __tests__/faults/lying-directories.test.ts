import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { RunReport } from '../../models/run-report.js';
import { doneMessage, startLyingServer } from '../directory/ldap-messages.js';
import { toModify, toPhoto, toRename } from '../setup/fault-directory.js';
import { createHost, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const PEOPLE = 100;
const UIDS = Array.from({ length: PEOPLE }, (_, index) => `person${index}`);
const PHOTOS = 12;
const PEOPLE_DN = `ou=people,${SUFFIX}`;

describeWithSlapd('a directory that says something else than yesterday', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let host: unknown;

  beforeEach(async () => {
    const photos = await Promise.all(UIDS.slice(0, PHOTOS).map((_, index) => toPhoto(index)));
    const people = UIDS.map((uid, index) =>
      toPersonLdif(uid, { employeeNumber: `E${index}`, jpegPhoto: photos[index] }),
    );
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(people) });
    database = await openTestDatabase();
    await users().insertOne({
      _id: 'local' as never,
      username: 'local',
      name: 'Local',
      type: 'user',
      active: true,
      roles: ['admin'],
      emails: [],
    });
    await storeSettings(database.connection, {
      ...settingsFor(slapd),
      LDAP_BaseDN: PEOPLE_DN,
      LDAP_User_Search_Filter: '(objectClass=inetOrgPerson)',
      LDAP_Unique_Identifier_Field: 'employeeNumber',
      LDAP_Search_Page_Size: 40,
      LDAP_Background_Sync_Avatars: true,
      LDAP_Avatar_Field: 'jpegPhoto',
    });
    expect((await sync()).counts).toMatchObject({ read: PEOPLE, created: PEOPLE });
    host = await users().findOne({ _id: 'local' as never });
  });
  afterEach(async () => {
    await database.close();
    await slapd.stop();
  });

  const users = () => database.connection.collection('users');
  const sync = () => createHost(database.connection).ldapSync.sync();
  const modify = (changes: readonly string[]) => slapd.modify([...changes, ''].join('\n\n'));
  const forEach = (change: (uid: string, index: number) => string) => modify(UIDS.map(change));
  const remove = (uid: string) => `dn: uid=${uid},${PEOPLE_DN}\nchangetype: delete`;
  /** With a `uid`, or the search would not ask for it. */
  const toPrinter = (index: number) =>
    `dn: cn=printer${index},${PEOPLE_DN}\nchangetype: add\nobjectClass: device\nobjectClass: ` +
    `extensibleObject\ncn: printer${index}\nuid: printer${index}`;

  /** Whatever the report says: all are on, but those who may go, and the host's account is what it was. */
  async function expectState(
    state: RunReport['state'],
    counts: Partial<RunReport['counts']> = {},
    off: readonly string[] = [],
  ): Promise<RunReport> {
    const report = await sync();
    expect(report).toMatchObject({ state, counts });
    expect((await users().distinct('username', { active: false })).sort()).toEqual([...off].sort());
    expect(await users().findOne({ _id: 'local' as never })).toEqual(host);
    if (state !== 'completed')
      expect(report.problems).toContainEqual(expect.objectContaining({ remedy: expect.stringMatching(/./) }));
    return report;
  }

  const namesNow = async (): Promise<string[]> =>
    ((await users().distinct('username', { ldap: true })) as string[]).sort();

  it('empty: the run fails, everybody stays', async () => {
    forEach(remove);
    await expectState('failed', { read: 0, deactivated: 0 });
  });

  it('half of it: the removals are held', async () => {
    modify(UIDS.slice(PEOPLE / 2).map(remove));
    await expectState('held', { read: PEOPLE / 2, deactivated: 0, unchanged: PEOPLE / 2 });
  });

  it('a few less: they go, and nobody else does', async () => {
    modify(UIDS.slice(0, 3).map(remove));
    await expectState('completed', { read: PEOPLE - 3, deactivated: 3 }, UIDS.slice(0, 3));
  });

  it('everybody twice: the first of each counts, the removals are held', async () => {
    modify([
      remove('person99'),
      ...UIDS.slice(0, 99).map((uid, index) =>
        toPersonLdif(`twin-${uid}`, { employeeNumber: `E${index}` }).replace('\n', '\nchangetype: add\n'),
      ),
    ]);
    await expectState('held', { read: 198, unchanged: 99, conflicted: 99, created: 0, deactivated: 0 });
    expect(await users().countDocuments({ ldap: true })).toBe(PEOPLE);
  });

  it('everybody renamed: the renamings are held', async () => {
    forEach((uid) => toRename(uid, `other-${uid}`));
    await expectState('held', { read: PEOPLE, deactivated: 0, created: 0 });
    expect(await namesNow()).toEqual([...UIDS].sort());
  });

  it('two people with each other’s ids: neither is switched off, nor becomes somebody new', async () => {
    modify([
      toModify('person0', 'replace: employeeNumber\nemployeeNumber: E1'),
      toModify('person1', 'replace: employeeNumber\nemployeeNumber: E0'),
      remove('person2'),
    ]);
    // Those who swap ids swap names and addresses; who has left goes.
    await expectState('completed', { read: PEOPLE - 1, updated: 2, unchanged: PEOPLE - 3, deactivated: 1 }, [
      'person2',
    ]);
    expect(await users().countDocuments({ ldap: true })).toBe(PEOPLE);
  });

  it('without the attribute people are told apart by: the run ends before anybody is written', async () => {
    forEach((uid) => toModify(uid, 'delete: employeeNumber'));
    const { problems } = await expectState('failed', { created: 0, deactivated: 0 });
    expect(problems[0]?.setting).toBe('LDAP_Unique_Identifier_Field');
  });

  it('printers instead of people: the run ends before anybody is written', async () => {
    modify(Array.from({ length: 30 }, (_, index) => toPrinter(index)));
    await storeSettings(database.connection, { LDAP_User_Search_Filter: '(objectClass=device)' });
    await expectState('failed', { created: 0, deactivated: 0 });
  });

  it('printers among the people: they are rows of the report, and nobody goes', async () => {
    modify([remove('person0'), toPrinter(0)]);
    await storeSettings(database.connection, { LDAP_User_Search_Filter: '(objectClass=*)' });
    const report = await expectState('completed', { created: 0, deactivated: 0, rejected: 1 });
    expect(report.problems).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('not every entry has') }),
    );
  });

  it('every photo another: all are taken over, one each', async () => {
    const photos = await Promise.all(UIDS.slice(0, PHOTOS).map((_, index) => toPhoto(100 + index)));
    modify(
      photos.map((photo, index) =>
        toModify(`person${index}`, `replace: jpegPhoto\njpegPhoto:: ${photo.toString('base64')}`),
      ),
    );
    await expectState('completed', { updated: PHOTOS, unchanged: PEOPLE - PHOTOS });
    const pictures = await database.connection.collection('rocketchat_avatars').find({}).toArray();
    expect(pictures).toHaveLength(PHOTOS);
    expect(new Set(pictures.map(({ etag }) => etag as string))).toEqual(
      new Set(await users().distinct('avatarETag')),
    );
  });

  it(
    'success with no entry, as 389 Directory Server answers who may not read: the run fails, everybody ' +
      'stays',
    async () => {
      const server = await startLyingServer(({ id }, socket) => void socket.write(doneMessage(id, 0, '')));
      try {
        await storeSettings(database.connection, { LDAP_Port: server.port });
        await expectState('failed', { read: 0, deactivated: 0 });
      } finally {
        await server.close();
      }
    },
  );
});

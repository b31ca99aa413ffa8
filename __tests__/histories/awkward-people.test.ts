import { createGridFsPhotoFiles } from '../../lib/sync/avatars/gridfs-photo-files.js';
import { createEngine, type Engine } from '../setup/engine.js';
import { many, toPerson, useHistories, type Values } from '../setup/histories.js';
import { createStaff } from '../setup/staff.js';

const { collection, database, engine } = useHistories();
const SETTINGS = { LDAP_Background_Sync_Disable_Missing_Users: true };
const users = () => collection('users');
const active = () => users().countDocuments({ active: true });
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQImWP4z8AAAAMBAQCc479ZAAAAAElFTkSuQmCC',
  'base64',
);

/** People who change between runs, and the settings of all of them. */
function open(people: Readonly<Record<string, Values>>, settings: Readonly<Record<string, unknown>> = {}) {
  const staff = createStaff([]);
  for (const [name, values] of Object.entries(people)) staff.hire(name, values);
  const now = (more = {}): Engine => engine(staff.entries(), { ...SETTINGS, ...settings, ...more });
  return { staff, now };
}

describe('a run survives', () => {
  it('an entry that loses its id attribute: the person is there, and stays on', async () => {
    const numbered = {
      a: { employeeNumber: 'na' },
      b: { employeeNumber: 'nb' },
      c: { employeeNumber: 'nc' },
    };
    const { staff, now } = open(numbered, { LDAP_Unique_Identifier_Field: 'employeeNumber' });
    await now().sync();
    staff.change('a', { employeeNumber: undefined });
    const report = await now().sync();
    expect(report.counts).toMatchObject({ read: 3, conflicted: 1, unchanged: 2, deactivated: 0 });
    expect(report.problems).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('not every entry has') }),
    );
    expect(await active()).toBe(3);
  });

  it('two entries, pages apart, that fit one account with capitals: only the first is merged', async () => {
    await users().insertOne({
      _id: 'host' as never,
      username: 'Ada.L',
      emails: [{ address: 'ada@x.org', verified: true }],
      type: 'user',
      active: true,
      roles: ['user'],
    });
    const people = [toPerson('ada'), ...many(3), toPerson('ada.l', { mail: 'other@x.org' })];
    const settings = { LDAP_Merge_Existing_Users: true, LDAP_Search_Page_Size: 1 };
    expect((await engine(people, settings).sync()).counts).toMatchObject({
      linked: 1,
      created: 3,
      conflicted: 1,
    });
    expect(await users().findOne({ _id: 'host' as never })).toMatchObject({
      emails: [{ address: 'ada@x.org' }],
    });
  });

  it('a renaming to a name that somebody has, in any case, and with no index to say so', async () => {
    await users().insertMany([
      ...['dup1', 'dup2'].map((id) => ({ _id: id as never, username: 'dup', type: 'user', active: true })),
      { _id: 'h1' as never, username: 'Admin', type: 'user', active: true },
      { _id: 'h2' as never, username: 'root', type: 'user', active: true },
    ]);
    const { staff, now } = open({ p0: {}, p1: {}, p2: {} });
    await now().sync();
    staff.rename('p0', 'admin');
    staff.rename('p1', 'root');
    expect((await now().sync()).counts).toMatchObject({ read: 3, conflicted: 2, unchanged: 1 });
    const names = (await users().find({}).toArray()).map(({ username }) => username as string).sort();
    expect(names).toEqual(['Admin', 'dup', 'dup', 'p0', 'p1', 'p2', 'root']);
  });

  it('a second value, or another case, of the id: the look-up finds the person, who stays on', async () => {
    const byName = { LDAP_Unique_Identifier_Field: 'uid', ...SETTINGS };
    await engine([...many(3), toPerson('zed'), toPerson('cased')], byName).sync();
    const next = [
      ...many(3),
      toPerson('zed', { uid: ['alias', 'zed'] }),
      toPerson('cased', { uid: 'Cased' }),
    ];
    expect((await engine(next, byName).sync()).counts.deactivated).toBe(0);
    expect(await active()).toBe(5);
  });

  it('somebody renamed and disabled at once: counted once', async () => {
    const { staff, now } = open({ a: { title: 'old' } }, { LDAP_Username_Field: 'title' });
    await now().sync();
    staff.change('a', { title: 'fresh', loginDisabled: 'TRUE' });
    expect((await now().sync()).counts).toMatchObject({ read: 1, unchanged: 0, updated: 0, deactivated: 1 });
    expect(await users().findOne({})).toMatchObject({ username: 'fresh', active: false });
  });

  it('somebody disabled whose address is in conflict: switched off all the same', async () => {
    const { staff, now } = open({ a: {}, b: {} });
    await now().sync();
    staff.change('a', { mail: 'b@x.org', loginDisabled: 'TRUE' });
    expect((await now().sync()).counts).toMatchObject({
      read: 2,
      unchanged: 1,
      deactivated: 1,
      conflicted: 0,
    });
    expect(await users().findOne({ username: 'a' })).toMatchObject({
      active: false,
      emails: [{ address: 'a@x.org' }],
    });
  });

  it('an avatar store that fails: people are synced and counted, photos become rows', async () => {
    const files = {
      ...createGridFsPhotoFiles({ connection: database().connection, clock: () => new Date() }),
      put: () => Promise.reject(new Error('disk full')),
    };
    const report = await createEngine(database().connection, { files })
      .of(
        many(10, () => ({ jpegPhoto: PHOTO })),
        { LDAP_Background_Sync_Avatars: true, LDAP_Avatar_Field: 'jpegPhoto' },
      )
      .sync();
    expect(report).toMatchObject({ state: 'completed', counts: { created: 10 } });
    expect(report.attention).toHaveLength(10);
    expect(report.attention[0]).toMatchObject({
      outcome: 'created',
      reason: expect.stringContaining('disk full'),
    });
  });

  it(
    'a name cut in the middle of a character, and a user document with nonsense in it: nothing is ' +
      'written twice',
    async () => {
      const people = [toPerson('a', { cn: `${'x'.repeat(511)}😀` }), ...many(2)];
      await engine(people).sync();
      await users().updateOne({ username: 'p1' }, { $push: { emails: null as never } });
      expect(await engine(people).sync()).toMatchObject({
        state: 'completed',
        counts: { read: 3, unchanged: 3 },
      });
    },
  );

  it(
    'an attribute that is hidden from everybody at once: what was known stays, one who really loses it ' +
      'loses it',
    async () => {
      const people = many(12, (index) => ({ telephoneNumber: `${100 + index}` }));
      await engine(people).sync();
      const next = [toPerson('p0'), ...people.slice(1)];
      expect(await engine(next).sync()).toMatchObject({
        state: 'completed',
        counts: { updated: 1, unchanged: 11 },
      });
      expect(await engine(next, { LDAP_Extension_Field: 'pager' }).sync()).toMatchObject({
        state: 'held',
        counts: { unchanged: 12 },
      });
      expect(await users().countDocuments({ sipExtension: { $exists: true } })).toBe(11);
    },
  );

  it('a renaming that was cut off after its first step: the next run carries it through', async () => {
    const { staff, now } = open({ ada: {}, bob: {} });
    await now().sync();
    const { _id } = (await users().findOne({ username: 'ada' }))!;
    const messages = collection('rocketchat_message');
    await messages.insertOne({ _id: 'm' as never, u: { _id, username: 'ada' } });
    staff.rename('ada', 'fresh');
    const marks = { renamedFrom: 'ada', unfinished: ['renamedFrom'] };
    await users().updateOne({ _id }, { $set: { username: 'fresh', ldapSync: marks } });
    await now().sync();
    expect(await messages.findOne({})).toMatchObject({ u: { username: 'fresh' } });
    expect(await users().findOne({ _id })).not.toHaveProperty('ldapSync');
    expect((await now().sync()).counts).toMatchObject({ read: 2, unchanged: 2 });
  });
});

import sharp from 'sharp';
import { toPhotoHash } from '../../lib/sync/avatars/avatar-decision.js';
import { createAvatarTraces, type AvatarTraces } from '../setup/avatar-traces.js';
import { removals } from '../setup/interventions.js';
import { many, toPerson, useHistories, type Settings, type Values } from '../setup/histories.js';

const histories = useHistories();
const { beforeReread, changes, database, engine, killAt, previewThenRun, revert, set, sync, user } =
  histories;

const SETTINGS = {
  LDAP_Sync_User_Avatar: true,
  LDAP_Background_Sync_Avatars: true,
  LDAP_Extension_Field: '',
  LDAP_Guard_Always_Allowed: 2,
};
const PEOPLE = 6;

let jpegPhoto: Buffer;
let traces: AvatarTraces;
beforeAll(async () => {
  jpegPhoto = await sharp({ create: { width: 32, height: 32, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer();
});
beforeEach(() => {
  traces = createAvatarTraces(database().connection);
});

/** The first so many of them have no photo. */
const bareUpTo = (count: number) => many(PEOPLE, (index): Values => (index < count ? {} : { jpegPhoto }));
const run = (count: number, settings: Settings = {}) => sync(bareUpTo(count), { ...SETTINGS, ...settings });
const pictureOf = async (username: string): Promise<readonly unknown[]> => {
  const found = await user(username);
  return [
    found?.['avatarETag'],
    found?.['avatarOrigin'],
    (found?.['ldapSync'] as { photo?: string } | undefined)?.photo,
  ];
};
const hash = (): string => toPhotoHash(jpegPhoto);
const filesOf = (name: string) => traces.collection('').countDocuments({ name });
const NONE = [undefined, undefined, undefined];

describe('a photo that is gone from the directory', () => {
  beforeEach(() => run(0));

  it('goes from the user, with its bytes, and the second run writes nothing', async () => {
    expect(await run(1)).toMatchObject({ state: 'completed', removed: 1, counts: { updated: 1 } });
    expect(await pictureOf('p0')).toEqual(NONE);
    expect(await pictureOf('p1')).toEqual([hash(), 'rest', hash()]);
    expect([await filesOf('p0'), await filesOf('p1')]).toEqual([0, 1]);
    expect(await traces.documents()).toHaveLength(PEOPLE - 1);
    await traces.expectOnly(...(await traces.documents()));
    const was = await user('p0');
    expect(await run(1)).toMatchObject({ removed: 0, counts: { updated: 0 } });
    expect(await user('p0')).toEqual(was);
  });

  it('is told of in the history, and comes back with the directory', async () => {
    const { _id } = await run(1);
    expect(await changes(_id)).toEqual([
      expect.objectContaining({
        kind: 'photo',
        state: 'done',
        username: 'p0',
        fields: [{ field: 'photo', from: hash() }],
      }),
    ]);
    await run(0);
    expect(await pictureOf('p0')).toEqual([hash(), 'rest', hash()]);
  });

  it('goes as its preview says', async () => {
    await previewThenRun(bareUpTo(1), SETTINGS);
    expect(await pictureOf('p0')).toEqual(NONE);
  });

  it('leaves a picture alone that the person has put up since', async () => {
    await set('p0', { avatarETag: 'own', avatarOrigin: 'upload' });
    expect(await run(1)).toMatchObject({ removed: 0 });
    expect(await pictureOf('p0')).toEqual(['own', 'upload', hash()]);
    expect(await filesOf('p0')).toBe(1);
  });

  it('leaves a picture alone that the person puts up in the same moment', async () => {
    beforeReread(() => set('p0', { avatarETag: 'own', avatarOrigin: 'upload' }));
    await run(1);
    expect(await pictureOf('p0')).toEqual(['own', 'upload', hash()]);
    expect(await filesOf('p0')).toBe(1);
  });

  it.each([
    ['photos are not asked for', { LDAP_Background_Sync_Avatars: false }],
    ['photos are not synced at all', { LDAP_Sync_User_Avatar: false }],
  ])('stays where %s', async (_why, settings) => {
    expect(await run(1, settings)).toMatchObject({ removed: 0, problems: [] });
    expect(await pictureOf('p0')).toEqual([hash(), 'rest', hash()]);
  });

  it('goes also where only photos are synced', async () => {
    const run1 = await run(1, { LDAP_Background_Sync: false });
    expect(run1).toMatchObject({ state: 'completed', removed: 1 });
    expect(await pictureOf('p0')).toEqual(NONE);
  });

  it('stays when nobody has one any more, and the report says so', async () => {
    const report = await run(PEOPLE);
    expect(report).toMatchObject({ state: 'completed', removed: 0 });
    expect(report.problems).toEqual([
      expect.objectContaining({
        message: `No entry has a photo, and ${PEOPLE} people have a picture from the directory; they keep it.`,
        setting: 'LDAP_Avatar_Field',
      }),
    ]);
    expect(await changes(report._id)).toEqual([]);
    expect(await pictureOf('p0')).toEqual([hash(), 'rest', hash()]);
  });

  it('goes when the only one who has one comes last', async () => {
    await run(PEOPLE - 1, { LDAP_Guard_Always_Allowed: 10 });
    expect(await pictureOf('p0')).toEqual(NONE);
    expect(await pictureOf(`p${PEOPLE - 1}`)).toEqual([hash(), 'rest', hash()]);
  });

  it('that is too large to be read is there', async () => {
    const entries = bareUpTo(1);
    const huge = { values: [], droppedBytes: 20_000_000, name: 'jpegPhoto' };
    (entries[0]!.attributes as Map<string, unknown>).set('jpegphoto', huge);
    expect(await sync(entries, SETTINGS)).toMatchObject({ removed: 0 });
    expect(await pictureOf('p0')).toEqual([hash(), 'rest', hash()]);
  });

  it('waits for an approval when there are many, and is looked up again then', async () => {
    const held = await run(3);
    expect(held).toMatchObject({
      state: 'held',
      held: { code: 'too-many-removals', photos: 3, approvable: true },
    });
    expect(await pictureOf('p0')).toEqual([hash(), 'rest', hash()]);
    const approval = await engine(bareUpTo(2), SETTINGS).approve(held._id);
    expect(approval).toMatchObject({ removed: 2, counts: { updated: 2, unchanged: 1 } });
    expect(await pictureOf('p0')).toEqual(NONE);
    expect(await pictureOf('p2')).toEqual([hash(), 'rest', hash()]);
  });

  it('cannot be given back by a revert, which says so', async () => {
    const { _id } = await run(1);
    const back = await revert(_id);
    expect(back.attention).toEqual([expect.objectContaining({ code: 'photo-deleted', username: 'p0' })]);
    expect(await pictureOf('p0')).toEqual(NONE);
  });

  it('goes once and wholly when the host is killed', async () => {
    await killAt({ collection: 'rocketchat_avatars.files', method: 'deleteMany' as never }, () =>
      run(1),
    ).catch(() => undefined);
    await run(1);
    expect(await pictureOf('p0')).toEqual(NONE);
    await traces.expectOnly(...(await traces.documents()));
    expect(await traces.documents()).toHaveLength(PEOPLE - 1);
  });

  it('stays with its bytes when the transaction is not committed', async () => {
    await killAt(removals(), () => run(1));
    expect(await pictureOf('p0')).toEqual([hash(), 'rest', hash()]);
    expect(await filesOf('p0')).toBe(1);
    await run(1);
    expect(await pictureOf('p0')).toEqual(NONE);
  });
});

it('a picture that Rocket.Chat has put up is not ours to take away', async () => {
  await run(0);
  await sync([...bareUpTo(0), toPerson('old')], SETTINGS);
  await set('old', { avatarETag: 'c0ffee', avatarOrigin: 'rest' });
  expect(await sync([...bareUpTo(0), toPerson('old')], SETTINGS)).toMatchObject({ removed: 0 });
  expect(await pictureOf('old')).toEqual(['c0ffee', 'rest', undefined]);
});

import sharp from 'sharp';
import {
  createGridFsAvatarStore,
  type AvatarFile,
  type AvatarStore,
} from '../../../lib/sync/avatars/avatar-store.js';
import { toParkedName } from '../../../lib/sync/avatars/outdated-avatars.js';
import { createPhotoDecoder } from '../../../lib/sync/avatars/photo-decoder.js';
import { preparePhoto } from '../../../lib/sync/avatars/photo.js';
import { createAvatarTraces, type AvatarTraces } from '../../setup/avatar-traces.js';
import { openTestDatabase } from '../../setup/mongo.js';

const HOUR_MS = 60 * 60 * 1_000;
const ANN = { userId: 'annAnnAnnAnnAnn23', username: 'ann' };
const BOB = { userId: 'bobBobBobBobBob23', username: 'bob' };

let photo: Buffer;
let database: Awaited<ReturnType<typeof openTestDatabase>>;
let traces: AvatarTraces;
let now: Date;
let store: AvatarStore;

beforeAll(async () => {
  database = await openTestDatabase();
  traces = createAvatarTraces(database.connection);
  const picture = sharp({ create: { width: 640, height: 480, channels: 3, background: '#3a7' } });
  const decoder = createPhotoDecoder();
  photo = await preparePhoto(await picture.png().toBuffer(), { size: 200, resize: true }, { decoder });
  decoder.close();
});
afterAll(() => database.close());

beforeEach(async () => {
  await traces.clear();
  now = new Date('2026-03-01T12:00:00Z');
  store = createGridFsAvatarStore({ connection: database.connection, clock: () => now });
});

const toFile = (owner: typeof ANN, etag = 'e1', image = photo): AvatarFile => ({
  ...owner,
  image,
  etag,
  type: 'image/jpeg',
});

describe('writing', () => {
  it("the document has Rocket.Chat's shape, and the bytes lie in GridFS under its id", async () => {
    const id = await store.write(toFile(ANN));
    expect(id).toMatch(/^\w{17}$/);
    expect(await traces.collection('').findOne({ _id: id })).toEqual({
      _id: id,
      name: 'ann',
      userId: ANN.userId,
      type: 'image/jpeg',
      size: photo.length,
      etag: 'e1',
      store: 'GridFS:Avatars',
      complete: true,
      uploading: false,
      progress: 1,
      extension: 'jpg',
      path: `/ufs/GridFS:Avatars/${id}.jpg`,
      url: `/ufs/GridFS:Avatars/${id}.jpg`,
      uploadedAt: now,
      _updatedAt: now,
    });
    expect(await traces.collection('.files').findOne({ _id: id })).toMatchObject({
      length: photo.length,
      metadata: { contentType: 'image/jpeg' },
    });
    const stored = await traces.read(id);
    expect(stored.equals(photo)).toBe(true);
    expect(await sharp(stored).metadata()).toMatchObject({ format: 'jpeg', width: 200, height: 200 });
  });

  it('a picture of several chunks is read back whole', async () => {
    const image = Buffer.alloc(700_000, 'photo');
    expect((await traces.read(await store.write(toFile(ANN, 'e1', image)))).equals(image)).toBe(true);
  });

  it('the old file stays until the others are removed', async () => {
    const old = await store.write(toFile(ANN, 'e1'));
    const fresh = await store.write(toFile(ANN, 'e2'));
    await traces.expectOnly(old, fresh);
    expect((await traces.read(old)).length).toBe(photo.length);
  });

  it('a failed upload leaves nothing behind', async () => {
    const files = traces.collection('.files');
    const uploaded = await store.write(toFile(BOB));
    await files.createIndex({ 'metadata.contentType': 1 }, { unique: true });
    try {
      await expect(store.write(toFile(ANN))).rejects.toMatchObject({ code: 11000 });
    } finally {
      await files.dropIndex('metadata.contentType_1');
    }
    await traces.expectOnly(uploaded);
  });
});

describe('removing the others', () => {
  it("the user's older files go, with their bytes, and the kept one stays", async () => {
    await store.write(toFile(ANN, 'e1'));
    await traces.leave({
      _id: 'byRocketChat',
      userId: ANN.userId,
      name: 'ann',
      etag: 'x',
      complete: true,
      uploadedAt: new Date(now.getTime() + HOUR_MS),
    });
    await traces.leave({ _id: 'renamedSince', userId: ANN.userId, name: 'ann.old' });
    await traces.leave({ _id: 'withoutUserId', name: 'ann' });
    const kept = await store.write(toFile(ANN, 'e2'));
    await store.removeOthers(ANN, kept);
    await traces.expectOnly(kept);
    expect((await traces.read(kept)).equals(photo)).toBe(true);
  });

  it("another user's file stays, even one that carries the user's name", async () => {
    const bobs = await store.write(toFile(BOB));
    const namesake = await traces.leave({
      _id: 'namesake',
      userId: 'carolCarolCarol23',
      name: 'ann',
      complete: true,
    });
    const kept = await store.write(toFile(ANN));
    await store.removeOthers(ANN, kept);
    await traces.expectOnly(bobs, namesake, kept);
  });

  it('pictures of rooms and of address-book contacts stay', async () => {
    const room = await traces.leave({ _id: 'room', name: 'ann', rid: 'GENERAL' });
    const contact = await traces.leave({
      _id: 'contact',
      name: 'Aunt',
      userId: ANN.userId,
      contactId: 'c1',
      complete: true,
    });
    const external = await traces.leave({
      _id: 'external',
      name: 'Uncle',
      userId: ANN.userId,
      externalId: 'x1',
      complete: true,
    });
    const kept = await store.write(toFile(ANN));
    await store.removeOthers(ANN, kept);
    await traces.expectOnly(room, contact, external, kept);
  });

  it('an upload that Rocket.Chat has just begun stays', async () => {
    const nameless = await traces.leave({ _id: 'begun', userId: ANN.userId, type: 'image/png', size: 9 });
    const uploading = await traces.leave({
      _id: 'old-begun',
      userId: ANN.userId,
      name: 'ann',
      uploading: true,
      uploadedAt: now,
    });
    const kept = await store.write(toFile(ANN));
    await store.removeOthers(ANN, kept);
    await traces.expectOnly(nameless, uploading, kept);
  });

  it('nothing is removed when the file to keep is gone or is not the user’s', async () => {
    const anns = await store.write(toFile(ANN));
    const bobs = await store.write(toFile(BOB));
    await store.removeOthers(ANN, 'gone');
    await store.removeOthers(ANN, bobs);
    await traces.expectOnly(anns, bobs);
  });

  it('removing twice is as good as once', async () => {
    await store.write(toFile(ANN, 'e1'));
    const kept = await store.write(toFile(ANN, 'e2'));
    await store.removeOthers(ANN, kept);
    await store.removeOthers(ANN, kept);
    await traces.expectOnly(kept);
  });
});

describe('renaming', () => {
  it("the user's files follow the new name, nobody else's do", async () => {
    const anns = await store.write(toFile(ANN));
    const bobs = await store.write(toFile(BOB));
    await traces.leave({ _id: 'contact', name: 'Aunt', userId: ANN.userId, contactId: 'c1' });
    now = new Date(now.getTime() + HOUR_MS);
    await store.rename(ANN.userId, 'ann.smith');
    const names = await traces
      .collection('')
      .find({}, { projection: { name: 1, _updatedAt: 1 } })
      .toArray();
    expect(names).toContainEqual({ _id: anns, name: 'ann.smith', _updatedAt: now });
    expect(names).toContainEqual({ _id: bobs, name: 'bob', _updatedAt: new Date(now.getTime() - HOUR_MS) });
    expect(names).toContainEqual({ _id: 'contact', name: 'Aunt' });
    expect((await traces.read(anns)).equals(photo)).toBe(true);
  });

  it('a file that is still coming stays out of sight', async () => {
    await traces.leave({ _id: 'coming', name: toParkedName(ANN.userId), uploading: true, uploadedAt: now });
    await store.rename(ANN.userId, 'ann.smith');
    expect(await traces.collection('').findOne({ _id: 'coming' })).toMatchObject({
      name: toParkedName(ANN.userId),
    });
  });
});

const PHOTO = toFile(ANN, 'e1', Buffer.from('a photo'));

describe('two runs at once', () => {
  it.each([
    ['at the same moment', 0],
    ['one after the other', 5],
  ])('the user keeps exactly one readable file, written %s', async (_when, gapMs) => {
    const other = createGridFsAvatarStore({
      connection: database.connection,
      clock: () => new Date(now.getTime() + gapMs),
    });
    const [mine, theirs] = await Promise.all([store.write(PHOTO), other.write(PHOTO)]);
    await Promise.all([store.removeOthers(ANN, mine), other.removeOthers(ANN, theirs)]);
    const documents = await traces.documents();
    expect(documents).toHaveLength(1);
    await traces.expectOnly(...documents);
    expect((await traces.read(documents[0] ?? '')).equals(PHOTO.image)).toBe(true);
  });

  it('a run whose file the other is just removing removes nothing', async () => {
    const theirs = await store.write(PHOTO);
    const mine = await traces.leave({
      _id: 'mine',
      name: toParkedName(ANN.userId),
      complete: false,
      uploading: false,
      uploadedAt: now,
    });
    await store.removeOthers(ANN, mine);
    await traces.expectOnly(theirs, mine);
  });
});

describe('a crash', () => {
  const parked = { name: toParkedName(ANN.userId), store: 'GridFS:Avatars', complete: false };

  it.each([
    ['before the first byte', []],
    ['in the middle of the bytes', ['.chunks']],
    ['after the last byte', ['.files', '.chunks']],
  ] as const)('%s of an upload leaves what the next removal deletes an hour later', async (_when, parts) => {
    const orphan = await traces.leave({ _id: 'orphan', ...parked, uploading: true, uploadedAt: now }, parts);
    const kept = await store.write(PHOTO);
    now = new Date(now.getTime() + HOUR_MS);
    await store.removeOthers(ANN, kept);
    expect(await traces.documents()).toContain(orphan);
    now = new Date(now.getTime() + 1);
    await store.removeOthers(ANN, kept);
    await traces.expectOnly(kept);
  });

  it(
    'is known to whoever takes over: what the dead run was uploading is nobody’s from then on, and goes ' +
      'with the next picture',
    async () => {
      const orphan = await traces.leave({ _id: 'orphan', ...parked, uploading: true, uploadedAt: now });
      await store.removeSuperseded?.();
      // So the last step of the upload, should it still arrive, shows nothing.
      expect(await traces.collection('').findOne({ _id: orphan, uploading: true })).toBeNull();
      const kept = await store.write(PHOTO);
      await store.removeOthers(ANN, kept);
      await traces.expectOnly(kept);
    },
  );

  it('between the steps of a removal leaves what the next removal deletes at once', async () => {
    await traces.leave({ _id: 'parked', ...parked, uploading: false, uploadedAt: now }, ['.chunks']);
    const kept = await store.write(PHOTO);
    await store.removeOthers(ANN, kept);
    await traces.expectOnly(kept);
  });

  it('between writing and removing leaves the old file, which the next run deletes', async () => {
    await store.write(PHOTO);
    await store.write(PHOTO);
    now = new Date(now.getTime() + 1);
    const kept = await store.write(PHOTO);
    await store.removeOthers(ANN, kept);
    await traces.expectOnly(kept);
  });
});

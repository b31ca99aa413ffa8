import { buffer } from 'node:stream/consumers';
import { mongo } from 'mongoose';
import sharp from 'sharp';
import type { AvatarRecord } from '../../models/avatar.js';
import { createGridFsAvatarStore, type AvatarFile, type AvatarStore } from '../../lib/sync/avatar-store.js';
import { toParkedName } from '../../lib/sync/outdated-avatars.js';
import { preparePhoto } from '../../lib/sync/photo.js';
import { openTestDatabase } from '../setup/mongo.js';

const HOUR_MS = 60 * 60 * 1_000;
const ANN = { userId: 'annAnnAnnAnnAnn23', username: 'ann' };
const BOB = { userId: 'bobBobBobBobBob23', username: 'bob' };

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let photo: Buffer;
let now: Date;
let store: AvatarStore;

beforeAll(async () => {
  database = await openTestDatabase();
  const picture = sharp({ create: { width: 640, height: 480, channels: 3, background: '#3a7' } });
  photo = await preparePhoto(await picture.png().toBuffer(), { size: 200, resize: true });
});
afterAll(() => database.close());

beforeEach(async () => {
  for (const name of ['', '.files', '.chunks']) await toCollection(name).deleteMany({});
  now = new Date('2026-03-01T12:00:00Z');
  store = createGridFsAvatarStore({ connection: database.connection, clock: () => now });
});

const toCollection = (suffix: '' | '.files' | '.chunks' | string) =>
  database.connection.collection<{ _id: string }>(`rocketchat_avatars${suffix}`);
const toFile = (owner: typeof ANN, etag = 'e1', image = photo): AvatarFile => ({ ...owner, image, etag, type: 'image/jpeg' });
const readBytes = (id: string): Promise<Buffer> => {
  const bucket = new mongo.GridFSBucket(database.connection.db as mongo.Db, { bucketName: 'rocketchat_avatars' });
  return buffer(bucket.openDownloadStream(id as never));
};
/** Every trace in the database, by id: documents, files, chunks. */
async function toTraces(): Promise<{ documents: string[]; files: string[]; chunks: string[] }> {
  const toIds = async (suffix: string, field: string): Promise<string[]> => (await toCollection(suffix).distinct(field)) as string[];
  return { documents: await toIds('', '_id'), files: await toIds('.files', '_id'), chunks: await toIds('.chunks', 'files_id') };
}
async function expectOnly(...ids: string[]): Promise<void> {
  const traces = await toTraces();
  for (const found of Object.values(traces)) expect(found.toSorted()).toEqual(ids.toSorted());
}
/** A file as another writer left it: the document as given, and bytes. */
async function leave(record: AvatarRecord & Record<string, unknown>, parts: readonly string[] = ['.files', '.chunks']): Promise<string> {
  await toCollection('').insertOne(record);
  if (parts.includes('.files')) await toCollection('.files').insertOne({ _id: record._id });
  if (parts.includes('.chunks')) await toCollection('.chunks').insertOne({ _id: `${record._id}-0`, files_id: record._id, n: 0 } as never);
  return record._id;
}

describe('writing', () => {
  it("the document has Rocket.Chat's shape, and the bytes lie in GridFS under its id", async () => {
    const id = await store.write(toFile(ANN));
    expect(id).toMatch(/^\w{17}$/);
    expect(await toCollection('').findOne({ _id: id })).toEqual({
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
    expect(await toCollection('.files').findOne({ _id: id })).toMatchObject({ length: photo.length, metadata: { contentType: 'image/jpeg' } });
    const stored = await readBytes(id);
    expect(stored.equals(photo)).toBe(true);
    expect(await sharp(stored).metadata()).toMatchObject({ format: 'jpeg', width: 200, height: 200 });
  });

  it('a picture of several chunks is read back whole', async () => {
    const image = Buffer.alloc(700_000, 'photo');
    expect((await readBytes(await store.write(toFile(ANN, 'e1', image)))).equals(image)).toBe(true);
  });

  it('the old file stays until the others are removed', async () => {
    const old = await store.write(toFile(ANN, 'e1'));
    const fresh = await store.write(toFile(ANN, 'e2'));
    await expectOnly(old, fresh);
    expect((await readBytes(old)).length).toBe(photo.length);
  });

  it('a failed upload leaves nothing behind', async () => {
    const files = toCollection('.files');
    const uploaded = await store.write(toFile(BOB));
    await files.createIndex({ 'metadata.contentType': 1 }, { unique: true });
    try {
      await expect(store.write(toFile(ANN))).rejects.toMatchObject({ code: 11000 });
    } finally {
      await files.dropIndex('metadata.contentType_1');
    }
    await expectOnly(uploaded);
  });
});

describe('removing the others', () => {
  it("the user's older files go, with their bytes, and the kept one stays", async () => {
    await store.write(toFile(ANN, 'e1'));
    await leave({ _id: 'byRocketChat', userId: ANN.userId, name: 'ann', etag: 'x', complete: true, uploadedAt: new Date(now.getTime() + HOUR_MS) });
    await leave({ _id: 'renamedSince', userId: ANN.userId, name: 'ann.old' });
    await leave({ _id: 'withoutUserId', name: 'ann' });
    const kept = await store.write(toFile(ANN, 'e2'));
    await store.removeOthers(ANN, kept);
    await expectOnly(kept);
    expect((await readBytes(kept)).equals(photo)).toBe(true);
  });

  it("another user's file stays, even one that carries the user's name", async () => {
    const bobs = await store.write(toFile(BOB));
    const namesake = await leave({ _id: 'namesake', userId: 'carolCarolCarol23', name: 'ann', complete: true });
    const kept = await store.write(toFile(ANN));
    await store.removeOthers(ANN, kept);
    await expectOnly(bobs, namesake, kept);
  });

  it('pictures of rooms and of address-book contacts stay', async () => {
    const room = await leave({ _id: 'room', name: 'ann', rid: 'GENERAL' });
    const contact = await leave({ _id: 'contact', name: 'Aunt', userId: ANN.userId, contactId: 'c1', complete: true });
    const external = await leave({ _id: 'external', name: 'Uncle', userId: ANN.userId, externalId: 'x1', complete: true });
    const kept = await store.write(toFile(ANN));
    await store.removeOthers(ANN, kept);
    await expectOnly(room, contact, external, kept);
  });

  it('an upload that Rocket.Chat has just begun stays', async () => {
    const nameless = await leave({ _id: 'begun', userId: ANN.userId, type: 'image/png', size: 9 });
    const uploading = await leave({ _id: 'old-begun', userId: ANN.userId, name: 'ann', uploading: true, uploadedAt: now });
    const kept = await store.write(toFile(ANN));
    await store.removeOthers(ANN, kept);
    await expectOnly(nameless, uploading, kept);
  });

  it('nothing is removed when the file to keep is gone or is not the user’s', async () => {
    const anns = await store.write(toFile(ANN));
    const bobs = await store.write(toFile(BOB));
    await store.removeOthers(ANN, 'gone');
    await store.removeOthers(ANN, bobs);
    await expectOnly(anns, bobs);
  });

  it('removing twice is as good as once', async () => {
    await store.write(toFile(ANN, 'e1'));
    const kept = await store.write(toFile(ANN, 'e2'));
    await store.removeOthers(ANN, kept);
    await store.removeOthers(ANN, kept);
    await expectOnly(kept);
  });
});

describe('two runs at once', () => {
  it.each([
    ['at the same moment', 0],
    ['one after the other', 5],
  ])('the user keeps exactly one readable file, written %s', async (_when, gapMs) => {
    const other = createGridFsAvatarStore({ connection: database.connection, clock: () => new Date(now.getTime() + gapMs) });
    const [mine, theirs] = await Promise.all([store.write(toFile(ANN)), other.write(toFile(ANN))]);
    await Promise.all([store.removeOthers(ANN, mine), other.removeOthers(ANN, theirs)]);
    const { documents } = await toTraces();
    expect(documents).toHaveLength(1);
    await expectOnly(...documents);
    expect((await readBytes(documents[0] ?? '')).equals(photo)).toBe(true);
  });

  it('a run whose file the other is just removing removes nothing', async () => {
    const theirs = await store.write(toFile(ANN));
    const mine = await leave({ _id: 'mine', name: toParkedName(ANN.userId), complete: false, uploading: false, uploadedAt: now });
    await store.removeOthers(ANN, mine);
    await expectOnly(theirs, mine);
  });
});

describe('a crash', () => {
  const parked = { name: toParkedName(ANN.userId), store: 'GridFS:Avatars', complete: false };

  it.each([
    ['before the first byte', []],
    ['in the middle of the bytes', ['.chunks']],
    ['after the last byte', ['.files', '.chunks']],
  ])('%s of an upload leaves what the next removal deletes an hour later', async (_when, parts) => {
    const orphan = await leave({ _id: 'orphan', ...parked, uploading: true, uploadedAt: now }, parts);
    const kept = await store.write(toFile(ANN));
    now = new Date(now.getTime() + HOUR_MS);
    await store.removeOthers(ANN, kept);
    expect((await toTraces()).documents).toContain(orphan);
    now = new Date(now.getTime() + 1);
    await store.removeOthers(ANN, kept);
    await expectOnly(kept);
  });

  it('between the steps of a removal leaves what the next removal deletes at once', async () => {
    await leave({ _id: 'parked', ...parked, uploading: false, uploadedAt: now }, ['.chunks']);
    const kept = await store.write(toFile(ANN));
    await store.removeOthers(ANN, kept);
    await expectOnly(kept);
  });

  it('between writing and removing leaves the old file, which the next run deletes', async () => {
    await store.write(toFile(ANN, 'e1'));
    await store.write(toFile(ANN, 'e1'));
    now = new Date(now.getTime() + 1);
    const kept = await store.write(toFile(ANN, 'e1'));
    await store.removeOthers(ANN, kept);
    await expectOnly(kept);
  });
});

describe('renaming', () => {
  it("the user's files follow the new name, nobody else's do", async () => {
    const anns = await store.write(toFile(ANN));
    const bobs = await store.write(toFile(BOB));
    await leave({ _id: 'contact', name: 'Aunt', userId: ANN.userId, contactId: 'c1' });
    now = new Date(now.getTime() + HOUR_MS);
    await store.rename(ANN.userId, 'ann.smith');
    const names = await toCollection('').find({}, { projection: { name: 1, _updatedAt: 1 } }).toArray();
    expect(names).toContainEqual({ _id: anns, name: 'ann.smith', _updatedAt: now });
    expect(names).toContainEqual({ _id: bobs, name: 'bob', _updatedAt: new Date(now.getTime() - HOUR_MS) });
    expect(names).toContainEqual({ _id: 'contact', name: 'Aunt' });
    expect((await readBytes(anns)).equals(photo)).toBe(true);
  });

  it('a file that is still coming stays out of sight', async () => {
    await leave({ _id: 'coming', name: toParkedName(ANN.userId), uploading: true, uploadedAt: now });
    await store.rename(ANN.userId, 'ann.smith');
    expect(await toCollection('').findOne({ _id: 'coming' })).toMatchObject({ name: toParkedName(ANN.userId) });
  });
});

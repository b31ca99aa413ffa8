import { createGridFsAvatarStore, type AvatarFile, type AvatarStore } from '../../lib/sync/avatar-store.js';
import { toParkedName } from '../../lib/sync/outdated-avatars.js';
import { createAvatarTraces, type AvatarTraces } from '../setup/avatar-traces.js';
import { openTestDatabase } from '../setup/mongo.js';

const HOUR_MS = 60 * 60 * 1_000;
const ANN = { userId: 'annAnnAnnAnnAnn23', username: 'ann' };
const PHOTO: AvatarFile = { ...ANN, image: Buffer.from('a photo'), etag: 'e1', type: 'image/jpeg' };

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let traces: AvatarTraces;
let now: Date;
let store: AvatarStore;

beforeAll(async () => {
  database = await openTestDatabase();
  traces = createAvatarTraces(database.connection);
});
afterAll(() => database.close());

beforeEach(async () => {
  await traces.clear();
  now = new Date('2026-03-01T12:00:00Z');
  store = createGridFsAvatarStore({ connection: database.connection, clock: () => now });
});

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

  it('is known to whoever takes over: what the dead run was uploading is nobody’s from then on, and goes with the next picture', async () => {
    const orphan = await traces.leave({ _id: 'orphan', ...parked, uploading: true, uploadedAt: now });
    await store.removeSuperseded?.();
    // So the last step of the upload, should it still arrive, shows nothing.
    expect(await traces.collection('').findOne({ _id: orphan, uploading: true })).toBeNull();
    const kept = await store.write(PHOTO);
    await store.removeOthers(ANN, kept);
    await traces.expectOnly(kept);
  });

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

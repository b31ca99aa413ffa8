import sharp from 'sharp';
import { createGridFsPhotoFiles } from '../../../lib/sync/avatars/gridfs-photo-files.js';
import type { AvatarFile } from '../../../lib/sync/avatars/host-store.js';
import { toParkedName } from '../../../lib/sync/avatars/parked-photo.js';
import { createPhotoDecoder } from '../../../lib/sync/avatars/photo-decoder.js';
import type { AdoptedFile, PhotoFiles, ReplacedFiles } from '../../../lib/sync/avatars/photo-files.js';
import { preparePhoto } from '../../../lib/sync/avatars/photo.js';
import type { Transact } from '../../../lib/sync/run/transaction.js';
import { createAvatarTraces, type AvatarTraces } from '../../setup/avatar-traces.js';
import { takeOver } from '../../setup/fenced-transactions.js';
import { openTestDatabase } from '../../setup/mongo.js';

const HOUR_MS = 60 * 60 * 1_000;
const ANN = { userId: 'annAnnAnnAnnAnn23', username: 'ann' };
const BOB = { userId: 'bobBobBobBobBob23', username: 'bob' };

let photo: Buffer;
let database: Awaited<ReturnType<typeof openTestDatabase>>;
let traces: AvatarTraces;
let now: Date;
let photos: PhotoFiles;
let transact: Transact;

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
  photos = createGridFsPhotoFiles({ connection: database.connection, clock: () => now });
  transact = await takeOver(database.connection);
});

const toFile = (owner: typeof ANN, etag = 'e1', image = photo): AvatarFile => ({
  ...owner,
  image,
  etag,
  type: 'image/jpeg',
});

/** Puts files and shows them in one transaction; nothing is deleted yet. */
async function show(...files: readonly AvatarFile[]): Promise<readonly ReplacedFiles[]> {
  const adopted: AdoptedFile[] = [];
  for (const avatar of files) adopted.push({ fileId: await photos.put(avatar), avatar });
  let replaced: readonly ReplacedFiles[] = [];
  await transact(async (tx) => {
    replaced = await photos.adopt(adopted, tx);
  });
  return replaced;
}
/** As `show`, for one file; gives its id. */
async function showOne(file: AvatarFile): Promise<string> {
  const [shown] = await show(file);
  return shown?.adopted.fileId ?? '';
}
/** Shows a file and deletes what it replaces; gives its id. */
async function replaceBy(file: AvatarFile): Promise<string> {
  const replaced = await show(file);
  await photos.removeReplaced(replaced);
  return replaced[0]?.adopted.fileId ?? '';
}
const document = (id: string) => traces.collection('').findOne({ _id: id });
/** What Rocket.Chat serves as somebody's picture. */
const served = async (owner: typeof ANN): Promise<string[]> =>
  (
    await traces
      .collection('')
      .find({ $or: [{ userId: owner.userId }, { name: owner.username }] })
      .toArray()
  ).map(({ _id }) => _id);

describe('a photo of GridFS', () => {
  it("has Rocket.Chat's shape once it is adopted, and its bytes lie in the bucket under its id", async () => {
    const id = await showOne(toFile(ANN));
    expect(id).toMatch(/^\w{17}$/);
    expect(await document(id)).toEqual({
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

  it('is read back whole when it has several chunks', async () => {
    const image = Buffer.alloc(700_000, 'photo');
    expect((await traces.read(await showOne(toFile(ANN, 'e1', image)))).equals(image)).toBe(true);
  });

  it('leaves nothing behind when its upload fails', async () => {
    const files = traces.collection('.files');
    const uploaded = await showOne(toFile(BOB));
    await files.createIndex({ 'metadata.contentType': 1 }, { unique: true });
    try {
      await expect(photos.put(toFile(ANN))).rejects.toMatchObject({ code: 11000 });
    } finally {
      await files.dropIndex('metadata.contentType_1');
    }
    await traces.expectOnly(uploaded);
  });

  it('that is not wanted after all goes, unless it has been adopted', async () => {
    const shown = await showOne(toFile(BOB));
    await photos.discard([await photos.put(toFile(ANN)), shown]);
    await traces.expectOnly(shown);
  });

  it('that was deleted before it is adopted aborts the transaction, which says so', async () => {
    const old = await showOne(toFile(ANN, 'e1'));
    const bobs = { fileId: await photos.put(toFile(BOB)), avatar: toFile(BOB) };
    const gone = { fileId: await photos.put(toFile(ANN, 'e2')), avatar: toFile(ANN, 'e2') };
    await photos.discard([gone.fileId]);
    const adopting = transact(async (tx) => {
      await photos.adopt([bobs, gone], tx);
    });
    await expect(adopting).rejects.toMatchObject({ name: 'PhotoGoneError', fileIds: [gone.fileId] });
    expect([await served(ANN), await served(BOB)]).toEqual([[old], []]);
  });

  it('that is given up cannot be adopted any more, though it is not deleted yet', async () => {
    const parked = { name: toParkedName(ANN.userId), complete: false, uploading: false };
    const fileId = await traces.leave({ _id: 'given-up', ...parked });
    const adopting = transact(async (tx) => {
      await photos.adopt([{ fileId, avatar: toFile(ANN) }], tx);
    });
    await expect(adopting).rejects.toMatchObject({ fileIds: [fileId] });
  });

  it('is adopted for its owner only', async () => {
    const fileId = await photos.put(toFile(ANN));
    const adopting = transact(async (tx) => {
      await photos.adopt([{ fileId, avatar: toFile(BOB) }], tx);
    });
    await expect(adopting).rejects.toThrow('photos were deleted');
  });

  it('is adopted with hundreds of others, each for its owner', async () => {
    const owners = Array.from({ length: 260 }, (_, n) => ({ userId: `user${n}`, username: `name${n}` }));
    for (const { userId, username } of owners) {
      await traces.leave({ _id: `old-${username}`, userId, name: username, complete: true });
      await traces.leave({ _id: `nameless-${username}`, name: username, complete: true });
    }
    const replaced = await show(
      ...owners.map((owner) => toFile(owner, owner.username, Buffer.from('photo'))),
    );
    expect(replaced.map(({ parked }) => parked)).toEqual(
      owners.map(({ username }) => [`old-${username}`, `nameless-${username}`]),
    );
    await photos.removeReplaced(replaced);
    await traces.expectOnly(...replaced.map(({ adopted }) => adopted.fileId));
    const [last] = await served({ userId: 'user259', username: 'name259' });
    expect(await document(last ?? '')).toMatchObject({ etag: 'name259' });
  });
});

describe('what a photo replaces', () => {
  it('stays whole, but is served to nobody, until it is deleted after the commit', async () => {
    const old = await showOne(toFile(ANN, 'e1'));
    const [replaced] = await show(toFile(ANN, 'e2'));
    const kept = replaced?.adopted.fileId ?? '';
    expect(replaced?.parked).toEqual([old]);
    expect(await served(ANN)).toEqual([kept]);
    expect((await traces.read(old)).length).toBe(photo.length);
    await photos.removeReplaced(replaced ? [replaced] : []);
    await traces.expectOnly(kept);
  });

  it("is all of the user's older pictures, with their bytes", async () => {
    await showOne(toFile(ANN, 'e1'));
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
    const kept = await replaceBy(toFile(ANN, 'e2'));
    await traces.expectOnly(kept);
    expect((await traces.read(kept)).equals(photo)).toBe(true);
  });

  it("is never another user's, even if it carries the user's name", async () => {
    const bobs = await showOne(toFile(BOB));
    const namesake = await traces.leave({
      _id: 'namesake',
      userId: 'carolCarolCarol23',
      name: 'ann',
      complete: true,
    });
    await traces.expectOnly(bobs, namesake, await replaceBy(toFile(ANN)));
  });

  it('is no picture of a room or of an address-book contact', async () => {
    const room = await traces.leave({ _id: 'room', name: 'ann', rid: 'GENERAL' });
    const contact = { name: 'Aunt', userId: ANN.userId, complete: true };
    const others = [
      await traces.leave({ _id: 'contact', ...contact, contactId: 'c1' }),
      await traces.leave({ _id: 'external', ...contact, externalId: 'x1' }),
    ];
    await traces.expectOnly(room, ...others, await replaceBy(toFile(ANN)));
  });

  it('is no upload that Rocket.Chat has just begun, but one that was cut off an hour ago', async () => {
    const nameless = await traces.leave({ _id: 'begun', userId: ANN.userId, type: 'image/png', size: 9 });
    const upload = { userId: ANN.userId, name: 'ann', uploading: true, uploadedAt: now };
    const uploading = await traces.leave({ _id: 'old-begun', ...upload });
    const first = await replaceBy(toFile(ANN));
    await traces.expectOnly(nameless, uploading, first);
    now = new Date(now.getTime() + HOUR_MS + 1);
    await traces.expectOnly(nameless, await replaceBy(toFile(ANN)));
  });

  it('can be deleted twice', async () => {
    await showOne(toFile(ANN, 'e1'));
    const replaced = await show(toFile(ANN, 'e2'));
    await photos.removeReplaced(replaced);
    await photos.removeReplaced(replaced);
    await traces.expectOnly(replaced[0]?.adopted.fileId ?? '');
  });

  it('is not deleted where somebody has made it a picture again', async () => {
    const old = await showOne(toFile(ANN, 'e1'));
    const replaced = await show(toFile(ANN, 'e2'));
    await traces
      .collection('')
      .updateOne({ _id: old }, { $set: { name: 'ann', userId: ANN.userId, complete: true } as object });
    await photos.removeReplaced(replaced);
    await traces.expectOnly(old, replaced[0]?.adopted.fileId ?? '');
  });
});

describe('a renaming', () => {
  const rename = (username: string) =>
    transact((tx) => photos.rename([{ userId: ANN.userId, username }], tx));

  it("gives the user's pictures the new name, and nobody else's", async () => {
    const anns = await showOne(toFile(ANN));
    const bobs = await showOne(toFile(BOB));
    await traces.leave({ _id: 'contact', name: 'Aunt', userId: ANN.userId, contactId: 'c1' });
    const before = now;
    now = new Date(now.getTime() + HOUR_MS);
    await rename('ann.smith');
    expect(await document(anns)).toMatchObject({ name: 'ann.smith', _updatedAt: now });
    expect(await document(bobs)).toMatchObject({ name: 'bob', _updatedAt: before });
    expect(await document('contact')).toEqual({
      _id: 'contact',
      name: 'Aunt',
      userId: ANN.userId,
      contactId: 'c1',
    });
    expect((await traces.read(anns)).equals(photo)).toBe(true);
  });

  it('lets two users swap their names', async () => {
    const [anns, bobs] = [await showOne(toFile(ANN)), await showOne(toFile(BOB))];
    await transact((tx) =>
      photos.rename(
        [
          { userId: ANN.userId, username: 'bob' },
          { userId: BOB.userId, username: 'ann' },
        ],
        tx,
      ),
    );
    expect(await document(anns)).toMatchObject({ name: 'bob' });
    expect(await document(bobs)).toMatchObject({ name: 'ann' });
  });

  it('writes nothing where the picture has the name already, and nothing for nobody', async () => {
    const anns = await showOne(toFile(ANN));
    const before = now;
    now = new Date(now.getTime() + HOUR_MS);
    await rename('ann');
    await transact((tx) => photos.rename([], tx));
    expect(await document(anns)).toMatchObject({ _updatedAt: before });
  });

  it('leaves a photo out of sight that is still to be adopted', async () => {
    const coming = await photos.put(toFile(ANN));
    await rename('ann.smith');
    expect(await document(coming)).toMatchObject({ name: toParkedName(ANN.userId) });
  });
});

describe('a run that is killed', () => {
  it('before the commit leaves the old picture served and whole, and the new one to the next run', async () => {
    const old = await showOne(toFile(ANN, 'e1'));
    const avatar = toFile(ANN, 'e2');
    const fileId = await photos.put(avatar);
    const session = database.connection.getClient().startSession();
    session.startTransaction();
    await photos.adopt([{ fileId, avatar }], session);
    await photos.rename([{ userId: ANN.userId, username: 'other' }], session);
    expect(await served(ANN)).toEqual([old]);
    await session.abortTransaction();
    await session.endSession();
    expect(await served(ANN)).toEqual([old]);
    expect((await traces.read(old)).equals(photo)).toBe(true);
    await photos.discardAbandoned(await takeOver(database.connection));
    await traces.expectOnly(old);
  });

  it('after the commit leaves the new picture served, and the next run deletes the old one', async () => {
    await showOne(toFile(ANN, 'e1'));
    const kept = await showOne(toFile(ANN, 'e2'));
    expect(await served(ANN)).toEqual([kept]);
    await photos.discardAbandoned(await takeOver(database.connection));
    await traces.expectOnly(kept);
  });

  const parked = { name: toParkedName(ANN.userId), store: 'GridFS:Avatars', complete: false };
  it.each([
    ['before the first byte of a photo', true, []],
    ['in the middle of the bytes', true, ['.chunks']],
    ['after the last byte', true, ['.files', '.chunks']],
    ['while it deletes bytes', false, ['.chunks']],
    ['before it deletes a document', false, []],
  ] as const)('%s leaves what the next run deletes at its start', async (_when, uploading, parts) => {
    const begun = await traces.leave({ _id: 'begun', userId: BOB.userId, type: 'image/png', size: 9 });
    const anns = await showOne(toFile(ANN));
    await traces.leave({ _id: 'orphan', ...parked, uploading, uploadedAt: now }, parts);
    await photos.discardAbandoned(transact);
    await traces.expectOnly(begun, anns);
  });
});

describe('two hosts', () => {
  const another = () =>
    createGridFsPhotoFiles({ connection: database.connection, clock: () => new Date(now.getTime() + 5) });

  it('that show the same photo one after the other leave the user one readable file', async () => {
    const avatar = toFile(ANN, 'e1', Buffer.from('a photo'));
    const [mine, theirs] = await Promise.all([photos.put(avatar), another().put(avatar)]);
    const replaced: ReplacedFiles[] = [];
    for (const fileId of [theirs, mine]) {
      await transact(async (tx) => {
        replaced.push(...(await photos.adopt([{ fileId, avatar }], tx)));
      });
    }
    await photos.removeReplaced(replaced.toReversed());
    await traces.expectOnly(mine);
    expect((await traces.read(mine)).equals(avatar.image)).toBe(true);
  });

  it('do not delete what the newer one has put or shown: the other slept after its commit', async () => {
    const old = await showOne(toFile(ANN, 'e1'));
    const slept = await show(toFile(ANN, 'e2'));
    transact = await takeOver(database.connection);
    const newer = another();
    await newer.discardAbandoned(transact);
    await traces.expectOnly(slept[0]?.adopted.fileId ?? '');
    const avatar = toFile(ANN, 'e3');
    const fileId = await newer.put(avatar);
    const coming = await newer.put(toFile(BOB));
    let replaced: readonly ReplacedFiles[] = [];
    await transact(async (tx) => {
      replaced = await newer.adopt([{ fileId, avatar }], tx);
    });
    await photos.removeReplaced(slept);
    await photos.removeReplaced([{ adopted: { fileId, avatar }, parked: [fileId, coming, old] }]);
    await newer.removeReplaced(replaced);
    await traces.expectOnly(fileId, coming);
    expect((await traces.read(fileId)).equals(photo)).toBe(true);
  });

  it('do not give up what the newer one is about to show: the other slept before it cleared away', async () => {
    const slept = transact;
    transact = await takeOver(database.connection);
    const coming = await photos.put(toFile(ANN));
    await expect(photos.discardAbandoned(slept)).rejects.toThrow('fenced off');
    expect(await document(coming)).toMatchObject({ uploading: true });
    await transact(async (tx) => {
      await photos.adopt([{ fileId: coming, avatar: toFile(ANN) }], tx);
    });
    await traces.expectOnly(coming);
  });

  it('leave nothing of a photo whose upload outlasts its host’s lease', async () => {
    // The other clears away as soon as there is a document, while the bytes are still coming.
    const upload = new AbortController();
    const clearing = (async () => {
      while (!upload.signal.aborted && !(await traces.collection('').findOne({})));
      await photos.discardAbandoned(transact);
    })();
    const image = Buffer.alloc(16_000_000, 'photo');
    const [uploaded] = await Promise.allSettled([another().put(toFile(ANN, 'e1', image))]);
    upload.abort();
    await clearing;
    if (uploaded.status === 'fulfilled') await photos.discard([uploaded.value]);
    await traces.expectOnly();
  });
});

describe('a picture that is taken down', () => {
  const takeDown = async (isCommitted = true) => {
    let takenDown: Awaited<ReturnType<PhotoFiles['takeDown']>> = [];
    await transact(async (tx) => {
      takenDown = await photos.takeDown([ANN], tx);
      if (!isCommitted) throw new Error('aborted');
    }).catch(() => undefined);
    return takenDown;
  };

  it('is parked in the transaction, and deleted after it with its bytes; those of others stay', async () => {
    const [anns, bobs] = [await showOne(toFile(ANN)), await showOne(toFile(BOB))];
    const takenDown = await takeDown();
    expect(takenDown).toEqual([{ owner: ANN, parked: [anns] }]);
    expect(await document(anns)).toMatchObject({ name: `parked-avatar:${ANN.userId}`, uploading: false });
    await photos.removeTakenDown(takenDown);
    await photos.removeTakenDown(takenDown);
    await traces.expectOnly(bobs);
  });

  it('stays as it is when the transaction is not committed', async () => {
    const anns = await showOne(toFile(ANN));
    await photos.removeTakenDown(await takeDown(false));
    await photos.removeTakenDown([{ owner: ANN, parked: [anns] }]);
    expect(await document(anns)).toMatchObject({ name: ANN.username });
    await traces.expectOnly(anns);
  });
});

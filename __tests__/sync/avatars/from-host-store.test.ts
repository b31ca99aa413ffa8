import { fromHostStore } from '../../../lib/sync/avatars/from-host-store.js';
import type { AvatarFile, AvatarStore } from '../../../lib/sync/avatars/host-store.js';

const ANN: AvatarFile = {
  userId: 'u1',
  username: 'ann',
  image: Buffer.from('a photo'),
  etag: 'e1',
  type: 'image/jpeg',
};

/** A host's place that remembers what was asked of it. */
function createPlace() {
  const calls: unknown[][] = [];
  const store: AvatarStore = {
    write: (...call) => Promise.resolve(`file${calls.push(['write', ...call])}`),
    removeOthers: async (...call) => void calls.push(['removeOthers', ...call]),
    rename: async (...call) => void calls.push(['rename', ...call]),
  };
  return { calls, photos: fromHostStore(store) };
}

describe('a host’s own place of avatars', () => {
  it('gets a file before the transaction, and the order to remove the others after it', async () => {
    const { calls, photos } = createPlace();
    const fileId = await photos.put(ANN);
    const replaced = await photos.adopt([{ fileId, avatar: ANN }], undefined);
    expect(calls).toEqual([['write', ANN]]);
    await photos.removeReplaced(replaced);
    expect(calls.slice(1)).toEqual([['removeOthers', { userId: 'u1', username: 'ann' }, 'file1']]);
  });

  it('is told a new name after the transaction only, since the transaction may be aborted', async () => {
    const { calls, photos } = createPlace();
    const owners = [{ userId: 'u1', username: 'ann.smith' }];
    await photos.rename(owners, undefined);
    expect(calls).toEqual([]);
    await photos.renamed(owners);
    expect(calls).toEqual([['rename', 'u1', 'ann.smith']]);
  });

  it('is asked for nobody’s picture any more after the transaction that takes the photo away', async () => {
    const { calls, photos } = createPlace();
    const takenDown = await photos.takeDown([{ userId: 'u1', username: 'ann' }], undefined);
    expect(calls).toEqual([]);
    await photos.removeTakenDown(takenDown);
    expect(calls).toEqual([['removeOthers', { userId: 'u1', username: 'ann' }, '']]);
  });

  it('is not asked to delete anything but what a shown file replaces', async () => {
    const { calls, photos } = createPlace();
    await photos.discard(['file1']);
    await photos.discardAbandoned(() => Promise.reject(new Error('no transaction is needed')));
    expect(calls).toEqual([]);
  });
});

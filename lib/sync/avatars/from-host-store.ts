import type { AvatarStore } from './host-store.js';
import type { PhotoFiles } from './photo-files.js';

/**
 * The photos of a host that keeps them in a place of its own. What is parked and what is abandoned is the
 * place's own affair: its `removeOthers` deletes all but the file that is kept.
 */
export function fromHostStore(store: AvatarStore): PhotoFiles {
  return {
    put: (avatar) => store.write(avatar),
    adopt: (files) => Promise.resolve(files.map((adopted) => ({ adopted, parked: [] }))),
    takeDown: (owners) => Promise.resolve(owners.map((owner) => ({ owner, parked: [] }))),
    rename: () => Promise.resolve(),

    async renamed(owners) {
      for (const { userId, username } of owners) await store.rename(userId, username);
    },

    async removeTakenDown(takenDown) {
      for (const { owner } of takenDown) await store.removeOthers(owner, '');
    },

    async removeReplaced(replaced) {
      for (const { adopted } of replaced) {
        const { userId, username } = adopted.avatar;
        await store.removeOthers({ userId, username }, adopted.fileId);
      }
    },

    discard: () => Promise.resolve(),
    discardAbandoned: () => Promise.resolve(),
  };
}

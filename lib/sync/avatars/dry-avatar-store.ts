import type { AvatarStore } from './avatar-store.js';

/** Takes everything and keeps nothing: the avatars of a preview. */
export function createDryAvatarStore(): AvatarStore {
  return {
    write: () => Promise.resolve(''),
    removeOthers: () => Promise.resolve(),
    rename: () => Promise.resolve(),
  };
}

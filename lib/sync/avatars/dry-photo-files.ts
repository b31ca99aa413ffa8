import type { PhotoFiles } from './photo-files.js';

/** Takes everything and keeps nothing: the photos of a preview. */
export function createDryPhotoFiles(): PhotoFiles {
  return {
    put: () => Promise.resolve(''),
    adopt: () => Promise.resolve([]),
    takeDown: () => Promise.resolve([]),
    removeTakenDown: () => Promise.resolve(),
    rename: () => Promise.resolve(),
    renamed: () => Promise.resolve(),
    removeReplaced: () => Promise.resolve(),
    discard: () => Promise.resolve(),
    discardAbandoned: () => Promise.resolve(),
  };
}

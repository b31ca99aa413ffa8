import type { DirectoryEntry } from '../directory/directory.js';
import type { MappingSettings } from '../settings/sync-settings.js';
import { mayRead } from './effective-rights.js';
import { findAnswers } from './find-attribute.js';

/** `droppedBytes`: the photo was too large to be kept. */
export type DirectoryPhoto = ReadPhoto | { readonly droppedBytes: number };

interface ReadPhoto {
  /** A view on the received page. */
  readonly bytes: Buffer;
  /** Where there are several: all of them, the one to take first. */
  readonly all?: readonly Buffer[];
  /** The photos of the attributes that come after, for when none of these can be used. */
  readonly others?: readonly (readonly Buffer[])[];
}

/**
 * Whether photos were asked for, and an entry without one shows by that that there is none, as far as can be
 * known.
 */
export function showsPhotos(
  entry: DirectoryEntry,
  { photoAttributes, stateReading }: Pick<MappingSettings, 'photoAttributes' | 'stateReading'>,
): boolean {
  return (
    photoAttributes.length > 0 &&
    // A server that tells what may be read is believed.
    (stateReading !== 'by-rights' || photoAttributes.some((name) => mayRead(entry, name)))
  );
}

/** The photo of the first attribute that has one that was read; of several, the one whose bytes sort first. */
export function toPhoto(entry: DirectoryEntry, attributes: readonly string[]): DirectoryPhoto | undefined {
  let dropped: DirectoryPhoto | undefined;
  const found: (readonly Buffer[])[] = [];
  for (const name of attributes) {
    for (const { values, droppedBytes } of findAnswers(entry, name)) {
      const all = values.filter(({ length }) => length > 0);
      if (all.length > 1) all.sort(Buffer.compare);
      if (all.length > 0) {
        found.push(all);
        break;
      }
      if (droppedBytes !== undefined) dropped ??= { droppedBytes };
    }
  }
  const [all = [], ...others] = found;
  const [bytes] = all;
  if (!bytes) return dropped;
  return { bytes, ...(all.length > 1 ? { all } : {}), ...(others.length > 0 ? { others } : {}) };
}

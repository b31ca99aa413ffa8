import { isUtf8 } from 'node:buffer';
import type { DirectoryEntry, EntryAttribute } from '../directory/directory.js';
import { isTagged } from '../mapping/find-attribute.js';
import { toRequestedAttributes } from '../mapping/map-entry.js';
import { showInvisible } from '../invisible-characters.js';
import type { MappingSettings } from '../settings/sync-settings.js';
import { toPhotoHash } from '../sync/avatars/avatar-decision.js';

/**
 * Text, with what is invisible written out (`<U+200B>`); bytes that are no text; what is a photo or large, by its SHA-256 (hex) and size; what was too large
 * to be read.
 */
export type ShownValue =
  | string
  | { readonly hex: string }
  | { readonly sha256: string; readonly bytes: number }
  | { readonly bytes: number };

/** A list rather than an object by name: attribute names are hostile input, and `__proto__` is one. */
export interface ShownEntry {
  readonly dn: string;
  /** `omitted`: so many values more than are shown. */
  readonly attributes: readonly {
    readonly name: string;
    readonly values: readonly ShownValue[];
    readonly omitted?: number;
  }[];
}

const MAX_VALUES = 50;
const MAX_VALUE_BYTES = 1_024;
const MAX_NAME = 256;
/** A photo is one whichever of these it is mapped from, even while photos are not synced. */
const PHOTO_NAME = /^(?:jpegphoto|thumbnailphoto|photo)(?:;|$)/;
// eslint-disable-next-line no-control-regex -- a text with these is not shown as one
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * The entry with the attributes a sync asks for, whatever else the server sent. Everything that is said is
 * said of this one.
 */
export function toAllowedEntry({ dn, attributes }: DirectoryEntry, mapping: MappingSettings): DirectoryEntry {
  const keys = toRequestedAttributes(mapping).map((name) => name.toLowerCase());
  const allowed = new Map<string, EntryAttribute>();
  for (const key of keys) {
    const found = attributes.get(key);
    if (found) allowed.set(key, found);
    for (const [other, answer] of attributes) if (isTagged(other, key)) allowed.set(other, answer);
  }
  return { dn, attributes: allowed };
}

/** An entry as JSON. `entry` holds allowed attributes only. */
export function toShownEntry(
  { dn, attributes }: DirectoryEntry,
  { photoAttributes }: MappingSettings,
): ShownEntry {
  const photos = new Set(photoAttributes.map((name) => name.toLowerCase()));
  const shown = [...attributes].map(([key, { name, values, droppedBytes, droppedValues = 0 }]) => {
    const isPhoto = photos.has(key) || PHOTO_NAME.test(key);
    const texts: ShownValue[] = values.slice(0, MAX_VALUES).map((value) => toShownValue(value, isPhoto));
    if (droppedBytes !== undefined) texts.push({ bytes: droppedBytes });
    const omitted = Math.max(0, values.length - MAX_VALUES) + droppedValues;
    return { name: name.slice(0, MAX_NAME), values: texts, ...(omitted > 0 ? { omitted } : {}) };
  });
  return { dn, attributes: shown };
}

function toShownValue(value: Buffer, isPhoto: boolean): ShownValue {
  if (isPhoto || value.length > MAX_VALUE_BYTES) return { sha256: toPhotoHash(value), bytes: value.length };
  const text = isUtf8(value) ? value.toString('utf8') : undefined;
  return text === undefined || CONTROL_CHARACTER.test(text)
    ? { hex: value.toString('hex') }
    : showInvisible(text);
}

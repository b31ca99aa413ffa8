import type { RemovalKind } from '../../../../models/removal-kind.js';
import { CLEAR } from './clear.js';
import { DEACTIVATE } from './deactivate.js';
import { MERGE } from './merge.js';
import type { RemovalKindDefinition } from './removal-kind.js';
import { PHOTO } from './photo.js';
import { REACTIVATE } from './reactivate.js';
import { RELEASE } from './release.js';
import { RELINK } from './relink.js';
import { RENAME } from './rename.js';

/**
 * Every kind, in the order in which they are carried out. Whoever goes on under another id does so first:
 * then nobody is switched off as missing under the old one. Another user may wait for a name or an address
 * that is given up. Whoever is connected with an entry is there before anybody is switched on or off. An
 * administrator who comes back is there before another is switched off, who else would be the last.
 */
export const KINDS: Readonly<Record<RemovalKind, RemovalKindDefinition>> = {
  relink: RELINK,
  release: RELEASE,
  rename: RENAME,
  clear: CLEAR,
  photo: PHOTO,
  merge: MERGE,
  reactivate: REACTIVATE,
  deactivate: DEACTIVATE,
};

export const KINDS_IN_ORDER = Object.keys(KINDS) as readonly RemovalKind[];

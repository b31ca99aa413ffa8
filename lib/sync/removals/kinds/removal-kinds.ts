import type { RemovalKind } from '../../../../models/removal-kind.js';
import { CLEAR } from './clear.js';
import { DEACTIVATE } from './deactivate.js';
import { MEMBERSHIP } from './membership.js';
import { MERGE } from './merge.js';
import type { RemovalKindDefinition } from './removal-kind.js';
import { PHOTO } from './photo.js';
import { REACTIVATE } from './reactivate.js';
import { RELEASE } from './release.js';
import { RELINK } from './relink.js';
import { RENAME } from './rename.js';

/**
 * Every kind, in the order in which they are carried out. A change of the id comes first, so that nobody is
 * switched off as missing under the old id. A name or an address is given up before another user gets it.
 * Accounts are connected before anybody is switched on or off. An administrator comes back before another one
 * is switched off, who would else be the last and stay on.
 */
export const KINDS: Readonly<Record<RemovalKind, RemovalKindDefinition>> = {
  relink: RELINK,
  release: RELEASE,
  rename: RENAME,
  clear: CLEAR,
  photo: PHOTO,
  membership: MEMBERSHIP,
  merge: MERGE,
  reactivate: REACTIVATE,
  deactivate: DEACTIVATE,
};

export const KINDS_IN_ORDER = Object.keys(KINDS) as readonly RemovalKind[];

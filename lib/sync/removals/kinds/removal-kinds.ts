import type { RemovalKind } from '../../../../models/removal-kind.js';
import { CLEAR } from './clear.js';
import { DEACTIVATE } from './deactivate.js';
import type { RemovalKindDefinition } from './removal-kind.js';
import { PHOTO } from './photo.js';
import { REACTIVATE } from './reactivate.js';
import { RELEASE } from './release.js';
import { RENAME } from './rename.js';

/**
 * Every kind, in the order in which they are carried out: another user may wait for a name or an address that is
 * given up. An administrator who comes back is there before another is switched off, who else would be the last.
 */
export const KINDS: Readonly<Record<RemovalKind, RemovalKindDefinition>> = {
  release: RELEASE,
  rename: RENAME,
  clear: CLEAR,
  photo: PHOTO,
  reactivate: REACTIVATE,
  deactivate: DEACTIVATE,
};

export const KINDS_IN_ORDER = Object.keys(KINDS) as readonly RemovalKind[];

import { createHash } from 'node:crypto';
import type { RemovalRow } from '../../../models/change-row.js';
import { KINDS } from './kinds/removal-kinds.js';

/** 120 bits: two of millions of rows do not meet. */
const KEY_LENGTH = 20;

/**
 * Short, and the same for the same removal in another run: the kind, the user, the entry, and what it is about. Not the
 * texts, nor why somebody is to be switched off.
 */
export function toRowKey(row: RemovalRow): string {
  const { kind, userId, ldapId, idAttribute } = row;
  return toKey([kind, userId, ldapId, idAttribute.toLowerCase(), KINDS[kind].toSubject?.(row)]);
}

export function toKey(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64').slice(0, KEY_LENGTH);
}

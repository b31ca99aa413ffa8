import type { ChangeRow } from '../../../models/change-row.js';

/**
 * Most bytes of rows that one question is answered with; the rest is asked for with the next. The first row
 * is given even if it is larger.
 */
export const MAX_ANSWER_BYTES = 1_000_000;

/** Bytes of a row as JSON. */
export function toSize(row: ChangeRow): number {
  return Buffer.byteLength(JSON.stringify(row));
}

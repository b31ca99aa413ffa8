import type { AttentionRow } from '../../lib/index.js';
import { OUTCOME_STYLES } from './outcome-styles.js';
import { toPrintable } from '../../cli/terminal/printable.js';
import type { Paint } from '../../cli/terminal/style.js';

/** A directory of one's own may be large; a screen is not. */
const MAX_ROWS = 60;

/** Who needs a human: who, what, why, and what to do. */
export function toAttention(attention: readonly AttentionRow[], paint: Paint): readonly string[] {
  return upTo(attention, (row) => [
    `  ${paint('bold', toWho(row))}  ${paint(OUTCOME_STYLES[row.outcome] ?? 'dim', row.outcome)}`,
    ...(row.dn === undefined ? [] : [paint('dim', `    ${toPrintable(row.dn)}`)]),
    `    ${toPrintable(row.reason)}`,
    `    → ${toPrintable(row.remedy)}`,
  ]);
}

/** Those whom an earlier run has told about at length: who, and what is still to be done. */
export function toReminder(attention: readonly AttentionRow[], paint: Paint): readonly string[] {
  return upTo(attention, (row) => [
    `  ${paint('bold', toWho(row))}  ${paint(OUTCOME_STYLES[row.outcome] ?? 'dim', row.outcome)}`,
    `    → ${toPrintable(row.remedy)}`,
  ]);
}

/** Rows about entries that an earlier run did not have to tell about, and the others. */
export function partAttention(
  earlier: readonly AttentionRow[],
  rows: readonly AttentionRow[],
): { readonly fresh: readonly AttentionRow[]; readonly known: readonly AttentionRow[] } {
  const toKey = ({ dn, userId }: AttentionRow): string | undefined => dn ?? userId;
  const keys = new Set(earlier.map(toKey));
  return {
    fresh: rows.filter((row) => !keys.has(toKey(row))),
    known: rows.filter((row) => keys.has(toKey(row))),
  };
}

/** The first part of the DN; what stands for somebody without a name. */
export function toRdn({ dn }: Pick<AttentionRow, 'dn'>): string {
  return dn?.replace(/(?<!\\),.*$/s, '') ?? 'somebody without a DN';
}

function toWho(row: AttentionRow): string {
  const names = [row.username, row.name].filter((text) => text !== undefined && text !== '');
  return toPrintable(names.join(', ') || toRdn(row));
}

function upTo(
  rows: readonly AttentionRow[],
  toLines: (row: AttentionRow) => readonly string[],
): readonly string[] {
  const lines = rows.slice(0, MAX_ROWS).flatMap(toLines);
  return rows.length > MAX_ROWS ? [...lines, `  … and ${rows.length - MAX_ROWS} more`] : lines;
}

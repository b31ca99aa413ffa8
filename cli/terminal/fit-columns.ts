import { toPrintable, toWidth } from './printable.js';
import { GAP, toTable, type Row } from './table.js';
import type { Paint } from './style.js';

const LEAST = 6;

interface Space {
  readonly width: number;
  readonly paint: Paint;
}

interface FittedColumn {
  readonly title: string;
  /** Never narrower: its texts are copied, such as ids. */
  readonly isWhole?: boolean | undefined;
}

/**
 * A table of at most `width` columns: while it is too wide, its widest column becomes narrower, and the texts in
 * it are cut.
 */
export function toFittedTable(
  columns: readonly FittedColumn[],
  rows: readonly Row[],
  { width, paint }: Space,
) {
  const widths = columns.map(({ title }, index) =>
    rows.reduce(
      (most, { cells }) => Math.max(most, toWidth(toPrintable(cells[index] ?? ''))),
      toWidth(title),
    ),
  );
  let excess = widths.reduce((sum, one) => sum + one, GAP.length * (columns.length - 1)) - width;
  while (excess > 0) {
    const cuttable = widths.map((one, index) => (columns[index]?.isWhole ? 0 : one));
    const widest = Math.max(...cuttable);
    if (widest <= LEAST) break;
    const second = Math.max(LEAST, ...cuttable.filter((one) => one < widest));
    const index = cuttable.indexOf(widest);
    const step = Math.max(1, Math.min(excess, widest - second));
    widths[index] = widest - step;
    excess -= step;
  }
  const fitted = columns.map(({ title }, index) => ({ title, maxWidth: widths[index] ?? LEAST }));
  return toTable(fitted, rows, paint);
}

import { toPrintable, toWidth } from './printable.js';
import { GAP, toTable, type Row } from './table.js';
import type { Paint } from './style.js';

const LEAST = 6;

interface Space {
  readonly width: number;
  readonly paint: Paint;
}

/**
 * A table of at most `width` columns: while it is too wide, its widest column becomes narrower, and the texts in
 * it are cut.
 */
export function toFittedTable(titles: readonly string[], rows: readonly Row[], { width, paint }: Space) {
  const widths = titles.map((title, index) =>
    rows.reduce(
      (most, { cells }) => Math.max(most, toWidth(toPrintable(cells[index] ?? ''))),
      toWidth(title),
    ),
  );
  let excess = widths.reduce((sum, one) => sum + one, GAP.length * (titles.length - 1)) - width;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= LEAST) break;
    const second = Math.max(LEAST, ...widths.filter((one) => one < widest));
    const index = widths.indexOf(widest);
    const step = Math.max(1, Math.min(excess, widest - second));
    widths[index] = widest - step;
    excess -= step;
  }
  const columns = titles.map((title, index) => ({ title, maxWidth: widths[index] ?? LEAST }));
  return toTable(columns, rows, paint);
}

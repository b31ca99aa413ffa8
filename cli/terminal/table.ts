import { toColumns, toPrintable, toWidth } from './printable.js';
import type { Paint, Style } from './style.js';

export interface Column {
  readonly title: string;
  readonly maxWidth: number;
}

export interface Row {
  readonly cells: readonly string[];
  /** Of the last cell. */
  readonly style?: Style;
}

const GAP = '  ';

/** Rows in aligned columns under their titles, a line each. Cells are made printable. */
export function toTable(columns: readonly Column[], rows: readonly Row[], paint: Paint): readonly string[] {
  const printable = rows.map(({ cells, style }) => ({ cells: cells.map(toPrintable), style }));
  const widths = columns.map(({ title, maxWidth }, index) =>
    Math.min(
      maxWidth,
      Math.max(toWidth(title), ...printable.map(({ cells }) => toWidth(cells[index] ?? ''))),
    ),
  );
  const align = (cells: readonly string[]): readonly string[] =>
    widths.map((width, index) => toColumns(cells[index] ?? '', width));
  return [
    paint(
      'dim',
      align(columns.map(({ title }) => title))
        .join(GAP)
        .trimEnd(),
    ),
    ...printable.map(({ cells, style }) => {
      const aligned = align(cells);
      const last = (aligned.at(-1) ?? '').trimEnd();
      return [...aligned.slice(0, -1), style ? paint(style, last) : last].join(GAP).trimEnd();
    }),
  ];
}

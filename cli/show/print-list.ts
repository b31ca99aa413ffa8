import { stringify } from 'csv-stringify/sync';
import { toFittedTable } from '../terminal/fit-columns.js';
import { toPrintable } from '../terminal/printable.js';
import type { Style } from '../terminal/style.js';
import type { Terminal } from '../terminal/terminal.js';
import { toJson } from '../terminal/to-json.js';

/** One column of a list. */
export interface Column<Row> {
  readonly title: string;
  /** Whether a narrow terminal shows its texts whole all the same, since they are copied. */
  readonly isWhole?: boolean;
  cell(row: Row): string;
  style?(row: Row): Style | undefined;
}

/** How somebody wants a list. None: a table on a terminal, else a line a row with tabs between its cells. */
export interface ListFormat {
  readonly json?: true | undefined;
  readonly ndjson?: true | undefined;
  readonly csv?: true | undefined;
}

export interface List<Row> {
  readonly pages: AsyncIterable<readonly Row[]>;
  readonly columns: readonly Column<Row>[];
  /** What CSV has where that is more than a person wants to see. */
  readonly csvColumns?: readonly Column<Row>[];
  /** The document of `--json`, as the API answers. */
  toDocument(rows: readonly Row[]): object;
  /** Said in the place of an empty table. */
  readonly empty: string;
}

/** Writes a list; the number of its rows. */
export async function printList<Row>(
  list: List<Row>,
  format: ListFormat,
  terminal: Terminal,
): Promise<number> {
  const { pages, columns, empty } = list;
  if (format.ndjson) return each(pages, terminal, (rows) => terminal.write(rows.map((row) => toJson(row))));
  if (format.csv) return printCsv(list, terminal);
  if (!format.json && !terminal.isForPerson)
    return each(pages, terminal, (rows) =>
      terminal.write(rows.map((row) => columns.map((column) => toPrintable(column.cell(row))).join('\t'))),
    );
  const rows: Row[] = [];
  await each(pages, terminal, (page) => Promise.resolve(void rows.push(...page)));
  if (format.json) await printDocument(list.toDocument(rows), terminal);
  else if (rows.length === 0) terminal.note(empty);
  else await terminal.write(toTableLines(rows, columns, terminal));
  return rows.length;
}

export function toTableLines<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, paint }: Pick<Terminal, 'width' | 'paint'>,
): readonly string[] {
  return toFittedTable(
    columns.map(({ title, isWhole }) => ({ title: title.toUpperCase(), isWhole })),
    rows.map((row) => ({
      cells: columns.map(({ cell }) => cell(row)),
      styles: Object.fromEntries(columns.map(({ style }, index) => [index, style?.(row)])),
    })),
    { width, paint },
  );
}

/** One document: indented for a person, on one line for a program. */
export function printDocument(document: object, terminal: Terminal): Promise<void> {
  return terminal.write([toJson(document, terminal.isForPerson ? 2 : 0)]);
}

/** A cell that a spreadsheet would take for a formula begins with a quote. */
async function printCsv<Row>({ pages, columns, csvColumns = columns }: List<Row>, terminal: Terminal) {
  const toCsv = (records: readonly (readonly string[])[]): string =>
    stringify([...records] as string[][], { escape_formulas: true }).replace(/\n$/, '');
  // A file gets what was there; a terminal nothing that steers it.
  const toCell = terminal.isForPerson ? toPrintable : (text: string): string => text;
  await terminal.writeData([toCsv([csvColumns.map(({ title }) => title)])]);
  return each(pages, terminal, (rows) =>
    terminal.writeData(rows.map((row) => toCsv([csvColumns.map(({ cell }) => toCell(cell(row)))]))),
  );
}

async function each<Row>(
  pages: AsyncIterable<readonly Row[]>,
  terminal: Pick<Terminal, 'isGone'>,
  take: (rows: readonly Row[]) => Promise<void>,
): Promise<number> {
  let count = 0;
  for await (const rows of pages) {
    await take(rows);
    count += rows.length;
    // No further page is asked for.
    if (terminal.isGone) break;
  }
  return count;
}

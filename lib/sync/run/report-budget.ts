/** What still fits, in number and in bytes, and how many did not. */
export interface ReportBudget {
  left: number;
  bytesLeft: number;
  refused: number;
}

/** Rows of a report; the others are counted in a last problem. */
export const ROW_BUDGET: Readonly<ReportBudget> = { left: 1_000, bytesLeft: 2_000_000, refused: 0 };
/** With the rows far below 16 MB, the largest document of MongoDB. */
export const PROBLEM_BUDGET: Readonly<ReportBudget> = { left: 200, bytesLeft: 500_000, refused: 0 };
const MAX_TEXT = 1_000;

/** Whether the row still fits; counts it either way. */
export function takes(budget: ReportBudget, row: object): boolean {
  const size = budget.left > 0 ? Buffer.byteLength(JSON.stringify(row)) : Infinity;
  if (size > budget.bytesLeft) {
    budget.refused += 1;
    return false;
  }
  budget.left -= 1;
  budget.bytesLeft -= size;
  return true;
}

/** Directory text may be of any length; a report's may not. */
export function shorten<T extends object>(row: T): T {
  const entries = Object.entries(row).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'object' && value !== null ? shorten(value) : shortenText(value),
  ]);
  return Object.fromEntries(entries) as T;
}

function shortenText(value: unknown): unknown {
  return typeof value === 'string' && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
}

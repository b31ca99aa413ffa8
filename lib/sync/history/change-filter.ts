import type { ChangeRow } from '../../../models/change-row.js';

export interface ChangeFilter {
  readonly outcome: string | undefined;
  /** Searched for in names, DNs, ids and values, whatever its case; as text, not as a pattern. */
  readonly text: string | undefined;
}

/** Whether a row is one of those asked for. */
export function toMatcher({ outcome, text }: ChangeFilter): (row: ChangeRow) => boolean {
  const wanted = text?.toLowerCase();
  return (row) =>
    (outcome === undefined || row.outcome === outcome) && (wanted === undefined || isAbout(row, wanted));
}

function isAbout(row: ChangeRow, text: string): boolean {
  const texts = [
    row.userId,
    row.username,
    row.name,
    row.dn,
    ...row.fields.flatMap(({ from, to }) => [from, to]),
  ];
  return texts.some((value) =>
    (typeof value === 'string' ? value : JSON.stringify(value ?? '')).toLowerCase().includes(text),
  );
}

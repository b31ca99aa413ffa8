import type { Change } from '../api/answers.js';

const COLUMNS = [
  'username',
  'name',
  'dn',
  'userId',
  'kind',
  'outcome',
  'state',
  'field',
  'from',
  'to',
  'reason',
];

/** A line a field of a person (RFC 4180), with the mark by which spreadsheets know UTF-8. */
export function toCsv(rows: readonly Change[]): string {
  const lines = rows.flatMap((row) => {
    const { username, name, dn, userId, kind, outcome, state, fields, reason } = row;
    const parts = fields.length > 0 ? fields : [{ field: '' }];
    return parts.map(({ field, from, to }: { field: string; from?: unknown; to?: unknown }) =>
      [username, name, dn, userId, kind, outcome, state, field, from, to, reason].map(toCell).join(','),
    );
  });
  return `\ufeff${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}

/** A spreadsheet would take some beginnings for a formula, and run it. */
function toCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

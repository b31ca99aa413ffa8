import type { Outcome } from '../../lib/index.js';
import { toRdn } from './attention.js';
import type { RunInfo } from './chat-client.js';
import { OUTCOME_STYLES } from './outcome-styles.js';
import type { People } from './people.js';
import { toPrintable } from '../../cli/terminal/printable.js';
import type { Paint, Style } from '../../cli/terminal/style.js';
import { toTable, type Row } from '../../cli/terminal/table.js';

/** A directory of one's own may be large; a screen is not. */
const MAX_ROWS = 60;

const WITHOUT_USER: ReadonlySet<Outcome> = new Set<Outcome>(['rejected', 'conflicted', 'failed']);

const STATE_STYLES: Readonly<Record<RunInfo['state'], Style>> = {
  queued: 'dim',
  running: 'dim',
  completed: 'green',
  held: 'yellow',
  failed: 'red',
  interrupted: 'red',
  cancelled: 'yellow',
};

/** How the run ended, and what concerns all of it. */
export function toSummary(
  { state, startedAt, finishedAt, problems }: RunInfo,
  paint: Paint,
): readonly string[] {
  const seconds = (Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)) / 1_000;
  return [
    `  ${paint(STATE_STYLES[state], state)} in ${seconds.toFixed(1)} s`,
    ...problems.flatMap(({ message, remedy }) => [
      `  ${paint('yellow', '!')} ${toPrintable(message)}`,
      `    → ${toPrintable(remedy)}`,
    ]),
  ];
}

/** Everybody: the users, and after them those who could not become one. At most `width` columns. */
export function toPeopleTable(
  people: People,
  { attention }: RunInfo,
  { paint, width }: { readonly paint: Paint; readonly width: number },
): readonly string[] {
  const flagged = new Set(attention.map(({ userId }) => userId));
  const rows: Row[] = [...people.values()].map(({ userId, username, name, mail, photo, active }) => ({
    cells: [
      username,
      name,
      mail,
      photo !== '' ? 'yes' : flagged.has(userId) ? 'refused' : '–',
      active ? 'created' : 'created, off',
    ],
    style: 'green',
  }));
  for (const row of attention.filter(({ outcome }) => WITHOUT_USER.has(outcome))) {
    rows.push({
      cells: [row.username ?? '', row.name ?? toRdn(row), '', '–', row.outcome],
      style: OUTCOME_STYLES[row.outcome] ?? 'red',
    });
  }
  const columns = [
    { title: 'user name', maxWidth: 20 },
    { title: 'name', maxWidth: 20 },
    { title: 'mail', maxWidth: Math.max(12, width - 69) },
    { title: 'photo', maxWidth: 7 },
    { title: 'outcome', maxWidth: 12 },
  ];
  const shown = toTable(columns, rows.slice(0, MAX_ROWS), paint).map((line) => `  ${line}`);
  return rows.length > MAX_ROWS ? [...shown, `  … and ${rows.length - MAX_ROWS} more`] : shown;
}

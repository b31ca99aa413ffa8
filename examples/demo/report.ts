import type { AttentionRow, Outcome } from '../../lib/index.js';
import type { RunInfo } from './chat-client.js';
import { toChanges, type ShownPerson } from './people.js';
import { toPrintable, toWidth } from '../../cli/terminal/printable.js';
import type { Paint, Style } from '../../cli/terminal/style.js';
import { toTable, type Row } from '../../cli/terminal/table.js';

type People = ReadonlyMap<string, ShownPerson>;

/** A directory of one's own may be large; a screen is not. */
const MAX_ROWS = 60;

const OUTCOME_STYLES: Readonly<Partial<Record<string, Style>>> = {
  created: 'green',
  updated: 'cyan',
  deactivated: 'yellow',
  rejected: 'red',
  conflicted: 'red',
  failed: 'red',
};

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

/** Who needs a human: who, what, why, and what to do. */
export function toAttention(attention: readonly AttentionRow[], paint: Paint): readonly string[] {
  const lines = attention.slice(0, MAX_ROWS).flatMap((row) => {
    const who =
      [row.username, row.name].filter((text) => text !== undefined && text !== '').join(', ') || toRdn(row);
    return [
      `  ${paint('bold', toPrintable(who))}  ${paint(OUTCOME_STYLES[row.outcome] ?? 'dim', row.outcome)}`,
      ...(row.dn === undefined ? [] : [paint('dim', `    ${toPrintable(row.dn)}`)]),
      `    ${toPrintable(row.reason)}`,
      `    → ${toPrintable(row.remedy)}`,
    ];
  });
  return attention.length > MAX_ROWS ? [...lines, `  … and ${attention.length - MAX_ROWS} more`] : lines;
}

/** Rows about entries that an earlier run did not have to tell about. */
export function toNewAttention(
  earlier: readonly AttentionRow[],
  rows: readonly AttentionRow[],
): readonly AttentionRow[] {
  const toKey = ({ dn, userId }: AttentionRow): string | undefined => dn ?? userId;
  const known = new Set(earlier.map(toKey));
  return rows.filter((row) => !known.has(toKey(row)));
}

/** What another run changed, person by person: before → after. */
export function toDifferences(before: People, after: People, paint: Paint): readonly string[] {
  const lines: string[] = [];
  for (const person of after.values()) {
    const previous = before.get(person.userId);
    const changes = toChanges(previous, person);
    if (changes.length === 0) continue;
    const outcome: Outcome = !previous
      ? 'created'
      : previous.active && !person.active
        ? 'deactivated'
        : 'updated';
    lines.push(
      `  ${paint('bold', toPrintable(previous?.username ?? person.username))} ` +
        ` ${paint(OUTCOME_STYLES[outcome] ?? 'dim', outcome)}`,
    );
    const width = Math.max(...changes.map(({ field }) => toWidth(field)));
    for (const { field, before: old, after: now } of changes) {
      const left = previous ? `${toPrintable(old) || '–'} → ` : '';
      lines.push(`    ${paint('dim', field.padEnd(width))}  ${left}${toPrintable(now) || '–'}`);
    }
  }
  return lines;
}

/** The first part of the DN; what stands for somebody without a name. */
function toRdn({ dn }: AttentionRow): string {
  return dn?.replace(/(?<!\\),.*$/s, '') ?? 'somebody without a DN';
}

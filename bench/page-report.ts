import { cpus } from 'node:os';
import type { PageDatabaseSize } from './page-database.js';
import type { Seen } from './page-views.js';

export interface PageBench extends PageDatabaseSize {
  readonly database: string;
  readonly chromium: string;
  readonly rounds: number;
  /** How long the database takes for what the slowest calls ask of it, without a server in between. */
  readonly floors: readonly Floor[];
}
export interface Floor {
  readonly what: string;
  readonly ms: number;
}

/** The results as Markdown. */
export function toPageReport(rows: readonly Seen[], bench: PageBench): string {
  const { people, runs, held, database, chromium, rounds, floors } = bench;
  const scrolled = rows.flatMap(({ name, scroll }) => (scroll ? [{ name, ...scroll }] : []));
  return [
    '# The admin page at size',
    '',
    `Written by \`npm run bench:page\` on ${new Date().toISOString().slice(0, 10)}: ${toNumber(people)} users of the`,
    `directory, ${toNumber(runs)} runs, a held list of ${toNumber(held)} rows; ${database}; ${chromium} on loopback,`,
    `nothing in its cache, ${cpus().length} cores that did all of it, Node ${process.version}. Medians of ${rounds} rounds.`,
    '',
    '"Seen" is the time from the navigation until the screen says what it is for: the sentence of Health, the first row of',
    'a list, the steps of a person. Bytes are as they came over the line.',
    '',
    '| screen | seen, ms | kB | calls: number, longest ms |',
    '| --- | ---: | ---: | --- |',
    ...rows.map(
      ({ name, seenMs, bytes, calls }) =>
        `| ${name} | ${seenMs.toFixed(0)} | ${(bytes / 1_000).toFixed(0)} | ${calls
          .map(({ verb, count, longestMs }) => `\`${verb}\` ${count}, ${longestMs.toFixed(0)}`)
          .join('; ')} |`,
    ),
    '',
    '| scrolled through | frames | longest frame, ms | longest task, ms |',
    '| --- | ---: | ---: | ---: |',
    ...scrolled.map(
      ({ name, frames, longestFrameMs, longestTaskMs }) =>
        `| ${name} | ${frames} | ${longestFrameMs.toFixed(0)} | ${longestTaskMs.toFixed(0)} |`,
    ),
    '',
    'What the database alone takes, by the raw driver. The last row counts by a field without an index. Where a stand-in is',
    'named above, its times are in all the others: it does one thing at a time. How much of them that is was not measured.',
    '',
    '| query | ms |',
    '| --- | ---: |',
    ...floors.map(({ what, ms }) => `| ${what} | ${ms.toFixed(1)} |`),
    '',
  ].join('\n');
}

const toNumber = (value: number): string => value.toLocaleString('en');

import { cpus } from 'node:os';
import type { GroupsSize } from './groups-ldif.js';

/** One reading of groups. */
export interface Measured {
  readonly what: string;
  readonly searches: number;
  readonly readMs: number;
  readonly askMs: number;
  /** What is kept when all is read. */
  readonly keptMiB: number;
  /** Memberships, over all people. */
  readonly found: number;
}

interface GroupsBench extends GroupsSize {
  readonly rounds: number;
  /** Searches of Rocket.Chat's kind that were made, and how long one took. */
  readonly sample: number;
  readonly perSearchMs: number;
}

export function toGroupsReport(rows: readonly Measured[], bench: GroupsBench): string {
  const { people, groups, members, large, rounds, sample, perSearchMs } = bench;
  const theirs = people * groups;
  const toSeconds = (ms: number): string => (ms / 1_000).toFixed(2);
  return [
    '# Who is in which group',
    '',
    `Written by \`npm run bench:groups\` on ${new Date().toISOString().slice(0, 10)}: ${people.toLocaleString('en')} people,`,
    `${groups} groups of ${members}, one of ${large.toLocaleString('en')}; OpenLDAP on the same machine (${cpus().length} cores), Node ${process.version}.`,
    `Medians of ${rounds} rounds. A search of nested groups that comes in pages is one search here.`,
    '',
    '| what is asked | searches | reading, s | asking for everybody, s | kept, MiB | memberships found |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(
      ({ what, searches, readMs, askMs, keptMiB, found }) =>
        `| ${what} | ${searches} | ${toSeconds(readMs)} | ${toSeconds(askMs)} | ${keptMiB.toFixed(1)} | ${found.toLocaleString('en')} |`,
    ),
    `| ${groups} groups, a search for each person and group, as Rocket.Chat does | ${theirs.toLocaleString('en')} | ${toSeconds(theirs * perSearchMs)} | | | |`,
    '',
    `The last row is reckoned from ${sample.toLocaleString('en')} searches of ${perSearchMs.toFixed(2)} ms, without a network in between.`,
    '',
  ].join('\n');
}

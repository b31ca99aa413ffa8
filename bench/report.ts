import type { DriverTimes } from './floors.js';

/** What one sync cost. */
export interface Sync {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMiB: number;
  readonly eventLoopP99Ms: number;
}

export interface Round {
  readonly people: number;
  readonly firstImport: Sync;
  readonly noChange: Sync;
  readonly ldapsearchMs: number;
  readonly read: DriverTimes;
  readonly insert: DriverTimes;
}

interface Setting {
  readonly database: string;
  readonly machine: string;
  readonly rounds: number;
}

/** The results as Markdown: medians of the rounds, ratios of the medians. */
export function toReport(rounds: readonly Round[], { database, machine, rounds: count }: Setting): string {
  const sizes = [...new Set(rounds.map(({ people }) => people))];
  const rows = sizes.flatMap((people) => {
    const own = rounds.filter((round) => round.people === people);
    const ldapMs = median(own.map(({ ldapsearchMs }) => ldapsearchMs));
    return [
      toRow(
        people,
        'first import',
        own.map(({ firstImport }) => firstImport),
        ldapMs,
        toFloor(own.map(({ insert }) => insert)),
      ),
      toRow(
        people,
        'no change',
        own.map(({ noChange }) => noChange),
        ldapMs,
        toFloor(own.map(({ read }) => read)),
      ),
    ];
  });
  return [
    '# Results of `npm run bench`',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${machine}, Node ${process.versions.node}. ` +
      `Database: ${database}. Directory: OpenLDAP's slapd on the same machine.`,
    `Medians of ${count} rounds. Machines differ and are noisy: read the ratios, not the milliseconds.`,
    '',
    '| people | run | sync ms | `ldapsearch` ms | raw driver ms | sync ÷ floor | own CPU µs / person | ' +
      'peak MiB | event loop p99 ms |',
    '|---:|---|---:|---:|---:|---:|---:|---:|---:|',
    ...rows,
    '',
    ...toMemoryLine(rounds, sizes),
    ...sizes.map((people) => toReadingLine(people, rounds)),
    '',
    'Floor = the larger of `ldapsearch` draining the same attributes to nowhere (pages of 1000) and ' +
      'the raw driver moving the same documents: inserting',
    'them in good batches, or reading them in the best of three ways: by `$in` in good batches, by one ' +
      'scan with a projection of what a sync compares, by',
    'one scan with `raw: true`. Reach: no change ≤ 2, first import ≤ 2, peak memory at the larger size ' +
      '≤ 1.3 × that at the smaller, event loop p99 ≤ 50 ms.',
  ].join('\n');
}

function toRow(
  people: number,
  run: string,
  syncs: readonly Sync[],
  ldapMs: number,
  driverMs: number,
): string {
  const wallMs = median(syncs.map((sync) => sync.wallMs));
  const floorMs = Math.max(ldapMs, driverMs);
  const cells = [
    people,
    run,
    Math.round(wallMs),
    Math.round(ldapMs),
    Math.round(driverMs),
    (wallMs / floorMs).toFixed(2),
    Math.round((median(syncs.map(({ cpuMs }) => cpuMs)) / people) * 1_000),
    Math.round(median(syncs.map(({ peakMiB }) => peakMiB))),
    median(syncs.map(({ eventLoopP99Ms }) => eventLoopP99Ms)).toFixed(1),
  ];
  return `| ${cells.join(' | ')} |`;
}

function toMemoryLine(rounds: readonly Round[], sizes: readonly number[]): readonly string[] {
  const [small, large] = [Math.min(...sizes), Math.max(...sizes)];
  if (small === large) return [];
  const peak = (people: number, run: 'firstImport' | 'noChange'): number =>
    median(rounds.filter((round) => round.people === people).map((round) => round[run].peakMiB));
  const ratio = (run: 'firstImport' | 'noChange'): string => (peak(large, run) / peak(small, run)).toFixed(2);
  return [
    `Peak memory at ${large} ÷ at ${small}: ${ratio('firstImport')} (first ` +
      `import), ${ratio('noChange')} (no change).`,
    '',
  ];
}

const WAYS: Readonly<Record<string, string>> = {
  in: 'by `$in`',
  scan: 'by one scan with a projection',
  rawScan: 'by one scan with `raw: true`',
};

/** The median of the best way: what is best in one round by luck is no floor. */
function toFloor(times: readonly DriverTimes[]): number {
  return Math.min(...Object.values(toMedians(times)));
}

function toMedians(times: readonly DriverTimes[]): DriverTimes {
  const ways = Object.keys(times[0] ?? {});
  return Object.fromEntries(ways.map((way) => [way, median(times.map((time) => time[way] ?? 0))]));
}

function toReadingLine(people: number, rounds: readonly Round[]): string {
  const medians = toMedians(rounds.filter((round) => round.people === people).map(({ read }) => read));
  const ways = Object.entries(medians).map(([way, ms]) => `${WAYS[way] ?? way} ${Math.round(ms)} ms`);
  return `The raw driver read ${people} people ${ways.join(', ')}.`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

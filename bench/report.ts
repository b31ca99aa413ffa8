import { median, toFloor, toMedians, toRatio } from './medians.js';
import type { Measurement, Round } from './rounds.js';

interface Setting {
  readonly database: string;
  readonly machine: string;
  readonly rounds: number;
  /** What this tree was measured in turn with. */
  readonly baseline: string | undefined;
}

/** What a tree does, and what of the raw driver it is measured against. */
const RUNS = {
  firstImport: { title: 'first import', driver: 'insert' },
  noChange: { title: 'no change', driver: 'read' },
} as const;
type Run = keyof typeof RUNS;

const HEADINGS = [
  'people',
  'run',
  'sync ms',
  '`ldapsearch` ms',
  'raw driver ms',
  'sync ÷ floor',
  'own CPU µs / person',
  'peak MiB',
  'event loop p99 ms',
];

/** The results as Markdown: medians of the rounds, ratios of the medians. */
export function toReport(rounds: readonly Round[], setting: Setting): string {
  const { database, machine, rounds: count, baseline } = setting;
  const sizes = [...new Set(rounds.map(({ people }) => people))];
  const headings = [...HEADINGS, ...(baseline ? toComparedHeadings(baseline) : [])];
  const rows = sizes.flatMap((people) =>
    (['firstImport', 'noChange'] as const).map((run) => toCells(ofSize(rounds, people), run)),
  );
  return [
    '# Results of `npm run bench`',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${machine}, Node ${process.versions.node}. ` +
      `Database: ${database}. Directory: OpenLDAP's slapd on the same machine.`,
    `Medians of ${count} rounds. Machines differ and are noisy: read the ratios, not the milliseconds.`,
    '',
    toRow(headings),
    toRow(headings.map((heading) => (heading === 'run' ? '---' : '---:'))),
    ...rows.map(toRow),
    '',
    ...(baseline ? toComparedLines(baseline) : []),
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

function ofSize(rounds: readonly Round[], people: number): readonly Round[] {
  return rounds.filter((round) => round.people === people);
}

function toRow(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function toCells(rounds: readonly Round[], run: Run): readonly (string | number)[] {
  const own = rounds.map((round) => round.own);
  const people = rounds[0]?.people ?? 0;
  const { ldapMs, driverMs, floorMs } = toFloor(own, RUNS[run].driver);
  const of = (what: keyof Measurement[Run]): number =>
    median(own.map((measurement) => measurement[run][what]));
  return [
    people,
    RUNS[run].title,
    Math.round(of('wallMs')),
    Math.round(ldapMs),
    Math.round(driverMs),
    (of('wallMs') / floorMs).toFixed(2),
    Math.round((of('cpuMs') / people) * 1_000),
    Math.round(of('peakMiB')),
    of('eventLoopP99Ms').toFixed(1),
    ...toComparedCells(rounds, run),
  ];
}

function toComparedHeadings(baseline: string): readonly string[] {
  return [`sync ÷ \`${baseline}\``, `CPU ÷ \`${baseline}\``, 'floor ÷ floor'];
}

/** Nothing, where nothing was compared with. */
function toComparedCells(rounds: readonly Round[], run: Run): readonly string[] {
  const pairs = rounds.flatMap(({ own, baseline }) => (baseline ? [[own, baseline] as const] : []));
  if (pairs.length === 0) return [];
  const ratio = (what: (measurement: Measurement) => number): string =>
    toRatio(pairs.map(([own, baseline]) => [what(own), what(baseline)]));
  return [
    ratio((measurement) => measurement[run].wallMs),
    ratio((measurement) => measurement[run].cpuMs),
    ratio((measurement) => toFloor([measurement], RUNS[run].driver).floorMs),
  ];
}

function toComparedLines(baseline: string): readonly string[] {
  return [
    `\`${baseline}\` was built and measured in turn with this tree, on the same servers. Of each round one ` +
      'ratio: the median (the lowest–the highest). Where that range reaches',
    'from below 1 to above it, the difference is noise. The floors of both are the same programs: their ratio ' +
      'shows how noisy the machine was.',
    '',
  ];
}

function toMemoryLine(rounds: readonly Round[], sizes: readonly number[]): readonly string[] {
  const [small, large] = [Math.min(...sizes), Math.max(...sizes)];
  if (small === large) return [];
  const peak = (people: number, run: Run): number =>
    median(ofSize(rounds, people).map(({ own }) => own[run].peakMiB));
  const ratio = (run: Run): string => (peak(large, run) / peak(small, run)).toFixed(2);
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

function toReadingLine(people: number, rounds: readonly Round[]): string {
  const medians = toMedians(ofSize(rounds, people).map(({ own }) => own.read));
  const ways = Object.entries(medians).map(([way, ms]) => `${WAYS[way] ?? way} ${Math.round(ms)} ms`);
  return `The raw driver read ${people} people ${ways.join(', ')}.`;
}

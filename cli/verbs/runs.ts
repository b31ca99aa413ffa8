import type { Program } from './program.js';
import { printRun } from '../run/end-of-run.js';
import { upTo, type Extent } from '../run/read-rows.js';
import { printList, type Column } from '../show/print-list.js';
import { toStateStyle, toAge, toCountsText, toDuration, toKindText } from '../show/run-words.js';
import { toPhaseWord } from '../show/whereabouts.js';
import type { RunSummary } from '../session/client-port.js';
import { patiently } from '../session/patiently.js';
import type { Session } from '../session/session.js';
import type { Tool } from '../tool.js';
import {
  configOption,
  csvOption,
  databaseOption,
  jsonOption,
  ndjsonOption,
  parseCount,
  parseRunId,
  urlOption,
} from './options.js';

const USUAL = 20;
const PAGE = 100;

const COLUMNS: readonly Column<RunSummary>[] = [
  { title: 'run', isWhole: true, cell: ({ _id }) => _id },
  { title: 'kind', cell: toKindText },
  { title: 'state', cell: toState, style: ({ state }) => toStateStyle(state) },
  { title: 'started', cell: ({ startedAt }) => toAge(startedAt) },
  { title: 'took', cell: toTook, style: () => 'dim' },
  { title: 'by', cell: ({ requestedBy }) => requestedBy.username ?? requestedBy._id },
  { title: 'host', cell: ({ host }) => host ?? '', style: () => 'dim' },
  { title: 'people', cell: ({ counts }) => toCountsText(counts) },
];
const EXACT: readonly Column<RunSummary>[] = [
  { title: 'run', cell: ({ _id }) => _id },
  { title: 'kind', cell: ({ kind }) => kind },
  { title: 'state', cell: ({ state }) => state },
  { title: 'startedAt', cell: ({ startedAt }) => startedAt },
  { title: 'finishedAt', cell: ({ finishedAt }) => finishedAt ?? '' },
  { title: 'requestedBy', cell: ({ requestedBy }) => requestedBy.username ?? requestedBy._id },
  ...(
    [
      'read',
      'created',
      'updated',
      'linked',
      'deactivated',
      'reactivated',
      'rejected',
      'conflicted',
      'failed',
    ] as const
  ).map((name): Column<RunSummary> => ({ title: name, cell: ({ counts }) => String(counts[name]) })),
  { title: 'host', cell: ({ host }) => host ?? '' },
  { title: 'phase', cell: ({ phase }) => phase ?? '' },
];

export function addRuns(program: Program, tool: Tool): void {
  program
    .command('runs')
    .description('the reports of runs, newest first')
    .option('--limit <runs>', 'so many at most, 0 for all', parseCount, USUAL)
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(ndjsonOption())
    .addOption(csvOption())
    .action((options) =>
      tool.run(options, async (session) => {
        const { limit } = options;
        const { terminal } = tool;
        const extent: Extent = {};
        const all = readRuns(session, tool, extent);
        await printList(
          {
            pages: limit === 0 ? all : upTo(limit, all),
            columns: terminal.isForPerson ? COLUMNS : EXACT.slice(0, 6),
            csvColumns: EXACT,
            toDocument: (runs) => ({
              runs,
              count: runs.length,
              total: extent.total,
              ...(runs.length < (extent.total ?? 0) ? { nextOffset: runs.length } : {}),
            }),
            empty: 'There has been no run.',
          },
          options,
          terminal,
        );
        return 'done';
      }),
    );
}

export function addRun(program: Program, tool: Tool): void {
  program
    .command('run')
    .description('the report of one run; it ends as the run did')
    .argument('<run>', 'its id', parseRunId)
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .action((runId, options) =>
      tool.run(options, async ({ client }) =>
        printRun((await client.runInfo({ runId }, { signal: tool.interrupted })).run, options, tool),
      ),
    );
}

/** All reports, page by page, newest first. */
export async function* readRuns(
  { client }: Session,
  tool: Tool,
  extent: Extent,
): AsyncGenerator<readonly RunSummary[]> {
  for (let offset = 0; ; offset += PAGE) {
    const page = await patiently(tool, () =>
      client.listRuns({ offset, count: PAGE }, { signal: tool.interrupted }),
    );
    extent.total = page.total;
    if (page.runs.length > 0) yield page.runs;
    if (page.runs.length === 0 || offset + PAGE >= page.total) return;
  }
}

/** `failed (connecting to the directory)`: what a run is at, or was when it ended before its end. */
function toState({ state, phase }: RunSummary): string {
  return phase === undefined ? state : `${state} (${toPhaseWord(phase)})`;
}

function toTook({ startedAt, finishedAt }: RunSummary): string {
  return finishedAt === undefined ? '' : toDuration(Date.parse(finishedAt) - Date.parse(startedAt));
}

import type { AttentionRow, Outcome, RunCounts, RunProblem } from '../../../models/run-report.js';

/** Most rows and problems a report keeps; the others are counted in a last problem. */
const MAX_ROWS = 1_000;
const MAX_PROBLEMS = 200;
const MAX_TEXT = 1_000;
/** Together far below 16 MB, the largest document of MongoDB: a thousand rows of long texts would be more. */
const MAX_ROW_BYTES = 2_000_000;
const MAX_PROBLEM_BYTES = 500_000;

/** What a run has done so far. Counts come from outcomes, never from intentions. */
export interface Tally {
  read(entries: number): void;
  count(outcome: Outcome): void;
  /** A person counted under `from` turned out to be `to`. */
  recount(from: Outcome, to: Outcome): void;
  attention(row: AttentionRow): void;
  problem(problem: RunProblem): void;
  counts(): RunCounts;
  snapshot(): { counts: RunCounts; problems: RunProblem[]; attention: AttentionRow[] };
}

export function createTally(): Tally {
  const counts = {
    read: 0,
    created: 0,
    updated: 0,
    linked: 0,
    unchanged: 0,
    deactivated: 0,
    reactivated: 0,
    rejected: 0,
    conflicted: 0,
    failed: 0,
  };
  const problems: RunProblem[] = [];
  const attention: AttentionRow[] = [];
  const rowBudget = createBudget(MAX_ROWS, MAX_ROW_BYTES);
  const problemBudget = createBudget(MAX_PROBLEMS, MAX_PROBLEM_BYTES);

  return {
    read(entries) {
      counts.read += entries;
    },
    count(outcome) {
      counts[outcome] += 1;
    },
    recount(from, to) {
      counts[from] -= 1;
      counts[to] += 1;
    },
    attention(row) {
      const short = shorten(row);
      if (rowBudget.takes(short)) attention.push(short);
    },
    problem(problem) {
      const short = shorten(problem);
      if (problemBudget.takes(short)) problems.push(short);
    },
    counts: () => ({ ...counts }),
    snapshot() {
      const remedy = 'Mend what the listed ones have in common and run the sync again.';
      const more = (hidden: number, text: string): RunProblem[] =>
        hidden > 0 ? [{ message: `${hidden} more ${text}`, remedy }] : [];
      return {
        counts: { ...counts },
        problems: [
          ...problems,
          ...more(problemBudget.refused(), `problems were met than the ${problems.length} listed.`),
          ...more(rowBudget.refused(), `people need attention than the ${attention.length} listed.`),
        ],
        attention: [...attention],
      };
    },
  };
}

/** Takes what fits, in number and in bytes, and counts what does not. */
function createBudget(most: number, mostBytes: number): { takes(row: object): boolean; refused(): number } {
  let taken = 0;
  let refused = 0;
  let bytes = 0;
  return {
    takes(row) {
      const size = taken < most ? Buffer.byteLength(JSON.stringify(row)) : Infinity;
      if (bytes + size > mostBytes) {
        refused += 1;
        return false;
      }
      taken += 1;
      bytes += size;
      return true;
    },
    refused: () => refused,
  };
}

/** Directory text may be of any length; a report's may not. */
function shorten<T extends object>(row: T): T {
  const entries = Object.entries(row).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'object' && value !== null ? shorten(value) : shortenText(value),
  ]);
  return Object.fromEntries(entries) as T;
}

function shortenText(value: unknown): unknown {
  return typeof value === 'string' && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
}

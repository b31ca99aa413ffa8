import type { AttentionRow, Outcome, RunCounts, RunProblem } from './report.js';

/** Most rows and problems a report keeps; what is beyond is counted in a last problem. Keeps a report far below 16 MB. */
const MAX_ROWS = 1_000;
const MAX_PROBLEMS = 200;
const MAX_TEXT = 1_000;

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
  let hiddenRows = 0;

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
      if (attention.length < MAX_ROWS) attention.push(shorten(row));
      else hiddenRows += 1;
    },
    problem(problem) {
      if (problems.length < MAX_PROBLEMS) problems.push(shorten(problem));
    },
    counts: () => ({ ...counts }),
    snapshot() {
      const overflow = {
        message: `${hiddenRows} more people need attention than the ${MAX_ROWS} listed.`,
        remedy: 'Mend what the listed ones have in common and run the sync again.',
      };
      return {
        counts: { ...counts },
        problems: hiddenRows > 0 ? [...problems, overflow] : [...problems],
        attention: [...attention],
      };
    },
  };
}

/** Directory text may be of any length; a report's may not. */
function shorten<T extends object>(row: T): T {
  const entries = Object.entries(row).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'string' && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value,
  ]);
  return Object.fromEntries(entries) as T;
}

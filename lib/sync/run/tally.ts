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
  /** Removals that have been carried out. */
  removed(rows: number): void;
  attention(row: AttentionRow): void;
  problem(problem: RunProblem): void;
  counts(): RunCounts;
  snapshot(): TallySnapshot;
  /** A tally that goes on from here, for what a transaction does: it counts once the transaction is committed. */
  draft(): Tally;
  /** Takes over what a draft has counted, and what of it has been saved. */
  adopt(draft: Tally): void;
  /** The update of the record of the run with what is not in it yet. */
  toUpdate(): RecordUpdate;
  /** What {@link toUpdate} gave is in the record. */
  saved(): void;
  /** Counts, as a problem, what the lists had no place for. Once, at the end of the run. */
  close(): void;
}

export interface TallySnapshot {
  readonly counts: RunCounts;
  readonly removed: number;
  readonly problems: RunProblem[];
  readonly attention: AttentionRow[];
}

/** Never empty: an update without any change is none. */
export interface RecordUpdate {
  readonly $inc: Readonly<Record<string, number>>;
  readonly $push: Readonly<Record<string, { readonly $each: readonly object[] }>>;
}

interface State {
  readonly counts: Record<keyof RunCounts, number>;
  removed: number;
  readonly problems: RunProblem[];
  readonly attention: AttentionRow[];
  readonly rowBudget: Budget;
  readonly problemBudget: Budget;
  /** What the record of the run holds. */
  inRecord: { counts: RunCounts; removed: number; problems: number; attention: number };
}

const NOBODY: RunCounts = {
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

/** The state of each tally: a draft gives its own to the tally it was made of. */
const states = new WeakMap<Tally, State>();

export function createTally(): Tally {
  return createFrom({
    counts: { ...NOBODY },
    removed: 0,
    problems: [],
    attention: [],
    rowBudget: { left: MAX_ROWS, bytesLeft: MAX_ROW_BYTES, refused: 0 },
    problemBudget: { left: MAX_PROBLEMS, bytesLeft: MAX_PROBLEM_BYTES, refused: 0 },
    inRecord: { counts: NOBODY, removed: 0, problems: 0, attention: 0 },
  });
}

function createFrom(initial: State): Tally {
  let state = initial;
  const tally: Tally = {
    read: (entries) => void (state.counts.read += entries),
    count: (outcome) => void (state.counts[outcome] += 1),
    recount(from, to) {
      state.counts[from] -= 1;
      state.counts[to] += 1;
    },
    removed: (rows) => void (state.removed += rows),
    attention(row) {
      const short = shorten(row);
      if (takes(state.rowBudget, short)) state.attention.push(short);
    },
    problem(problem) {
      const short = shorten(problem);
      if (takes(state.problemBudget, short)) state.problems.push(short);
    },
    counts: () => ({ ...state.counts }),
    snapshot: () => ({
      counts: { ...state.counts },
      removed: state.removed,
      problems: [...state.problems, ...toHidden(state)],
      attention: [...state.attention],
    }),
    draft: () => createFrom(copy(state)),
    adopt(draft) {
      state = states.get(draft) ?? state;
      states.set(tally, state);
    },
    toUpdate: () => toUpdate(state),
    saved() {
      const { counts, removed, problems, attention } = state;
      const lengths = { problems: problems.length, attention: attention.length };
      state.inRecord = { counts: { ...counts }, removed, ...lengths };
    },
    close() {
      state.problems.push(...toHidden(state));
      state.problemBudget.refused = 0;
      state.rowBudget.refused = 0;
    },
  };
  states.set(tally, state);
  return tally;
}

function copy(state: State): State {
  return {
    ...state,
    counts: { ...state.counts },
    problems: [...state.problems],
    attention: [...state.attention],
    rowBudget: { ...state.rowBudget },
    problemBudget: { ...state.problemBudget },
  };
}

function toUpdate({ counts, removed, problems, attention, inRecord }: State): RecordUpdate {
  const grown = Object.entries(counts)
    .map(([name, count]) => [`counts.${name}`, count - inRecord.counts[name as keyof RunCounts]] as const)
    .filter(([, difference]) => difference !== 0);
  const pushed = {
    problems: problems.slice(inRecord.problems),
    attention: attention.slice(inRecord.attention),
  };
  return {
    $inc: { removed: removed - inRecord.removed, ...Object.fromEntries(grown) },
    $push: Object.fromEntries(Object.entries(pushed).map(([list, $each]) => [list, { $each }])),
  };
}

function toHidden({ problems, attention, problemBudget, rowBudget }: State): RunProblem[] {
  const remedy = 'Mend what the listed ones have in common and run the sync again.';
  const more = (hidden: number, text: string): RunProblem[] =>
    hidden > 0 ? [{ message: `${hidden} more ${text}`, remedy }] : [];
  return [
    ...more(problemBudget.refused, `problems were met than the ${problems.length} listed.`),
    ...more(rowBudget.refused, `people need attention than the ${attention.length} listed.`),
  ];
}

/** What still fits, in number and in bytes, and how many did not. */
interface Budget {
  left: number;
  bytesLeft: number;
  refused: number;
}

function takes(budget: Budget, row: object): boolean {
  const size = budget.left > 0 ? Buffer.byteLength(JSON.stringify(row)) : Infinity;
  if (size > budget.bytesLeft) {
    budget.refused += 1;
    return false;
  }
  budget.left -= 1;
  budget.bytesLeft -= size;
  return true;
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

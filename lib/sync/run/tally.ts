import type { AttentionRow, Outcome, RunCounts, RunProblem } from '../../../models/run-report.js';
import {
  NOTHING_FURTHER,
  toGrown,
  toUpdate,
  type FurtherCounts,
  type InRecord,
  type RecordUpdate,
} from './record-update.js';
import { PROBLEM_BUDGET, ROW_BUDGET, shorten, takes, type ReportBudget } from './report-budget.js';

/** What a run has done so far. Counts come from outcomes, never from intentions. */
export interface Tally {
  read(entries: number): void;
  count(outcome: Outcome): void;
  /** A person counted under `from` turned out to be `to`. */
  recount(from: Outcome, to: Outcome): void;
  /** Removals that have been carried out. */
  removed(rows: number): void;
  /** Default channels that newcomers have joined, each counted for each of them. */
  joined(memberships: number): void;
  /** Channels and teams that groups have brought people into, each counted for each of them. */
  roomsJoined(memberships: number): void;
  /** How many default channels a newcomer joins. */
  defaultChannels(channels: number): void;
  /** People who have been mailed that they were switched off or on. */
  mailed(people: number): void;
  /** People who have been signed out, and stay on. */
  signedOut(people: number): void;
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

export interface TallySnapshot extends Partial<Readonly<FurtherCounts>> {
  readonly counts: RunCounts;
  readonly removed: number;
  readonly problems: RunProblem[];
  readonly attention: AttentionRow[];
}

interface State {
  readonly counts: Record<keyof RunCounts, number>;
  removed: number;
  readonly further: FurtherCounts;
  readonly problems: RunProblem[];
  readonly attention: AttentionRow[];
  readonly rowBudget: ReportBudget;
  readonly problemBudget: ReportBudget;
  /** What the record of the run holds. */
  inRecord: InRecord;
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
    further: { ...NOTHING_FURTHER },
    problems: [],
    attention: [],
    rowBudget: { ...ROW_BUDGET },
    problemBudget: { ...PROBLEM_BUDGET },
    inRecord: { counts: NOBODY, removed: 0, further: NOTHING_FURTHER, problems: 0, attention: 0 },
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
    joined: (memberships) => void (state.further.joined += memberships),
    roomsJoined: (memberships) => void (state.further.roomsJoined += memberships),
    defaultChannels: (channels) => void (state.further.defaultChannels += channels),
    mailed: (people) => void (state.further.mailed += people),
    signedOut: (people) => void (state.further.signedOut += people),
    attention(row) {
      const short = shorten(row);
      if (takes(state.rowBudget, short)) state.attention.push(short);
    },
    problem({ message, remedy, setting }) {
      const short = shorten({ message, remedy, ...(setting === undefined ? {} : { setting }) });
      if (takes(state.problemBudget, short)) state.problems.push(short);
    },
    counts: () => ({ ...state.counts }),
    snapshot: () => ({
      counts: { ...state.counts },
      removed: state.removed,
      ...toGrown(state.further, NOTHING_FURTHER),
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
      const { counts, removed, further, problems, attention } = state;
      const lengths = { problems: problems.length, attention: attention.length };
      state.inRecord = { counts: { ...counts }, removed, further: { ...further }, ...lengths };
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
    further: { ...state.further },
    problems: [...state.problems],
    attention: [...state.attention],
    rowBudget: { ...state.rowBudget },
    problemBudget: { ...state.problemBudget },
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

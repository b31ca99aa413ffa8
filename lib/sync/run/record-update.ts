import type { AttentionRow, RunCounts, RunProblem } from '../../../models/run-report.js';

/** Never empty: an update without any change is none. */
export interface RecordUpdate {
  readonly $inc: Readonly<Record<string, number>>;
  readonly $push: Readonly<Record<string, { readonly $each: readonly object[] }>>;
}

/** What is counted beside people, as the report has it; what is 0 is absent there. */
export type FurtherCounts = Record<
  'joined' | 'roomsJoined' | 'defaultChannels' | 'mailed' | 'signedOut',
  number
>;

export const NOTHING_FURTHER: FurtherCounts = {
  joined: 0,
  roomsJoined: 0,
  defaultChannels: 0,
  mailed: 0,
  signedOut: 0,
};

/** What of a tally the record of the run holds; of lists, how many items. */
export interface InRecord {
  readonly counts: RunCounts;
  readonly removed: number;
  readonly further: FurtherCounts;
  readonly problems: number;
  readonly attention: number;
}

/** What a tally has, and what of it is in the record. */
interface Recorded {
  readonly counts: RunCounts;
  readonly removed: number;
  readonly further: FurtherCounts;
  readonly problems: readonly RunProblem[];
  readonly attention: readonly AttentionRow[];
  readonly inRecord: InRecord;
}

/** The update of the record that brings it up to the tally. */
export function toUpdate({
  counts,
  removed,
  further,
  problems,
  attention,
  inRecord,
}: Recorded): RecordUpdate {
  const grown = Object.entries(toGrown(counts, inRecord.counts)).map(
    ([name, difference]) => [`counts.${name}`, difference] as const,
  );
  const pushed = {
    problems: problems.slice(inRecord.problems),
    attention: attention.slice(inRecord.attention),
  };
  return {
    $inc: {
      removed: removed - inRecord.removed,
      ...toGrown(further, inRecord.further),
      ...Object.fromEntries(grown),
    },
    $push: Object.fromEntries(Object.entries(pushed).map(([list, $each]) => [list, { $each }])),
  };
}

/** By how much numbers differ from what they were; those that do not are left out. */
export function toGrown<Name extends string>(
  now: Readonly<Record<Name, number>>,
  before: Readonly<Record<Name, number>>,
): Partial<Record<Name, number>> {
  const names = (Object.keys(now) as Name[]).filter((name) => now[name] !== before[name]);
  return Object.fromEntries(names.map((name) => [name, now[name] - before[name]])) as Partial<
    Record<Name, number>
  >;
}

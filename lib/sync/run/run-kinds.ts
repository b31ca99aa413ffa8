import type { RunKind } from '../../../models/run-report.js';

/** What a kind of run is and may do. How it is executed stands in `execute-run.ts`. */
export interface RunKindDefinition {
  /**
   * Which lease it holds: one run that manages users goes at a time over all hosts, and beside it one preview and one
   * auto-logout.
   */
  readonly lease: 'sync' | 'preview' | 'auto-logout';
  /** Whether it writes to people, and so needs transactions and raises the fence. */
  readonly writes: boolean;
  /**
   * Whether it finishes what follows a change of a user, that of runs that were killed, too: names, rooms, photos, mails.
   * Two runs at the same time would do it twice.
   */
  readonly followsUp: boolean;
  /** Whether it reads the whole directory; else it is about the people of a list. */
  readonly sweeps: boolean;
  /** Whether it waits behind a run of another kind; else the caller is told that a run is going. */
  readonly waits: boolean;
  /** Whether whoever asks for it again is given the run that is going. */
  readonly isShared: boolean;
  /** Whether it decides about all removals, so that an earlier list that waits is overtaken by it. */
  readonly decidesRemovals: boolean;
  /** Whether its list can be approved or rejected when it is held. */
  readonly isDecidable: boolean;
  /** Whether it may take something away, which a revert gives back. */
  readonly takesAway: boolean;
  /**
   * Whether it happens every few minutes: a run that had nothing to do leaves a count and no report of its own, and none
   * is the last run of the status.
   */
  readonly isRoutine: boolean;
  /** Whether its list is a plan that can be applied. */
  readonly isPlan: boolean;
  /** Whether it is about one person, so that whoever asked for it is told alone, and it says nothing of all others. */
  readonly isAboutOne: boolean;
}

export const RUN_KINDS: Readonly<Record<RunKind, RunKindDefinition>> = {
  sync: {
    lease: 'sync',
    writes: true,
    followsUp: true,
    sweeps: true,
    waits: true,
    isShared: true,
    decidesRemovals: true,
    isDecidable: true,
    takesAway: true,
    isRoutine: false,
    isPlan: false,
    isAboutOne: false,
  },
  preview: {
    lease: 'preview',
    writes: false,
    followsUp: false,
    sweeps: true,
    waits: false,
    isShared: true,
    decidesRemovals: false,
    isDecidable: false,
    takesAway: false,
    isRoutine: false,
    isPlan: true,
    isAboutOne: false,
  },
  trial: {
    lease: 'preview',
    writes: false,
    followsUp: false,
    sweeps: true,
    waits: false,
    // Each has settings of its own.
    isShared: false,
    decidesRemovals: false,
    isDecidable: false,
    takesAway: false,
    isRoutine: false,
    isPlan: true,
    isAboutOne: false,
  },
  approval: {
    lease: 'sync',
    writes: true,
    followsUp: true,
    sweeps: false,
    waits: false,
    isShared: true,
    decidesRemovals: false,
    isDecidable: false,
    takesAway: true,
    isRoutine: false,
    isPlan: false,
    isAboutOne: false,
  },
  revert: {
    lease: 'sync',
    writes: true,
    followsUp: true,
    sweeps: false,
    waits: false,
    isShared: true,
    decidesRemovals: false,
    isDecidable: false,
    takesAway: false,
    isRoutine: false,
    isPlan: false,
    isAboutOne: false,
  },
  application: {
    lease: 'sync',
    writes: true,
    followsUp: true,
    sweeps: true,
    // What waits behind another run is no longer what was looked at.
    waits: false,
    isShared: false,
    decidesRemovals: true,
    isDecidable: true,
    takesAway: true,
    isRoutine: false,
    isPlan: false,
    isAboutOne: false,
  },
  'person-sync': {
    lease: 'sync',
    writes: true,
    followsUp: true,
    sweeps: true,
    // A sync that is going reads this person, too.
    waits: false,
    // Each is about somebody else.
    isShared: false,
    // An earlier list that waits is about everybody.
    decidesRemovals: false,
    isDecidable: true,
    // What would take away waits for a decision.
    takesAway: false,
    isRoutine: false,
    isPlan: false,
    isAboutOne: true,
  },
  'auto-logout': {
    lease: 'auto-logout',
    writes: true,
    followsUp: false,
    sweeps: false,
    waits: false,
    isShared: true,
    decidesRemovals: false,
    isDecidable: false,
    // Nothing of it can be given back: tokens are kept nowhere.
    takesAway: false,
    isRoutine: true,
    isPlan: false,
    isAboutOne: false,
  },
};

/** Whether the rows of a run say what would be done. A run that is gone is taken for one that wrote. */
export function isDry(kind: RunKind | undefined): boolean {
  return kind !== undefined && !RUN_KINDS[kind].writes;
}

/** The kinds of which something is true. */
export function kindsWhere(is: (definition: RunKindDefinition) => boolean): readonly RunKind[] {
  return (Object.keys(RUN_KINDS) as RunKind[]).filter((kind) => is(RUN_KINDS[kind]));
}

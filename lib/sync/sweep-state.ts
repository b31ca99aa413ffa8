import type { Person } from '../mapping/map-entry.js';
import type { ManagedField } from './diff.js';
import type { Outcome } from './report.js';
import { createSeenIds, type SeenIds } from './seen-ids.js';
import type { DeactivationCandidate } from './user-store.js';

/** A user name that is to change once the sweep is complete, and what the person counts as until then. */
export interface PendingRename {
  readonly userId: string;
  readonly person: Pick<Person, 'dn' | 'name'>;
  readonly from: string | undefined;
  readonly to: string;
  readonly outcome: Outcome;
}

/** Fields that are to be removed from a user once the sweep is complete. */
export interface PendingClearing {
  readonly userId: string;
  readonly fields: readonly ManagedField[];
  readonly outcome: Outcome;
}

export interface PendingDeactivation extends DeactivationCandidate {
  readonly dn: string;
  readonly outcome: Outcome;
}

/** What a sweep has gathered so far: bounded by ids and by what waits, never by entries. */
export interface SweepState {
  readonly seen: SeenIds;
  /** Lower-cased attributes the ids came from. */
  readonly idAttributes: Set<string>;
  /** Lower-cased candidate attributes that at least one entry lacked: not seen by those proves nothing. */
  readonly lackedIdAttributes: Set<string>;
  readonly renames: PendingRename[];
  readonly clearings: PendingClearing[];
  readonly deactivations: PendingDeactivation[];
  read: number;
  duplicates: number;
  unidentified: number;
  linkedSeen: number;
  /** Of these, the active ones. When they are as many as before the sweep, nobody is missing. */
  activeLinkedSeen: number;
  /** Active linked users when the sweep began: whoever it creates proves nothing. */
  readonly linkedBefore: number;
}

export function createSweepState(linkedBefore: number): SweepState {
  return {
    seen: createSeenIds(),
    idAttributes: new Set(),
    lackedIdAttributes: new Set(),
    renames: [],
    clearings: [],
    deactivations: [],
    read: 0,
    duplicates: 0,
    unidentified: 0,
    linkedSeen: 0,
    activeLinkedSeen: 0,
    linkedBefore,
  };
}

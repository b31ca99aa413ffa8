import type { RemovalRow } from '../../../models/change-row.js';
import { toRemovalCounts } from '../../../models/removal-kind.js';
import type { Dispute } from './dispute.js';
import { isIdForever } from '../../mapping/lasting-ids.js';
import type { LeavingRoom } from './leaving-rooms.js';
import { createSeenIds, type SeenIds } from './seen-ids.js';

/** What a sweep has gathered so far. It keeps ids, never entries, so that it stays small. */
export interface SweepState {
  readonly seen: SeenIds;
  /**
   * What the users of entries are still linked by that are identified by something else now (`toFormerKey`).
   */
  readonly seenFormers: SeenIds;
  /** Those of them that several entries have. */
  readonly contestedFormers: Set<string>;
  /** Lower-cased attributes the ids came from. */
  readonly idAttributes: Set<string>;
  /**
   * Lower-cased candidate attributes that at least one entry lacked: an unseen id of such an attribute proves
   * nothing.
   */
  readonly lackedIdAttributes: Set<string>;
  /** Removals that wait in the change log, in people, those that need a decision left aside. */
  readonly wanted: ReturnType<typeof toRemovalCounts>;
  /** Of the wanted deactivations: those of people whom the directory shows as disabled. */
  shownDisabled: number;
  /** Changes of an id that nobody else can have: they are not limited. */
  surelyRelinked: number;
  /** Those that need a decision by a person, in people. */
  readonly needingDecision: ReturnType<typeof toRemovalCounts>;
  /**
   * The further attributes of being disabled that count for the first time: what they say needs a decision.
   */
  readonly newlyCounting: ReadonlySet<string>;
  /** Those of them by which somebody is to be switched off. */
  readonly newlyDeciding: Set<string>;
  read: number;
  /** Entries of people who are not in the group whose members are synced. */
  outsideGroup: number;
  duplicates: number;
  unidentified: number;
  /** Entries that do not show whether the person is disabled. */
  stateUnknown: number;
  /** Users whose entries were read and who verify the directory (`isVerifier`). */
  verifiersSeen: number;
  /**
   * Users whose link is to be confirmed: those this run linked, and those it saw whose link an earlier run
   * left unconfirmed.
   */
  readonly unconfirmed: string[];
  /** The runs that had linked the users of `unconfirmed`. */
  readonly doubted: Set<string>;
  /** Newcomers of whom is told after the sweep. */
  readonly disputes: Dispute[];
  /** Fields for which some entry had a value of its own; kinds of maps by which somebody gets something. */
  readonly filled: Set<string>;
  /** Removals of photos that wait until somebody has shown a photo, and how many were too many to wait. */
  readonly photos: { readonly waiting: RemovalRow[]; passedOver: number };
  /** How many users would lose something of a field, or leave rooms of a kind. */
  readonly losing: Map<string, number>;
  /** How many users would lose a role. */
  readonly losingRoles: Map<string, number>;
  /** The roles that groups give to somebody who was read. */
  readonly givenRoles: Set<string>;
  /** The rooms that users would leave, by their ids. */
  readonly leavingRooms: Map<string, LeavingRoom>;
  /** What groups give to somebody who was read, by kind and name (`toGivenName`). */
  readonly givenNames: Set<string>;
  /**
   * Active linked users whose entries were read. When they are as many as before the sweep, nobody is
   * missing.
   */
  activeLinkedSeen: number;
  /**
   * Active linked users when the sweep began. Users whom the sweep creates do not count, because they prove
   * nothing.
   */
  readonly linkedBefore: number;
}

export function createSweepState(
  linkedBefore: number,
  newlyCounting: ReadonlySet<string> = new Set(),
): SweepState {
  return {
    newlyCounting,
    newlyDeciding: new Set(),
    seen: createSeenIds(),
    seenFormers: createSeenIds(),
    contestedFormers: new Set(),
    idAttributes: new Set(),
    lackedIdAttributes: new Set(),
    wanted: toRemovalCounts(),
    shownDisabled: 0,
    surelyRelinked: 0,
    needingDecision: toRemovalCounts(),
    read: 0,
    outsideGroup: 0,
    duplicates: 0,
    unidentified: 0,
    stateUnknown: 0,
    verifiersSeen: 0,
    unconfirmed: [],
    doubted: new Set(),
    disputes: [],
    filled: new Set(),
    photos: { waiting: [], passedOver: 0 },
    losing: new Map(),
    losingRoles: new Map(),
    givenRoles: new Set(),
    leavingRooms: new Map(),
    givenNames: new Set(),
    activeLinkedSeen: 0,
    linkedBefore,
  };
}

/** The row, which needs a decision where an attribute asks for it that counts for the first time. */
export function withNeededDecision(
  row: RemovalRow,
  { newlyCounting, newlyDeciding }: Pick<SweepState, 'newlyCounting' | 'newlyDeciding'>,
): RemovalRow {
  if (row.disabledBy === undefined || !newlyCounting.has(row.disabledBy)) return row;
  newlyDeciding.add(row.disabledBy);
  return { ...row, needsDecision: true };
}

/** The user goes on as the same person under another id, which no limit has to ask about. */
export function isSureRelink({ kind, formerly, needsDecision }: RemovalRow): boolean {
  return kind === 'relink' && needsDecision !== true && isIdForever(formerly?.idAttribute ?? '');
}

/** The entry is the user's only as far as nobody else has what the user is linked by, and that can go to another entry. */
export function isDoubtful({ formerly, pair }: RemovalRow): boolean {
  return formerly !== undefined && pair === undefined && !isIdForever(formerly.idAttribute);
}

/** The directory shows the person, and shows them as disabled: whatever it did not show does not matter. */
export function isShownDisabledRow(row: RemovalRow): boolean {
  return row.because === 'disabled-in-directory' && !isDoubtful(row);
}

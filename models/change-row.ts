import type { AccountPair } from './account-pair.js';
import type { RemovalKind } from './removal-kind.js';
import type { Outcome } from './run-report.js';

/**
 * A field of a user before and after. Photos and other bytes are hex SHA-256. Absent: there was, or will be,
 * nothing.
 */
export interface FieldChange {
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** What a run did, or wants to do, to one person. */
export interface ChangeRow {
  /** `write`: what adds or corrects; `sign-out`: sessions and tokens were ended; everything else takes away. */
  readonly kind: 'write' | 'sign-out' | RemovalKind;
  readonly outcome: Outcome;
  /** `waiting`: nothing has happened yet. `skipped`: nothing will; `reason` says why. */
  readonly state: 'waiting' | 'done' | 'skipped';
  /** Absent when the user was only being created in a preview. */
  readonly userId?: string;
  readonly username?: string;
  readonly name?: string;
  readonly dn?: string;
  readonly fields: readonly FieldChange[];
  readonly reason?: string;
}

/** Why a user is to be switched off. */
export type DeactivationCause = 'missing-from-directory' | 'disabled-in-directory';

/** What switching a user off changes. */
export const SWITCHED_OFF_FIELDS: readonly FieldChange[] = [{ field: 'active', from: true, to: false }];

/** The room that a user leaves. */
export interface RowRoom {
  readonly kind: 'channels' | 'teams';
  readonly rid: string;
  /** The names of the maps by which groups give it. */
  readonly names: readonly { readonly kind: RowRoom['kind']; readonly name: string }[];
  /** Of a team, whose main room it is. */
  readonly teamId?: string;
  /** By which the user was in it; set when the user has left. */
  readonly subscriptionId?: string;
  /** Set when the user had no subscription of the main room, and has left the team alone. */
  readonly leftTeamOnly?: true;
}

/** A room that a user left who may not be in it any more. */
export interface LeftRoom {
  readonly rid: string;
  readonly name: string;
  /** By which the user was in it. */
  readonly subscriptionId: string;
}

/** A removal, with what is needed to look the person up again. */
export interface RemovalRow extends ChangeRow {
  readonly kind: RemovalKind;
  readonly userId: string;
  /** `services.ldap.id` and `.idAttribute`. */
  readonly ldapId: string;
  readonly idAttribute: string;
  /** What the user is linked by until a change of the id is carried out, in the same run as the row. */
  readonly formerly?: { readonly ldapId: string; readonly idAttribute: string };
  readonly because?: DeactivationCause;
  /** The attribute by which the directory says that the person is disabled. */
  readonly disabledBy?: string;
  /** True when the row waits for a decision however few there are. */
  readonly needsDecision?: true;
  /** Set where an entry and an account may be the same person. */
  readonly pair?: AccountPair;
  /** Set where somebody leaves a room. */
  readonly room?: RowRoom;
  /** The rooms that the user has left with it, as the ABAC attributes no longer allow them. */
  readonly leftRooms?: readonly LeftRoom[];
  /** What somebody decided about the row of a held run, and the run that does what was approved. */
  readonly decided?: { readonly verdict: 'approved' | 'rejected'; readonly runId?: string };
  /** What the person counts as in the run that wants the removal; absent when they were not read. */
  readonly countedAs?: Outcome;
}

const MAX_TEXT = 500;
const MAX_ITEMS = 20;

/** A value small enough to be kept, however large the directory made it. */
export function toKeptValue(value: unknown): unknown {
  if (typeof value === 'string') return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map(toKeptValue);
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, MAX_ITEMS)
        .map(([key, item]) => [key, toKeptValue(item)]),
    );
  }
  return value;
}

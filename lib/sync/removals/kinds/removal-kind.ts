import type { Advice } from '../../../advice.js';
import type { FieldChange, RemovalRow } from '../../../../models/change-row.js';
import type { Outcome, RunProblem } from '../../../../models/run-report.js';
import type { UserRecord } from '../../../../models/user.js';
import type { DirectoryEntry } from '../../../directory/directory.js';
import type { Person } from '../../../mapping/map-entry.js';
import type { GrantKind, SyncPolicy, SyncSettings } from '../../../settings/sync-settings.js';
import type { UserDiff } from '../../plan/diff.js';
import type { NameRules } from '../../plan/name-refusal.js';
import type { NameOwner, NameOwners } from '../../plan/name-owners.js';
import type { UserUpdate } from '../../users/user-store.js';
import type { MembershipRules } from '../../rooms/membership-rules.js';
import type { LeaveResult } from '../../rooms/room-writes.js';
import type { Stamp } from '../../users/user-updates.js';
import type { LookUpKind } from '../look-up-people.js';
import type { NameExchange } from './name-exchange.js';

export type { NameExchange } from './name-exchange.js';

/** What shows that a removal still holds. */
export type ConfirmedBy =
  | Exclude<LookUpKind, 'present'>
  | 'disabled'
  | 'enabled'
  | 'renamed'
  | 'without-value'
  | 'paired'
  | 'not-given'
  | 'same-entry';

export interface Confirmed {
  readonly confirmed: true;
  readonly by: ConfirmedBy;
  /** What the person did, in the words of a report: "is no longer in the directory". */
  readonly reason: string;
  readonly dn?: string;
  /** The changes to make, with values as of now. */
  readonly fields?: readonly FieldChange[];
  /** The account as it was when the removal was confirmed; of kinds that connect accounts. */
  readonly account?: NameOwner;
}

/** What groups have given, and a removal takes: in the names that `Person.grants` has. */
export interface TakenGrant {
  readonly kind: GrantKind;
  readonly name: string;
}

/** What is known of the person and the user of a removal, beside what differs between them. */
export interface ConfirmFacts {
  /** `undefined`: the entry cannot be mapped. */
  readonly person: Person | undefined;
  readonly user: UserRecord;
  readonly entry: DirectoryEntry;
  /** Where the entry is that the user is linked to, of pairs of which the user is linked to another. */
  readonly formerEntry: LookUpKind | undefined;
  /** Who has the names of the entry; of kinds that connect accounts. */
  readonly owners: NameOwners;
  readonly settings: SyncSettings;
  /** Of what the row takes of groups' gifts (`takes`), what all three witnesses say that no group gives. */
  readonly withheld: readonly TakenGrant[];
  /** Who joins and who leaves which room of the maps. */
  readonly memberships: MembershipRules;
}

/** What a kind says of a removal whose person is present: what confirms it, or why it is no longer wanted. */
export type ConfirmedNow = Omit<Confirmed, 'confirmed' | 'dn'> | { readonly refused: string };

/** The user as the transaction sees it, and what a removal needs to know beside. */
export interface PresentUser {
  readonly user: UserRecord;
  /** The active administrators who are left at this moment of the transaction. */
  readonly admins: readonly string[];
  /** The names of teams among the user names that are wanted, as keys. @default none */
  readonly teams?: ReadonlySet<string>;
  readonly stamp: Stamp;
  /** The user as an owner of names; of kinds that connect accounts. */
  readonly account?: NameOwner | undefined;
  /** Who has the addresses that are given back. */
  readonly addressOwners?: NameOwners['emails'] | undefined;
  /** What the look-up before the transaction has shown. */
  readonly confirmed?: Confirmed | undefined;
  /** What became of the room that is left, or comes back, in this transaction. */
  readonly moved?: RoomMove | undefined;
}

/** What became of a membership in a transaction. */
export type RoomMove = LeaveResult | { readonly state: 'back' | 'gone' | 'inside' };

/** What is to be written of the user, or what stands against it. */
export type Carried = { readonly update: UserUpdate | undefined } | { readonly obstacle: Obstacle };

/**
 * `changed`: the user is not as expected any more. `photo-deleted`: what would be given back is gone. `team`:
 * a team has the user name by now. `last-role`: the user would have no role at all. `last-owner`: the room would
 * have no owner any more. `membership-gone`: neither the room nor the trash has what would be given back.
 * `federated`: the user is an account of another server by now.
 */
export type Obstacle =
  | 'changed'
  | 'last-admin'
  | 'last-role'
  | 'photo-deleted'
  | 'team'
  | 'last-owner'
  | 'membership-gone'
  | 'federated';

/** How the user of a row has to be linked when it is carried out. */
export interface LinkDemand {
  isMet(row: RemovalRow, user: UserRecord): boolean;
  /** Said when it is not. */
  readonly otherwise: string;
}

/** One kind of removal, or of letting in again: everything that guard, carrying out, revert and reports know of it. */
export interface RemovalKindDefinition {
  /** Of many, in a sentence: "12 of 100 linked users would be deactivated". */
  readonly would: string;
  /** What one and several are called. */
  readonly called: { readonly one: string; readonly many: string };
  /** In metrics; never changes. */
  readonly label: string;
  /** What a person counts as for whom it has been done, and taken back. */
  readonly outcome: { readonly done: Outcome; readonly takenBack: Outcome };
  /** Whether the absence of the person's entry confirms it. */
  readonly isConfirmedByAbsence: boolean;
  /** What absence has to be. @default anywhere out of the sweep, where missing people are switched off */
  readonly absence?: {
    /** The entry is nowhere, not even outside the base or the filter. */
    readonly isOnlyGone: boolean;
    isAskedFor(policy: SyncPolicy): boolean;
  };
  /** Whether it is confirmed by what the entry says of being disabled, even where the entry is unusable. */
  readonly isConfirmedByState: boolean;
  /** Whether it goes by the settings of photos, and by what the entry shows of them. */
  readonly isAboutPhotos?: true;
  /** Whether it is about a room: the room is left, or comes back, in the transaction before the user is looked at. */
  readonly isAboutRooms?: true;
  /** Whether the settings ask for it. */
  isAllowedBy(settings: Pick<SyncSettings, 'policy' | 'mapping'>, row: RemovalRow): boolean;
  readonly link: LinkDemand;
  /**
   * Whether a row is about a pair: who owns the names of the entry is asked before, and the account is read
   * as an owner of names as it is carried out.
   */
  connects?(row: RemovalRow): boolean;
  /** Which of the two may switch a user off: it asks who the active administrators are. */
  readonly switchesOff?: 'carry-out' | 'take-back';
  /** Whether carrying a row out takes the role of administrators: it asks who the others are. */
  takesAdmin?(row: RemovalRow): boolean;
  readonly exchange?: NameExchange;
  /** What it takes that groups give: they are asked anew before it is confirmed. @default nothing */
  takes?(row: RemovalRow): readonly TakenGrant[];
  /** Whether the difference between entry and user still asks for it. */
  confirm(row: RemovalRow, diff: UserDiff, facts: ConfirmFacts): ConfirmedNow;
  /** Why nobody newly gets the name that the row wants. */
  findRefusal?(row: RemovalRow, rules: NameRules): Advice | undefined;
  carryOut(row: RemovalRow, present: PresentUser): Carried;
  /** Takes back what the run `target` did. `row`: the opposite of what was done. */
  takeBack(row: RemovalRow, present: PresentUser, target: string): Carried;
  /** The addresses that taking it back gives again, but to nobody while another account has them. */
  givesBack?(row: RemovalRow): readonly string[];
  /** What the report says of one that is done; nothing where the row of the history is enough. */
  toAccount?(confirmed: Confirmed, row: RemovalRow): Advice | undefined;
  /** What has happened to a user for whom it cannot be taken back. */
  readonly changedSince: string;
  /**
   * What a row is about, beside the user and the entry: two runs mean the same removal where it is the same.
   * @default nothing: there is one row of the kind for a user
   */
  toSubject?(row: RemovalRow): unknown;
  /** What to know after a revert. */
  readonly afterRevert?: RunProblem;
}

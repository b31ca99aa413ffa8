import { isActive } from '../../../models/active-user.js';
import type { RefusedPhotoRecord, UserRecord } from '../../../models/user.js';
import type { DeactivationCause, FieldChange } from '../../../models/change-row.js';
import type { UserDiff } from '../plan/diff.js';
import type { NameOwners } from '../plan/name-owners.js';
import type { UserMarks } from '../run/user-marks.js';

/** A change of one user that may be written at once. */
export interface UserChange {
  readonly userId: string;
  /**
   * `_updatedAt` as it was read: a host that slept does not overwrite what its successor has written since.
   */
  readonly seenUpdatedAt: Date | undefined;
  /** The addresses as they were read. If the stored addresses differ by now, no addresses are written. */
  readonly seenEmails: UserRecord['emails'];
  readonly diff: UserDiff;
  /** Set for an account that becomes linked: it is linked only while these terms still hold. */
  readonly merging?: { readonly address: string; readonly defaultRoles: readonly string[] };
  /** The run that links the user while nothing shows that it reads the right directory. */
  readonly unconfirmedBy?: string;
  /** The directory photo that has just been taken over. */
  readonly photo?: { readonly hash: string; readonly etag?: string };
  /** The directory photo that has just been refused. */
  readonly refusedPhoto?: RefusedPhotoRecord;
}

/** A user who is to be switched off. */
export interface Deactivation {
  readonly userId: string;
  readonly ldapId: string;
  readonly because: DeactivationCause;
}

/** `from`: the user name that the user is expected to have, if that counts. */
export interface Renaming {
  readonly from: string | undefined;
  readonly to: string;
}

/** How far the clocks of hosts and of the database may differ, ms. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/**
 * The latest time of creation of a user who verifies the directory. `provenAt`: when it was last verified.
 */
export function toVerifierUntil(provenAt: Date): Date {
  return new Date(provenAt.getTime() + CLOCK_TOLERANCE_MS);
}

/**
 * Whether a linked user verifies the directory that shows the user. Three kinds of users do not verify it: a
 * user whom a run linked while the directory was unverified; a user created since the directory was last
 * verified, because the chat server itself may have linked that user from a wrong directory; and a user who
 * is off for another reason than being disabled in the directory, because a place for people who have left
 * shows such users too.
 */
export function isVerifier(user: UserRecord, provenAt: Date | undefined): boolean {
  const { ldapSync, createdAt } = user;
  if (!isActive(user) && ldapSync?.deactivatedBecause !== 'disabled-in-directory') return false;
  if (ldapSync?.unconfirmedBy !== undefined) return false;
  return provenAt === undefined || (createdAt instanceof Date && createdAt <= toVerifierUntil(provenAt));
}

/** `admins` are the active administrators. */
export function isLastAdmin(admins: readonly string[], userId: string): boolean {
  return admins.length === 1 && admins[0] === userId;
}

/**
 * What became of a removal. `changed`: the user is not as expected any more; `duplicate`: somebody else has
 * the name or an address; `refused`: the database does not take this document.
 */
export type RemovalResult = 'done' | 'changed' | 'duplicate' | 'last-admin' | 'refused';

/** Why a write of one user did not happen. */
export type WriteFailure =
  /** Somebody took the user name or the address in the same moment. */
  | { readonly kind: 'duplicate' }
  /** The account that was to be linked has changed since it was read. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * The only writer of users. All reads and writes are in bulk; a failed operation is returned, never thrown.
 */
export interface UserStore extends UserMarks {
  /** The users linked to these ids (`services.ldap.id`), by id. Secrets are not read. */
  findLinked(ldapIds: readonly string[]): Promise<ReadonlyMap<string, readonly UserRecord[]>>;
  /** The users with these `_id`s, as {@link findLinked} gives them. */
  findById(userIds: readonly string[]): Promise<ReadonlyMap<string, UserRecord>>;
  /** Who already has these user names and addresses, whatever their case. */
  findNameOwners(usernames: readonly string[], addresses: readonly string[]): Promise<NameOwners>;
  insert(users: readonly UserRecord[]): Promise<ReadonlyMap<string, WriteFailure>>;
  update(changes: readonly UserChange[], now: Date): Promise<ReadonlyMap<string, WriteFailure>>;
  /** How many active users are linked to the directory. */
  countActiveLinked(): Promise<number>;
  /** Whether an active linked user verifies the directory ({@link isVerifier}). */
  hasVerifier(provenAt: Date | undefined): Promise<boolean>;
  /** The `_id`s of active administrators; at most a thousand. */
  activeAdmins(): Promise<readonly string[]>;
  /** Every active linked user, page by page: the search for those who are missing. */
  activeLinked(): AsyncIterable<UserRecord>;
  /** Switches a user off, empties the login tokens and records why. */
  deactivate(user: Deactivation, runId: string, now: Date): Promise<RemovalResult>;
  /**
   * Gives fields another value (`to`) where they still hold the expected one (`from`). An address that stays
   * keeps its stored `verified` flag.
   */
  exchange(userId: string, fields: readonly FieldChange[], now: Date): Promise<RemovalResult>;
  /** Gives a user another user name everywhere it is repeated. */
  rename(userId: string, renaming: Renaming, now: Date): Promise<RemovalResult>;
  /** Records that a renaming is done everywhere; until then the next run does it again. */
  finishRename(userId: string): Promise<void>;
  /**
   * Switches on a user whom the run `offByRun` switched off, unless somebody has switched the user on since.
   */
  reactivate(userId: string, offByRun: string, now: Date): Promise<RemovalResult>;
}

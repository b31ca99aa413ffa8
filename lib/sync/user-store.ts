import type { UserRecord } from '../../models/user.js';
import type { DeactivationCause, FieldChange } from './change-row.js';
import type { UserDiff } from './diff.js';
import type { Claims } from './claims.js';

/** A change of one user that may flow at once. */
export interface UserChange {
  readonly userId: string;
  /** `_updatedAt` as it was read: a host that slept does not overwrite what its successor has written since. */
  readonly seenUpdatedAt: Date | undefined;
  readonly diff: UserDiff;
  /** The directory photo that has just been taken over. */
  readonly photo?: { readonly hash: string; readonly etag?: string };
}

/** A user who is to be switched off. */
export interface Deactivation {
  readonly userId: string;
  readonly ldapId: string;
  readonly because: DeactivationCause;
}

/** When a run linked the user, in ms of the database server's time; 0 when somebody else did. */
export function toLinkedAt({ ldapSync }: Pick<UserRecord, 'ldapSync'>): number {
  const at: unknown = ldapSync?.linkedAt;
  return at instanceof Date ? at.getTime() : 0;
}

/** `admins` are the active administrators. */
export function isLastAdmin(admins: readonly string[], userId: string): boolean {
  return admins.length === 1 && admins[0] === userId;
}

/** Why a write of one user did not happen. */
export type WriteFailure =
  /** Somebody took the user name or the address in the same moment. */
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'failed'; readonly message: string };

/** The only writer of users. All reads and writes are in bulk; a failed operation is returned, never thrown. */
export interface UserStore {
  /** The users linked to these ids (`services.ldap.id`), by id. Secrets are not read. */
  findLinked(ldapIds: readonly string[]): Promise<ReadonlyMap<string, readonly UserRecord[]>>;
  /** The users with these `_id`s, as {@link findLinked} gives them. */
  findById(userIds: readonly string[]): Promise<ReadonlyMap<string, UserRecord>>;
  /** Who already has these user names and addresses, whatever their case. */
  findClaims(usernames: readonly string[], addresses: readonly string[]): Promise<Claims>;
  insert(users: readonly UserRecord[]): Promise<ReadonlyMap<string, WriteFailure>>;
  update(changes: readonly UserChange[], now: Date): Promise<ReadonlyMap<string, WriteFailure>>;
  /** How many active users are linked to the directory. */
  countActiveLinked(): Promise<number>;
  /** When the first of them was linked ({@link toLinkedAt}); `Infinity` when nobody is. */
  earliestLink(): Promise<number>;
  /** The `_id`s of active administrators; at most a thousand. */
  activeAdmins(): Promise<readonly string[]>;
  /** Every active linked user, page by page: the search for those who are missing. */
  activeLinked(): AsyncIterable<UserRecord>;
  /**
   * Marks users as about to lose something to this run; without the mark the four methods below change nobody. Whoever takes
   * over from a run that died drops its marks first, so that it takes nothing away any more should it wake up.
   */
  claim(userIds: readonly string[]): Promise<void>;
  /** Takes the marks off that are left. */
  unclaim(userIds: readonly string[]): Promise<void>;
  /** Switches a user off, empties the login tokens and records why. */
  deactivate(user: Deactivation, runId: string, now: Date): Promise<'done' | 'changed' | 'last-admin'>;
  /** Removes fields that hold what is expected. */
  clear(userId: string, fields: readonly FieldChange[], now: Date): Promise<'done' | 'changed'>;
  /** Gives a user another user name everywhere it is repeated. */
  rename(userId: string, from: string | undefined, to: string, now: Date): Promise<'done' | 'changed' | 'duplicate'>;
  /** Everything that follows a renaming is done; until then the next run does it again. */
  finishRename(userId: string): Promise<void>;
  /** Switches a user on whom that run switched off, and whom nobody has switched on since. */
  reactivate(userId: string, offByRun: string, now: Date): Promise<'done' | 'changed'>;
  /** Gives fields that are empty their earlier values back. */
  restore(userId: string, fields: readonly FieldChange[], now: Date): Promise<'done' | 'changed'>;
}

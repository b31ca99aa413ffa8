import type { UserRecord } from '../../models/user.js';
import type { ManagedField, UserDiff } from './diff.js';
import type { Claims } from './match.js';

/** A change of one user that may flow at once. */
export interface UserChange {
  readonly userId: string;
  readonly diff: UserDiff;
  /** The directory photo that has just been taken over. */
  readonly photo?: { readonly hash: string; readonly etag?: string };
}

/** A user the directory gives a reason to switch off. */
export interface DeactivationCandidate {
  readonly userId: string;
  readonly ldapId: string;
  readonly idAttribute: string;
  readonly username: string | undefined;
  readonly name: string | undefined;
  readonly isAdmin: boolean;
  readonly because: 'missing-from-directory' | 'disabled-in-directory';
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
  /** Every active linked user, page by page: the search for those who are missing. */
  activeLinked(): AsyncIterable<UserRecord>;
  /** Switches a user off, empties the login tokens and records why. False when the user has changed since or is the last active administrator. */
  deactivate(candidate: DeactivationCandidate, runId: string, now: Date): Promise<'done' | 'changed' | 'last-admin'>;
  /** Removes what the directory no longer says of a user. */
  clear(userId: string, fields: readonly ManagedField[], now: Date): Promise<void>;
  /** Gives a user another user name everywhere it is repeated. */
  rename(userId: string, from: string | undefined, to: string, now: Date): Promise<'done' | 'changed' | 'duplicate'>;
  /** Everything that follows a renaming is done; until then the next run does it again. */
  finishRename(userId: string): Promise<void>;
}

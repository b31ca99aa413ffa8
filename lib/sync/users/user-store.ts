import { isActive } from '../../../models/active-user.js';
import { ADMIN_ROLE } from '../../../models/role.js';
import type { UserRecord } from '../../../models/user.js';
import type { NameOwner, NameOwners } from '../plan/name-owners.js';
import type { FoundRoles } from './find-roles.js';
import type { Transaction } from '../run/transaction.js';

/** What is to be written of a stored user; dotted paths. Every other field stays as it is. */
export interface UserUpdate {
  readonly set: Readonly<Record<string, unknown>>;
  readonly unset?: readonly string[];
  /** Values that lists get if they lack them. */
  readonly add?: Readonly<Record<string, unknown>>;
}

/** What is to be written of one user. */
export type UserWrite =
  | { readonly kind: 'insert'; readonly user: UserRecord }
  | ({ readonly kind: 'update'; readonly userId: string } & UserUpdate);

/** The users who are linked to a directory. */
export interface LinkSurvey {
  readonly all: number;
  readonly active: number;
  /** Each `services.ldap.idAttribute` once, as the host has stored it: it may be of any type. */
  readonly idAttributes: readonly unknown[];
}

/** Reads of users: inside a transaction where one is given. Secrets are not read. */
export interface UserReader {
  /** The users linked to these ids (`services.ldap.id`), by id; with `__rooms` where that is asked for. */
  findLinked(
    ldapIds: readonly string[],
    further?: { readonly rooms: boolean },
  ): Promise<ReadonlyMap<string, readonly UserRecord[]>>;
  /** The users with these `_id`s. */
  findById(userIds: readonly string[], tx?: Transaction): Promise<ReadonlyMap<string, UserRecord>>;
  /** Who already has these user names and addresses, whatever their case. */
  findNameOwners(
    usernames: readonly string[],
    addresses: readonly string[],
    tx?: Transaction,
  ): Promise<NameOwners>;
  /** Which of these user names are names of teams, whatever their case; as keys (`toNameKey`). */
  findTeams(usernames: readonly string[], tx?: Transaction): Promise<ReadonlySet<string>>;
  /** The roles of the host that have one of these texts as their id or as their name. */
  findRoles(texts: readonly string[]): Promise<FoundRoles>;
  /** What the users with these `_id`s have as owners of names. */
  findOwnersById(userIds: readonly string[], tx?: Transaction): Promise<ReadonlyMap<string, NameOwner>>;
  /** Who is linked to a directory, in one reading. */
  surveyLinks(): Promise<LinkSurvey>;
  /** Whether an active linked user verifies the directory (`isVerifier`). */
  hasVerifier(provenAt: Date | undefined): Promise<boolean>;
  /** The `_id`s of active administrators; at most a thousand. */
  activeAdmins(tx?: Transaction): Promise<readonly string[]>;
  /** Every active linked user, page by page: the search for those who are missing. */
  activeLinked(): AsyncIterable<UserRecord>;
  /**
   * Linked users who are off because one of these attributes said that they are disabled, the last first.
   * Users whom an earlier version switched off have no attribute, and count.
   */
  knownDisabled(by: readonly string[], limit: number): Promise<readonly UserRecord[]>;
  /** The users whose link one of these runs has made and nobody has confirmed yet. */
  findUnconfirmed(runIds: readonly string[]): Promise<readonly string[]>;
}

/** The only writer of users and of what opens the host in their name. */
export interface UserStore extends UserReader {
  /** Writes in this order, in bulk. Rejects with a `RefusedWrite` when the database refuses a user. */
  write(writes: readonly UserWrite[], tx: Transaction): Promise<void>;
  /** Deletes what other applications were granted in the name of these users: OAuth tokens and codes. */
  revokeTokens(userIds: readonly string[], tx: Transaction): Promise<void>;
  /** Brings what is kept in memory of names up to date, once the transaction of these writes is committed. */
  committed(writes: readonly UserWrite[]): Promise<void>;
}

/** The user whom a write is about. */
export function userIdOf(write: UserWrite): string {
  return write.kind === 'insert' ? write.user._id : write.userId;
}

/** Whether somebody is an administrator who is on. A host's document may hold anything. */
export function isActiveAdmin(user: UserRecord): boolean {
  return isActive(user) && Array.isArray(user.roles) && user.roles.includes(ADMIN_ROLE);
}

/** `admins` are the active administrators. */
export function isLastAdmin(admins: readonly string[], userId: string): boolean {
  return admins.length === 1 && admins[0] === userId;
}

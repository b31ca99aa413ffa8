import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';

export interface EmailRecord {
  address: string;
  verified: boolean;
}

/**
 * A login token (`services.resume.loginTokens[]`): a session, or a personal access token, which never
 * expires.
 */
export interface LoginTokenRecord {
  /** base64(SHA-256(token)) */
  hashedToken: string;
  /** Sessions only. */
  when?: Date;
  type?: 'personalAccessToken';
}

/** What of stored addresses can be read: the host's documents may hold anything. */
export function toReadableEmails(stored: unknown): EmailRecord[] {
  if (!Array.isArray(stored)) return [];
  const isReadable = (email: Partial<EmailRecord> | null): boolean => typeof email?.address === 'string';
  return (stored.every(isReadable) ? stored : stored.filter(isReadable)) as EmailRecord[];
}

export interface UserServicesRecord {
  ldap?: {
    /** Lower-case hex of the raw bytes of the immutable id. */
    id?: string;
    /** The attribute the id came from, in the server's case. */
    idAttribute?: string;
  };
  resume?: { loginTokens?: LoginTokenRecord[] };
  /** bcrypt of the hex SHA-256 of the password. */
  password?: { bcrypt?: string };
  /** `secret` is base32; `hashedBackup` holds hex SHA-256 of each unused backup code. */
  totp?: { enabled?: boolean; secret?: string; hashedBackup?: string[] };
  email2fa?: { enabled?: boolean; changedAt?: Date };
  /** The code mailed last: bcrypt of the six digits. */
  emailCode?: { code: string; expire: Date; attempts: number };
  [service: string]: unknown;
}

/** A directory photo that could not be decoded. */
export interface RefusedPhotoRecord {
  /** Hex SHA-256 of it. */
  hash: string;
  /** Why: a word of the decoder's. */
  refusal: string;
  /** The limits it was refused under. */
  limits: string;
  at: Date;
}

/** What was done to a user and has not followed around the user yet; `back`: switching off was taken back. */
export type Switching = 'off' | 'on' | 'back';

/** A mail that is due because a run has switched the user off or on. */
export interface DueMailRecord {
  about: 'off' | 'on';
  runId: string;
}

/** The marks of what has not followed around a user yet: fields of `users.ldapSync`, in the order of their list. */
export const UNFINISHED_WORK = ['renamedFrom', 'namedFrom', 'switching', 'joins', 'mail'] as const;
export type UnfinishedWork = (typeof UNFINISHED_WORK)[number];

/** What this package alone knows about a user. Rocket.Chat ignores it. */
export interface UserLdapSyncRecord {
  /** Hex SHA-256 of the directory photo that was last taken over. */
  photo?: string;
  /** The directory photo that was last refused: it is not decoded again until it changes. */
  refusedPhoto?: RefusedPhotoRecord;
  deactivatedAt?: Date;
  /** Why a run switched the user off. */
  deactivatedBecause?: 'missing-from-directory' | 'disabled-in-directory';
  /** The attribute that said so, where the directory shows the person as disabled. */
  deactivatedBy?: string;
  deactivatedByRun?: string;
  /** Conversations, agents and owners of rooms still have to follow. */
  switching?: Switching;
  /** The user is to be mailed about being switched off or on. */
  mail?: DueMailRecord;
  /** The run that switched the user on, while no run has switched the user off since. */
  reactivatedByRun?: string;
  /** The user name before a renaming that has not been carried through everywhere yet. */
  renamedFrom?: string;
  /** What people read as the name before a change that has not been carried through everywhere yet. */
  namedFrom?: string;
  /** The ids of the rooms that the user, who is new, has still to join. */
  joins?: string[];
  /** Which of these marks stand here (`UNFINISHED_WORK`): one index finds them all. Absent: none. */
  unfinished?: UnfinishedWork[];
  /** The run that linked the user, until one has ended that was sure to have read the right directory. */
  unconfirmedBy?: string;
  /** Which directory the user is linked to; absent: the only one, `default`. */
  directory?: string;
}

/** A document of `users`, as far as this package reads or writes it. */
export interface UserRecord {
  _id: string;
  type?: string;
  username?: string;
  name?: string;
  emails?: EmailRecord[];
  active?: boolean;
  inactiveReason?: string;
  roles?: string[];
  status?: string;
  ldap?: boolean;
  importIds?: string[];
  /** Of the host, and of any shape. */
  customFields?: unknown;
  /** `[{ key, values }]`: what decides who may be in which room; a host's document may hold anything. */
  abacAttributes?: unknown;
  services?: UserServicesRecord;
  /** Rocket.Chat before its migration 350 has it as `freeSwitchExtension`; only the store of users knows. */
  sipExtension?: string;
  freeSwitchExtension?: string;
  /** Set for a user of another server. */
  federated?: boolean;
  /** The ids of the rooms that the user is in, as the chat server lists them; read only where it is asked for. */
  __rooms?: unknown;
  avatarETag?: string;
  avatarOrigin?: string;
  ldapSync?: UserLdapSyncRecord;
  lastLogin?: Date;
  createdAt?: Date;
  _updatedAt?: Date;
}

/** The users of the host. */
export function userCollection(connection: Connection): Collection<UserRecord> {
  return openCollection(connection, 'users');
}

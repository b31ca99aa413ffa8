import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';

/** A code that was looked at and not found right, or is being looked at. */
export interface AttemptRecord {
  _id: string;
  /** SHA-256 of what tells the login token; `''` where the host's own sign-in tells none. */
  token: string;
  at: Date;
  /** It is still being looked at. */
  isOpen: boolean;
  /** Which e-mailed code it was a guess at. */
  emailCode?: string;
}

/** A code that was mailed and has not been used. */
export interface MailedCodeRecord {
  /** Tells the code: SHA-256 of the bcrypt that is stored of it. */
  _id: string;
  /** For whose call it was mailed; as in `AttemptRecord`. */
  token: string;
  at: Date;
}

/**
 * What all hosts have to know of a user's second factor: a document of `ldap_sync_second_factor`. All times
 * are the database
 * server's.
 */
export interface SecondFactorRecord {
  /** `users._id` */
  _id: string;
  /** Grows with every change: a change is made only to the version that it was reckoned from. */
  version: number;
  attempts?: AttemptRecord[];
  mailed?: MailedCodeRecord[];
  /** The TOTP time step (RFC 6238) that was used last. */
  lastTotpStep?: number;
  /** When the user was last told by mail that a token's attempts are spent. */
  toldAt?: Date;
  /** The database deletes the document then. */
  expiresAt?: Date;
}

/** What all hosts know of second factors. */
export function secondFactorCollection(connection: Connection): Collection<SecondFactorRecord> {
  return openCollection(connection, 'ldap_sync_second_factor');
}

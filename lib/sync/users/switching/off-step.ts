import type { Following } from '../follow-documents.js';

/** One thing that is done around users who are switched off. */
export interface OffStep {
  readonly collection: string;
  /** The documents to look at, by the ids of users: a name may be somebody else's by now. */
  readonly find: (userIds: readonly string[]) => object;
  /** How many documents are written at most for one that is found. */
  readonly weight: number;
  /** Brings documents to what they are while their users are off, in one transaction. May be repeated. */
  readonly update: (found: readonly string[], following: Following) => Promise<void>;
}

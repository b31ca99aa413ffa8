import type { Advice } from '../../../advice.js';
import type { RemovalRow } from '../../../../models/change-row.js';
import type { UserUpdate } from '../../users/user-store.js';

/** Names that no two users can have, which a removal gives up and wants. */
export interface NameExchange {
  readonly names: 'usernames' | 'emails';
  /** As keys (`toNameKey`). */
  gives(row: RemovalRow): readonly string[];
  wants(row: RemovalRow): readonly string[];
  /** Addresses that are wanted beside user names. */
  alsoWants?(row: RemovalRow): readonly string[];
  /** Gives up what the user has, so that users in a circle can exchange it. Replaced in the same transaction. */
  toInterim(userId: string): UserUpdate;
  /** Somebody else has the name and keeps it. */
  toTaken(row: RemovalRow): Advice;
  /** Somebody else has by now what a revert would give back. */
  toTakenSince(row: RemovalRow): Advice;
}

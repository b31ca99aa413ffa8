import { isActive } from '../../../models/active-user.js';
import type { UserRecord } from '../../../models/user.js';

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

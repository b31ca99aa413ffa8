import type { RemovalDependencies } from './removal-dependencies.js';
import type { SweepState } from './sweep-state.js';

/**
 * Whether the sweep showed a user who verifies the directory. Where no such user is left, any active linked
 * user verifies it.
 */
export async function isDirectoryVerified(
  { verifiersSeen, activeLinkedSeen }: SweepState,
  { run, users }: RemovalDependencies,
): Promise<boolean> {
  return verifiersSeen > 0 || (activeLinkedSeen > 0 && !(await users.hasVerifier(run.provenAt)));
}

import { LdapSyncError } from '../errors.js';
import type { Directory } from './directory.js';
import type { ServerDescription } from './server-description.js';

/**
 * Who answers; `undefined` when that cannot be found out, for whom it only makes an answer better. What is wrong
 * with the connection is told by the next search.
 */
export async function describeQuietly(
  directory: Directory,
  signal: AbortSignal,
): Promise<ServerDescription | undefined> {
  try {
    return await directory.describeServer(signal);
  } catch (error) {
    if (error instanceof LdapSyncError) return undefined;
    throw error;
  }
}

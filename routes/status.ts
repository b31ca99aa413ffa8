import type { ReadStatus } from '../lib/watch/status.js';
import type { Call } from './checks.js';
import { ok, type Reply } from './reply.js';

/** `GET ldap.status`: how the sync is doing. */
export function createStatus({ readStatus }: { readonly readStatus: ReadStatus }) {
  return async (_call: Call): Promise<Reply> => ok(await readStatus());
}

import type { Connection } from 'mongoose';
import { LdapSyncError } from '../../lib/errors.js';
import type { StoreLease } from '../../lib/sync/run/store-lease.js';

export const LOST = new LdapSyncError('lease-lost', 'lost');

/** The lease of a run that nobody takes over. */
export function keptLease(fence: number): StoreLease {
  return { id: `run${fence}`, fence, mayWrite: () => undefined, writableMs: () => undefined };
}

/** The lease of a run that another has taken over, if that has not been noticed yet. */
export function lostLease(fence: number): StoreLease {
  return { ...keptLease(fence), mayWrite: () => Promise.reject(LOST) };
}

/** As if its holder had been silent for longer than a lease lives: nobody wants to wait that long. */
export async function expireLease(connection: Connection): Promise<void> {
  await connection.collection('ldap_sync_lease').updateMany({}, { $set: { expiresAt: new Date(0) } });
}

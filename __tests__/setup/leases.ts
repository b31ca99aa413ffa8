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

/** Resolves when a holder has been silent for longer than its lease lives, by the database's time. */
export async function leaseEnded(connection: Connection): Promise<void> {
  const isHeld = async (): Promise<boolean> => {
    const { localTime } = (await connection.db!.command({ hello: 1 })) as { localTime: Date | number };
    return (
      (await connection
        .collection('ldap_sync_lease')
        .findOne({ expiresAt: { $gte: new Date(localTime) } })) !== null
    );
  };
  while (await isHeld()) await new Promise((resolve) => setTimeout(resolve, 100));
}

/** As if its holder had been silent for longer than a lease lives: nobody wants to wait that long. */
export async function expireLease(connection: Connection): Promise<void> {
  await connection.collection('ldap_sync_lease').updateMany({}, { $set: { expiresAt: new Date(0) } });
}

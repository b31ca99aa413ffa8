import type { Connection } from 'mongoose';

/** As if its holder had been silent for longer than a lease lives: nobody wants to wait that long. */
export async function expireLease(connection: Connection): Promise<void> {
  await connection.collection('ldap_sync_lease').updateMany({}, { $set: { expiresAt: new Date(0) } });
}

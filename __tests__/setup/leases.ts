import type { Connection } from 'mongoose';

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
  const leases = { _id: { $nin: ['ldap-sync-fence', 'ldap-sync-auto-logout-fence'] as never[] } };
  await connection.collection('ldap_sync_lease').updateMany(leases, { $set: { expiresAt: new Date(0) } });
}

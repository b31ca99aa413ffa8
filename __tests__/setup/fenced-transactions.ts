import type { Connection } from 'mongoose';
import type { Transact } from '../../lib/sync/run/transaction.js';

/**
 * A host takes over from the one before: gives transactions that commit until the next host takes over. The
 * last write of each changes the fence document.
 */
export async function takeOver(connection: Connection): Promise<Transact> {
  const fences = connection.collection<{ _id: string; holder: number; commits: number }>('test_fence');
  const fence = await fences.findOneAndUpdate(
    { _id: 'fence' },
    { $inc: { holder: 1 } },
    { upsert: true, returnDocument: 'after' },
  );
  const holder = fence?.holder ?? 0;
  return (work) =>
    connection.getClient().withSession((session) =>
      session.withTransaction(async () => {
        await work(session);
        const { matchedCount } = await fences.updateOne(
          { _id: 'fence', holder },
          { $inc: { commits: 1 } },
          { session },
        );
        if (matchedCount === 0) throw new Error('fenced off');
      }),
    );
}

/** How many transactions have been committed. */
export async function countCommits(connection: Connection): Promise<number> {
  const fence = await connection.collection('test_fence').findOne({});
  return (fence?.commits as number | undefined) ?? 0;
}

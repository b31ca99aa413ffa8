import type { Connection } from 'mongoose';
import { userCollection } from '../../../models/user.js';
import type { ActiveRun } from '../../../lib/sync/run/active-run.js';
import { commitOne, commitUnits, UNITS_AT_ONCE, type Unit } from '../../../lib/sync/run/commit-units.js';
import type { WriteFailure } from '../../../lib/sync/run/write-failure.js';
import { createMongoUserStore } from '../../../lib/sync/users/mongo-user-store.js';
import { openConnection, openTestDatabase, type TestDatabase } from '../../setup/mongo.js';
import { startWriting } from '../../setup/writing-run.js';

let database: TestDatabase;
let other: Connection;
let run: ActiveRun;
let batches: (readonly string[])[];
let told: Map<string, WriteFailure | undefined>;
beforeEach(async () => {
  database = await openTestDatabase();
  other = await openConnection(database.url);
  run = await startWriting(database.connection);
  batches = [];
  told = new Map();
});
afterEach(async () => {
  await run.abandon(true);
  await other.close();
  await database.close();
});

const users = () => userCollection(database.connection);
const ids = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);
const sizes = () => batches.map(({ length }) => length);
const renamed = async () => (await users().distinct('_id', { name: 'New' })).toSorted();
/** Another writer changes the user between what the transaction reads and what it writes. */
const disturb = (userId: string) => userCollection(other).updateOne({ _id: userId }, { $inc: { visits: 1 } });

/** Renames users, one in a unit; `between` comes after the users were read. */
async function rename(
  userIds: readonly string[],
  {
    between = () => undefined,
    nameOf = () => ({ name: 'New' }),
    committed = () => undefined,
  }: {
    between?: (batch: readonly string[]) => unknown;
    nameOf?: (userId: string) => Record<string, unknown>;
    committed?: () => void;
  } = {},
): Promise<void> {
  await users().insertMany(userIds.map((_id) => ({ _id, username: _id, name: 'Old' })));
  const store = createMongoUserStore(database.connection);
  const units = userIds.map((userId): Unit => ({ userIds: [userId] }));
  await commitUnits(units, {
    ...run,
    async write(batch, failures, { tx, tally }) {
      const [failed, wanted] = [
        batch.filter((unit) => failures.has(unit)),
        batch.filter((unit) => !failures.has(unit)),
      ];
      const names = wanted.flatMap((unit) => unit.userIds);
      batches.push(names);
      await store.findById(names, tx);
      await between(names);
      await store.write(
        names.map((userId) => ({ kind: 'update', userId, set: nameOf(userId) })),
        tx,
      );
      failed.forEach(() => tally.count('failed'));
      wanted.forEach(() => tally.count('updated'));
      return [...wanted, ...failed].map((unit) => [unit.userIds[0] as string, failures.get(unit)] as const);
    },
    committed(result) {
      for (const [userId, failure] of result) {
        expect(told.has(userId)).toBe(false);
        told.set(userId, failure);
      }
      committed();
    },
  });
}

describe('what has to be written to many', () => {
  it('goes in transactions of a bounded size, each unit in exactly one', async () => {
    await rename(ids(UNITS_AT_ONCE + 3));
    expect(sizes()).toEqual([UNITS_AT_ONCE, 3]);
    expect(await renamed()).toHaveLength(UNITS_AT_ONCE + 3);
    expect(run.tally.counts()).toMatchObject({ updated: UNITS_AT_ONCE + 3 });
  });

  it('is halved by a conflict, and what the other has written stays', async () => {
    let isDisturbed = false;
    await rename(ids(8), {
      between: async (names) => {
        if (!isDisturbed && names.includes('u5')) await disturb('u5');
        isDisturbed = true;
      },
    });
    expect(sizes()).toEqual([8, 4, 4]);
    expect(await renamed()).toEqual(ids(8));
    expect(await users().findOne({ _id: 'u5' })).toMatchObject({ visits: 1 });
    expect(run.tally.counts()).toMatchObject({ updated: 8 });
  });

  it('is halved only where the conflict is', async () => {
    let left = 3;
    await rename(ids(8), { between: (names) => names.includes('u5') && left-- > 0 && disturb('u5') });
    expect(sizes()).toEqual([8, 4, 4, 2, 1, 1, 2].slice(0, sizes().length));
    expect([...told.keys()].toSorted()).toEqual(ids(8));
    expect(await renamed()).toEqual(ids(8));
  });

  it('leaves out whom the database refuses, says why, and does the others together', async () => {
    await rename(ids(5), { nameOf: (id) => (id === 'u3' ? { username: 'u0' } : { name: 'New' }) });
    expect(sizes()).toEqual([5, 4]);
    expect(told.get('u3')).toEqual({ kind: 'duplicate' });
    expect(await renamed()).toEqual(['u0', 'u1', 'u2', 'u4']);
    expect(run.tally.counts()).toMatchObject({ updated: 4, failed: 1 });
  });

  it('tells a rule of the database from a name that is taken', async () => {
    await users().insertOne({ _id: 'x' });
    await database.connection.db?.command({ collMod: 'users', validator: { name: { $ne: 'Forbidden' } } });
    await rename(ids(2), { nameOf: (id) => ({ name: id === 'u1' ? 'Forbidden' : 'New' }) });
    expect(told.get('u1')).toMatchObject({ kind: 'failed', message: expect.any(String) as string });
    expect(await renamed()).toEqual(['u0']);
  });

  it('goes one by one after three refusals', async () => {
    const isTaken = (id: string) => Number(id.slice(1)) % 2 === 1;
    await rename(ids(9), { nameOf: (id) => (isTaken(id) ? { username: 'u0' } : { name: 'New' }) });
    expect(sizes().slice(0, 3)).toEqual([9, 8, 7]);
    expect(Math.max(...sizes().slice(3))).toBe(1);
    expect(
      [...told]
        .filter(([, failure]) => failure?.kind === 'duplicate')
        .map(([id]) => id)
        .toSorted(),
    ).toEqual(ids(9).filter(isTaken));
    expect(await renamed()).toEqual(ids(9).filter((id) => !isTaken(id)));
    expect(run.tally.counts()).toMatchObject({ updated: 5, failed: 4 });
  });

  it('leaves somebody out whom others write all the time, after ten conflicts, and ends', async () => {
    await rename(ids(3), { between: (names) => names.includes('u1') && disturb('u1') });
    expect(told.get('u1')).toEqual({ kind: 'busy' });
    expect(batches.filter((names) => names.length === 1 && names[0] === 'u1')).toHaveLength(10);
    expect(await renamed()).toEqual(['u0', 'u2']);
    expect(run.tally.counts()).toMatchObject({ updated: 2, failed: 1 });
  });

  it('ends between two transactions when the run is to end: what is committed stays', async () => {
    const cancelled = rename(ids(UNITS_AT_ONCE + 3), {
      committed: () => run.cancel({ _id: 'x', username: 'eve' }),
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'run-cancelled' });
    expect(sizes()).toEqual([UNITS_AT_ONCE]);
    expect(await renamed()).toHaveLength(UNITS_AT_ONCE);
    expect(run.tally.counts()).toMatchObject({ updated: UNITS_AT_ONCE });
  });

  it('fails as a whole with what is no matter of one person', async () => {
    const failure = new Error('The database is gone.');
    const failing = rename(ids(3), {
      between: () => {
        throw failure;
      },
    });
    await expect(failing).rejects.toBe(failure);
    expect([told.size, await renamed()]).toEqual([0, []]);
  });
});

describe('what concerns nobody alone', () => {
  const once = (between: () => unknown) =>
    commitOne(run, async ({ tx }) => {
      const store = createMongoUserStore(database.connection);
      await store.findById(['u0'], tx);
      await between();
      await store.write([{ kind: 'update', userId: 'u0', set: { name: 'New' } }], tx);
    });
  beforeEach(() => users().insertOne({ _id: 'u0', name: 'Old' }));

  it('is repeated until nobody stands in the way', async () => {
    let left = 3;
    await once(() => left-- > 0 && disturb('u0'));
    expect(await users().findOne({ _id: 'u0' })).toMatchObject({ name: 'New', visits: 3 });
  });

  it('ends when the run is to end', async () => {
    const ended = once(async () => {
      await disturb('u0');
      run.stop();
    });
    await expect(ended).rejects.toMatchObject({ code: 'run-stopped' });
    expect(await renamed()).toEqual([]);
  });
});

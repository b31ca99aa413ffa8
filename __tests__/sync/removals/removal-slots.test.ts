import type { RemovalRow } from '../../../models/change-row.js';
import {
  rowOf,
  takeTurns,
  toSlots,
  type MutableChunk,
  type SlotDependencies,
} from '../../../lib/sync/removals/removal-slots.js';
import { collectingChanges, readOnlyUsers } from '../../setup/port-fakes.js';

const FAILURE = new Error('The database is gone.');
const row = (userId: string): RemovalRow => ({
  kind: 'deactivate',
  outcome: 'deactivated',
  state: 'waiting',
  userId,
  ldapId: 'a1',
  idAttribute: 'uid',
  fields: [],
});

function toTurns(
  userIds: readonly string[],
  claim: () => Promise<ReadonlySet<string>> = () => Promise.resolve(new Set()),
) {
  const chunk: MutableChunk = { id: 'chunk', rows: userIds.map(row) };
  const unclaimed: string[] = [];
  const corrected: string[] = [];
  const unsettled: unknown[] = [];
  const dependencies: SlotDependencies = {
    users: {
      ...readOnlyUsers([]),
      claim,
      unclaim: async (ids, isWrittenDown) =>
        void unclaimed.push(...ids, ...(isWrittenDown ? ['written down'] : [])),
    },
    run: {
      assertGoingOn: () => undefined,
      leaveUnsettled: () => void (unsettled.length = 1),
    } as unknown as SlotDependencies['run'],
    changes: {
      ...collectingChanges(),
      correct: async (_id, rows) => void corrected.push(rows.map(({ state }) => state).join(' ')),
    },
  };
  return { slots: toSlots(chunk), dependencies, unclaimed, corrected, unsettled };
}

const done = (row: RemovalRow, result: string): RemovalRow => ({ ...row, state: 'done', reason: result });

describe('taking turns', () => {
  it('writes down what has happened also when the run is to end, and takes the marks off then', async () => {
    const { slots, dependencies, unclaimed, corrected, unsettled } = toTurns(['u1', 'u2', 'u3']);
    const assertGoingOn = jest
      .fn()
      .mockImplementationOnce(() => undefined)
      .mockImplementationOnce(() => {
        throw FAILURE;
      });
    await expect(
      takeTurns(
        slots,
        { ...dependencies, run: { ...dependencies.run, assertGoingOn } },
        { attempt: async () => 'done', settle: done },
      ),
    ).rejects.toBe(FAILURE);
    expect(corrected).toEqual(['done waiting waiting']);
    expect(unclaimed).toEqual(['u1', 'u2', 'u3', 'written down']);
    expect(unsettled).toHaveLength(0);
  });

  it('writes down what is known when an attempt fails, and leaves it to the next run how far that one came', async () => {
    const { slots, dependencies, unclaimed, corrected, unsettled } = toTurns(['u1', 'u2', 'u3']);
    const attempt = async ({ userId }: RemovalRow) => {
      if (userId === 'u2') throw FAILURE;
      return 'done' as const;
    };
    await expect(takeTurns(slots, dependencies, { attempt, settle: done })).rejects.toBe(FAILURE);
    expect(corrected).toEqual(['done waiting waiting']);
    expect(unclaimed).toEqual(['u1', 'u2', 'u3']);
    expect(unsettled).toHaveLength(1);
  });

  it('leaves it to the next run when it can be written down no more, and tells the first failure', async () => {
    const { slots, dependencies, unclaimed, unsettled } = toTurns(['u1', 'u2']);
    const changes = { ...dependencies.changes, correct: () => Promise.reject(new Error('later')) };
    const attempt = async ({ userId }: RemovalRow) =>
      userId === 'u2' ? Promise.reject(FAILURE) : ('done' as const);
    await expect(takeTurns(slots, { ...dependencies, changes }, { attempt, settle: done })).rejects.toBe(
      FAILURE,
    );
    expect(unclaimed).toEqual(['u1', 'u2']);
    expect(unsettled).toHaveLength(1);
  });

  it('leaves the marks to the next run that cannot be taken off, and goes on', async () => {
    const { slots, dependencies, unsettled } = toTurns(['u1']);
    const users = { ...dependencies.users, unclaim: () => Promise.reject(FAILURE) };
    expect(
      await takeTurns(slots, { ...dependencies, users }, { attempt: async () => 'done', settle: done }),
    ).toEqual([]);
    expect(unsettled).toHaveLength(1);
  });

  it('takes off the marks that could only be set in part', async () => {
    const { slots, dependencies, unclaimed } = toTurns(['u1', 'u2'], () => Promise.reject(FAILURE));
    await expect(takeTurns(slots, dependencies, { attempt: async () => 'done', settle: done })).rejects.toBe(
      FAILURE,
    );
    expect(unclaimed).toContain('u2');
  });

  it('does not touch whom the database refused to mark, and goes on', async () => {
    const { slots, dependencies } = toTurns(['u1', 'u2'], () => Promise.resolve(new Set(['u1'])));
    const asked: string[] = [];
    await takeTurns(slots, dependencies, {
      attempt: async ({ userId }) => {
        asked.push(userId);
        return 'done';
      },
      settle: done,
    });
    expect([asked, slots.map((slot) => rowOf(slot).reason)]).toEqual([['u2'], ['refused', 'done']]);
  });

  it('gives whoever waits another turn while somebody gets on, and gives up then', async () => {
    const { slots, dependencies } = toTurns(['u1', 'u2', 'u3', 'u4']);
    const asked: string[] = [];
    const blocked = await takeTurns(slots, dependencies, {
      attempt: async ({ userId }) => {
        const isFirst = !asked.includes(userId);
        asked.push(userId);
        return userId === 'u4' || (userId === 'u2' && isFirst) ? 'duplicate' : 'done';
      },
      settle: done,
    });
    expect(blocked.map((slot) => rowOf(slot).userId)).toEqual(['u4']);
    expect(asked).toEqual(['u1', 'u2', 'u3', 'u4', 'u2', 'u4', 'u4']);
  });
});

import type { RemovalRow } from '../../lib/sync/change-row.js';
import { put, rowOf, takeTurns, toSlots, type MutableChunk, type SlotDependencies } from '../../lib/sync/removal-slots.js';
import { collectingChanges, readOnlyUsers } from '../setup/port-fakes.js';

const FAILURE = new Error('The database is gone.');
const row = (userId: string): RemovalRow => ({ kind: 'deactivate', outcome: 'deactivated', state: 'waiting', userId, ldapId: 'a1', idAttribute: 'uid', fields: [] });

function toTurns(userIds: readonly string[], claim: () => Promise<void> = () => Promise.resolve()) {
  const chunk: MutableChunk = { id: 'chunk', rows: userIds.map(row) };
  const unclaimed: string[] = [];
  const corrected: string[] = [];
  const dependencies: SlotDependencies = {
    users: { ...readOnlyUsers([]), claim, unclaim: async (ids) => void unclaimed.push(...ids) },
    run: { assertGoingOn: () => undefined } as unknown as SlotDependencies['run'],
    changes: { ...collectingChanges(), correct: async (_id, rows) => void corrected.push(rows.map(({ state }) => state).join(' ')) },
  };
  return { slots: toSlots(chunk), dependencies, unclaimed, corrected };
}

describe('taking turns', () => {
  it('writes down what has happened also when something fails, and takes the marks off', async () => {
    const { slots, dependencies, unclaimed, corrected } = toTurns(['u1', 'u2', 'u3']);
    const turns = takeTurns(slots, dependencies, async (slot) => {
      if (rowOf(slot).userId === 'u2') throw FAILURE;
      put(slot, { ...rowOf(slot), state: 'done' });
      return 'done';
    });
    await expect(turns).rejects.toBe(FAILURE);
    expect(corrected).toEqual(['done waiting waiting']);
    expect(unclaimed).toEqual(['u1', 'u2', 'u3']);
  });

  it('takes off the marks that could only be set in part', async () => {
    const { slots, dependencies, unclaimed } = toTurns(['u1', 'u2'], () => Promise.reject(FAILURE));
    await expect(takeTurns(slots, dependencies, async () => 'done')).rejects.toBe(FAILURE);
    expect(unclaimed).toEqual(['u1', 'u2']);
  });

  it('gives whoever waits another turn while somebody gets on, and gives up then', async () => {
    const { slots, dependencies } = toTurns(['u1', 'u2', 'u3', 'u4']);
    const asked: string[] = [];
    const stuck = await takeTurns(slots, dependencies, async (slot) => {
      const { userId } = rowOf(slot);
      const isFirst = !asked.includes(userId);
      asked.push(userId);
      return userId === 'u4' || (userId === 'u2' && isFirst) ? 'duplicate' : 'done';
    });
    expect(stuck.map((slot) => rowOf(slot).userId)).toEqual(['u4']);
    expect(asked).toEqual(['u1', 'u2', 'u3', 'u4', 'u2', 'u4', 'u4']);
  });
});

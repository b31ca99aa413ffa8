import { followAccess, withAccess } from '../../../lib/sync/removals/follow-access.js';
import { toUnit, type RemovalItem } from '../../../lib/sync/removals/removal-unit.js';
import type { Settling } from '../../../lib/sync/removals/settle-removal.js';
import type { AccessEvent, RoomLeave } from '../../../lib/sync/rooms/room-writes.js';
import { toAttributes } from '../../setup/abac.js';
import { toRow } from '../../setup/removal-rows.js';

const USER = { _id: 'u1', username: 'ada' };
const DONE: Settling = { state: 'done', outcome: 'updated' };
const LOSS = {
  field: 'abacAttributes',
  from: toAttributes({ a: ['x', 'y'] }),
  to: toAttributes({ a: ['x'] }),
};
const toItem = (fields: Parameters<typeof toRow>[2]): RemovalItem => ({
  chunkId: 'c',
  index: 0,
  row: toRow('clear', 'u1', fields),
});

/** What is asked of the rooms. */
function createScene(count: number) {
  const left: RoomLeave[] = [];
  const events: AccessEvent[] = [];
  const guarded = Array.from({ length: count }, (_, n) => ({
    _id: `r${n}`,
    name: `room-${n}`,
    abacAttributes: toAttributes({ a: ['y'] }),
  }));
  return {
    left,
    events,
    manner: { access: 'revoked' as const },
    present: new Map([['u1', USER]]),
    rooms: {
      findGuarded: () => Promise.resolve(new Map([['u1', guarded]])),
      readGuarded: () => Promise.resolve(new Map()),
    },
    writer: {
      leave: (leaves: readonly RoomLeave[]) => {
        left.push(...leaves);
        return Promise.resolve(
          leaves.map(({ rid }) => ({ state: 'left' as const, subscriptionId: `s-${rid}` })),
        );
      },
      giveBack: () => Promise.resolve('back' as const),
      audit: (told: readonly AccessEvent[]) => Promise.resolve(void events.push(...told)),
    },
    tx: undefined,
  };
}

it('whoever is in very many rooms leaves all of them; the row remembers a hundred, and names ten', async () => {
  const scene = createScene(120);
  const item = toItem([LOSS]);
  const access = (await followAccess([[item, DONE]], scene)).get(item);
  expect(scene.left).toHaveLength(120);
  expect(scene.left.every(({ isRevoked }) => isRevoked)).toBe(true);
  expect(scene.events.map(({ kind }) => kind).filter((kind) => kind === 'revoked')).toHaveLength(120);
  expect(access?.leftRooms).toHaveLength(100);
  expect(access?.leftRooms?.[0]).toEqual({ rid: 'r0', name: 'room-0', subscriptionId: 's-r0' });
  expect(access?.account?.reason).toContain('room-9 and 110 more');
  expect(withAccess(DONE, access)).toEqual({ ...DONE, account: access?.account });
});

it.each<[string, Settling, Parameters<typeof toRow>[2]]>([
  ['another field', DONE, [{ field: 'sipExtension', from: '1' }]],
  ['a removal that is skipped', { state: 'skipped', account: {} as never }, [LOSS]],
])('nothing is asked of rooms on account of %s', async (_, settling, fields) => {
  const scene = createScene(3);
  expect((await followAccess([[toItem(fields), settling]], scene)).size).toBe(0);
  expect([scene.left, scene.events]).toEqual([[], []]);
});

it('a loss of ABAC attributes counts for several people in a transaction', () => {
  expect(toUnit([toItem([LOSS])]).weight).toBe(10);
  expect(toUnit([toItem([{ field: 'sipExtension', from: '1' }])]).weight).toBe(1);
});

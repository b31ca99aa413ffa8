import { createFairQueue, QueueFull } from '../../../lib/auth/limits/fair-queue.js';

const LIMITS = { atOnce: 1, atOncePerKey: 1, waiting: 100, waitingPerKey: 50 };

/** Work that ends when it is told to. */
function createGate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
}

/**
 * Puts work of each key into a queue whose only place is taken, lets it go on, and gives the order of the
 * work.
 */
async function orderOf(keys: string, limits = LIMITS) {
  const queue = createFairQueue(limits);
  const gate = createGate();
  const order: string[] = [];
  const refused: string[] = [];
  const first = queue.run('first', () => gate.opened);
  const others = keys.split('').map((key) =>
    queue
      .run(key, () => Promise.resolve(order.push(key)))
      .catch((error: unknown) => {
        expect(error).toBeInstanceOf(QueueFull);
        refused.push(key);
      }),
  );
  gate.open();
  await Promise.all([first, ...others]);
  expect(queue.state()).toMatchObject({ running: 0, waiting: 0 });
  return { order: order.join(''), refused: refused.join('') };
}

test('keys take turns, and each key keeps its order', async () => {
  await expect(orderOf('aaaabbc')).resolves.toEqual({ order: 'abcabaa', refused: '' });
});

test('more than a key may have waiting is refused', async () => {
  const limits = { ...LIMITS, waitingPerKey: 2 };
  await expect(orderOf('aaaab', limits)).resolves.toEqual({ order: 'aba', refused: 'aa' });
});

test('when all places are taken the key that has most waiting loses its last one', async () => {
  const limits = { ...LIMITS, waiting: 4 };
  await expect(orderOf('aaaabc', limits)).resolves.toEqual({ order: 'abca', refused: 'aa' });
});

test('a newcomer whose own key has most waiting is refused', async () => {
  const limits = { ...LIMITS, waiting: 4 };
  await expect(orderOf('aabba', limits)).resolves.toEqual({ order: 'abab', refused: 'a' });
});

test('a key whose work is going on leaves the free places to others', async () => {
  const queue = createFairQueue({ ...LIMITS, atOnce: 2 });
  const gate = createGate();
  const held = queue.run('a', () => gate.opened);
  const next = queue.run('a', () => Promise.resolve('a'));
  await expect(queue.run('b', () => Promise.resolve('b'))).resolves.toBe('b');
  expect(queue.state()).toEqual({ running: 1, waiting: 1, mostRunning: 2 });
  gate.open();
  await held;
  await expect(next).resolves.toBe('a');
});

/** Keys are of an owner each: `a1`, `a2` and `a3` are those of `a`. */
async function orderOfOwned(keys: readonly string[], limits: Parameters<typeof createFairQueue>[0]) {
  const queue = createFairQueue(limits);
  const gate = createGate();
  const order: string[] = [];
  const refused: string[] = [];
  const first = queue.run('first', () => gate.opened);
  const others = keys.map((key) =>
    queue.run({ owner: key[0]!, key }, () => Promise.resolve(order.push(key))).catch(() => refused.push(key)),
  );
  gate.open();
  await Promise.all([first, ...others]);
  expect(queue.state()).toMatchObject({ running: 0, waiting: 0 });
  return { order: order.join(' '), refused: refused.join(' ') };
}

test('when all places are taken the owner that has most waiting loses, with however many keys', async () => {
  const limits = { ...LIMITS, waiting: 3 };
  await expect(orderOfOwned(['a1', 'a2', 'a3', 'b1', 'a4'], limits)).resolves.toEqual({
    order: 'a2 a3 b1',
    refused: 'a1 a4',
  });
});

test('an owner who has as much waiting as they may loses the last one of their longest key', async () => {
  const limits = { ...LIMITS, waitingPerOwner: 3 };
  await expect(orderOfOwned(['a1', 'a1', 'a1', 'a2', 'a3', 'b1'], limits)).resolves.toEqual({
    order: 'a1 a2 a3 b1',
    refused: 'a1 a1',
  });
});

test('an owner whose work is going on leaves the free places to others, with however many keys', async () => {
  const queue = createFairQueue({ ...LIMITS, atOnce: 4, atOncePerOwner: 2 });
  const gate = createGate();
  const held = [1, 2, 3, 4, 5].map((key) => queue.run({ owner: 'a', key: `a${key}` }, () => gate.opened));
  await expect(queue.run({ owner: 'b', key: 'b1' }, () => Promise.resolve('b'))).resolves.toBe('b');
  expect(queue.state()).toEqual({ running: 2, waiting: 3, mostRunning: 3 });
  gate.open();
  await Promise.all(held);
});

test.each([
  ['rejects', () => Promise.reject(new Error('no'))],
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
])('work that %s leaves its place', async (_what, work) => {
  const queue = createFairQueue(LIMITS);
  await expect(queue.run('a', work)).rejects.toThrow('no');
  await expect(queue.run('a', () => Promise.resolve('next'))).resolves.toBe('next');
  expect(queue.state().running).toBe(0);
});

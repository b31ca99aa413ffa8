import { inParallel } from '../lib/in-parallel.js';

it('results stand in the order of the items, however long each takes', async () => {
  const wait = [30, 1, 20, 2];
  const work = async (ms: number): Promise<number> => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return ms;
  };
  await expect(inParallel(wait, 3, work)).resolves.toEqual(wait);
});

it('no more than the limit are under way at once', async () => {
  let underWay = 0;
  let most = 0;
  await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
  });
  expect(most).toBe(3);
});

it('a failure is thrown when nothing is under way any more, and nothing is begun after it', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const failure = new Error('The second fails.');
  const work = async (item: number): Promise<void> => {
    begun.push(item);
    if (item === 2) throw failure;
    await new Promise((resolve) => setTimeout(resolve, 10));
    ended.push(item);
  };
  await expect(inParallel([1, 2, 3, 4], 2, work)).rejects.toBe(failure);
  expect([begun, ended]).toEqual([[1, 2], [1]]);
});

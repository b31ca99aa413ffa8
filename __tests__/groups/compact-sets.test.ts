import fc from 'fast-check';
import { createKeyTable } from '../../lib/groups/key-table.js';
import { createNumberSet } from '../../lib/groups/number-set.js';

it('a table of keys gives every text one number, and no two the same', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.string(), (texts, other) => {
      const table = createKeyTable();
      const known = new Map<string, number>();
      for (const text of texts) {
        const number = table.add(text);
        expect(number).toBe(known.get(text) ?? known.size);
        known.set(text, number);
      }
      expect(table.size).toBe(known.size);
      expect(table.find(other)).toBe(known.get(other) ?? -1);
    }),
  );
});

it('a table of keys grows', () => {
  const table = createKeyTable();
  for (let index = 0; index < 5_000; index += 1) table.add(`text ${index}`);
  expect([table.size, table.find('text 0'), table.find('text 4999'), table.find('text 5000')]).toEqual([
    5_000, 0, 4_999, -1,
  ]);
});

it('a set of numbers has what was added, once, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60)), fc.array(fc.nat(60)), (first, second) => {
      const set = createNumberSet();
      first.forEach(set.add);
      expect(set.size).toBe(new Set(first).size);
      second.forEach(set.add);
      const all = [...new Set([...first, ...second])].sort((a, b) => a - b);
      expect([...set]).toEqual(all);
      for (let number = 0; number <= 60; number += 1) expect(set.has(number)).toBe(all.includes(number));
    }),
  );
});

import fc from 'fast-check';
import { ABAC_RULES, toLostKeys } from '../../../lib/sync/plan/abac.js';
import { isAllowedBy, toAbacDiff, toValues } from '../../../lib/sync/plan/abac-values.js';
import { mergeField } from '../../../lib/sync/plan/field-merge.js';

type Record_ = readonly [key: string, ...values: string[]];
const records = (...all: Record_[]) => all.map(([key, ...values]) => ({ key, values }));
const wantedOf = (...all: Record_[]) => new Map(all.map(([key, ...values]) => [key, values]));
const merge = (wanted: ReadonlyMap<string, readonly string[]> | undefined, stored: unknown) =>
  mergeField(ABAC_RULES, { wanted, stored }, {});

describe('what the directory says and what is stored', () => {
  it('is no difference where each key has the same values, in whatever order', () => {
    expect(merge(wantedOf(['a', 'x', 'y'], ['b', 'z']), records(['b', 'z'], ['a', 'y', 'x']))).toEqual({});
    expect(merge(wantedOf(['a']), undefined)).toEqual({});
    expect(merge(wantedOf(['a']), null)).toEqual({});
    expect(merge(wantedOf(['a']), [])).toEqual({});
  });

  it('is a gain, which is written at once, in the order of the map', () => {
    expect(merge(wantedOf(['a', 'x', 'y'], ['b', 'z']), records(['b', 'z'], ['a', 'y']))).toEqual({
      set: records(['a', 'x', 'y'], ['b', 'z']),
    });
  });

  it('is a loss of a value, which waits', () => {
    expect(merge(wantedOf(['a', 'x']), records(['a', 'x', 'y']))).toEqual({
      clear: { to: records(['a', 'x']) },
    });
  });

  it('is a loss of a key, and with the last one of the field', () => {
    expect(merge(wantedOf(['a'], ['b', 'z']), records(['a', 'x'], ['b', 'z']))).toEqual({
      clear: { to: records(['b', 'z']) },
    });
    expect(merge(wantedOf(['a']), records(['a', 'x']))).toEqual({ clear: { to: undefined } });
  });

  it('is a gain with all that is stored, then a loss, where both happen', () => {
    expect(merge(wantedOf(['a', 'new']), records(['a', 'old']))).toEqual({
      set: records(['a', 'new', 'old']),
      clear: { to: records(['a', 'new']) },
    });
  });

  it('leaves keys alone that the entry says nothing of, and what cannot be read', () => {
    const others = [{ key: 'own', values: ['1', 2] }, { key: 'odd' }, { key: 7 }, 'odd', null];
    expect(merge(wantedOf(['a', 'x']), others)).toEqual({ set: [...others, ...records(['a', 'x'])] });
    expect(merge(wantedOf(['a']), [...others, ...records(['a', 'x'])])).toEqual({ clear: { to: others } });
  });

  it('is about the texts of a key of the map, whatever else stands among its values', () => {
    const odd = [{ key: 'a', values: ['x', 7] }, { key: 'a', values: 'y' }, { key: 'a' }];
    expect(merge(wantedOf(['a', 'x']), odd)).toEqual({});
    expect(merge(wantedOf(['a']), odd)).toEqual({ clear: { to: undefined } });
    expect(merge(wantedOf(['a', 'z']), odd)).toEqual({
      set: records(['a', 'z', 'x']),
      clear: { to: records(['a', 'z']) },
    });
  });

  it('is nothing where something stands there that is no list', () => {
    expect(merge(wantedOf(['a', 'x']), 'odd')).toEqual({});
    expect(merge(undefined, records(['a', 'x']))).toEqual({});
  });
});

it('a loss counts for the keys that lose a value, and for no other', () => {
  const before = records(['a', 'x', 'y'], ['b', 'z'], ['c', '1']);
  expect(toLostKeys(before, records(['c', '1'], ['a', 'y']))).toEqual([
    'abacAttributes.a',
    'abacAttributes.b',
  ]);
  expect(toLostKeys(before, before)).toEqual([]);
  expect(toLostKeys(before, undefined)).toHaveLength(3);
});

it('the audit is told the new values of a key that has changed, and the old ones of a key that is gone', () => {
  const before = records(['a', 'x', 'y'], ['b', 'z'], ['c', '1']);
  const after = records(['c', '1'], ['a', 'x'], ['d', '2']);
  expect(toAbacDiff(before, after)).toEqual(records(['a', 'x'], ['d', '2'], ['b', 'z']));
  expect(toAbacDiff(before, records(['b', 'z'], ['c', '1'], ['a', 'y', 'x']))).toEqual([]);
});

it.each<[string, unknown, boolean]>([
  ['all values of all keys', records(['a', 'x'], ['b', 'z']), true],
  ['a value that the user lacks', records(['a', 'x', 'q']), false],
  ['a key that the user lacks', records(['a', 'x'], ['q', '1']), false],
  ['nothing', [], true],
  ['values in another case', records(['a', 'X']), false],
  ['what cannot be read', [{ key: 'a', values: 'x' }], false],
  ['what has no key', [null], false],
])('a room that asks for %s', (_, room, isAllowed) => {
  expect(isAllowedBy(records(['a', 'x', 'y'], ['b', 'z']), room)).toBe(isAllowed);
});

const KEY: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', '__proto__', 'x.y');
const OWN = fc.uniqueArray(fc.constantFrom('1', '2', '3'), { maxLength: 3 });
const STORED = fc.array(fc.record({ key: KEY, values: OWN }), { maxLength: 5 });
const WANTED = fc
  .uniqueArray(fc.tuple(KEY, OWN), { selector: ([key]) => key })
  .map((entries) => new Map(entries));

it('gaining then losing ends at what the entry says; nobody loses what no map names; twice is once', () => {
  fc.assert(
    fc.property(STORED, WANTED, (stored, wanted) => {
      const { set, clear } = merge(wanted, stored);
      const gained = set ?? stored;
      const again = merge(wanted, gained);
      expect(again.set).toBeUndefined();
      expect(again.clear).toEqual(clear);
      const end = clear ? clear.to : gained;
      expect(merge(wanted, end)).toEqual({});
      const [before, after] = [toValues(stored), toValues(end)];
      for (const [key, values] of before) {
        // A gain takes nothing.
        expect(toValues(gained).get(key) ?? []).toEqual(expect.arrayContaining([...values]));
        if (!wanted.has(key)) expect(after.get(key)).toEqual(values);
      }
      for (const [key, values] of wanted)
        expect([...(after.get(key) ?? [])].sort()).toEqual([...values].sort());
    }),
  );
});

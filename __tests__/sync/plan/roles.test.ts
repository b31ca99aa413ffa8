import { findKeptRole, toGivenRoles, toWantedRoles } from '../../../lib/sync/plan/roles.js';

const rules = (areTaken: boolean) => ({ mapped: new Set(['admin', 'a', 'b']), areTaken });
const grant = (given: readonly string[], doubtful: readonly string[] = []) => ({
  given: new Set(given),
  doubtful: new Set(doubtful),
});

describe('the roles that a user should have', () => {
  it.each<[string, unknown, Parameters<typeof toWantedRoles>[1], readonly unknown[] | undefined]>([
    ['without a sync of roles, the stored ones', ['x'], { grant: undefined, rules: undefined }, ['x']],
    [
      'without an answer of the groups, the stored ones',
      ['a'],
      { grant: undefined, rules: rules(true) },
      ['a'],
    ],
    ['without any list, those of every user', undefined, { grant: undefined, rules: undefined }, ['user']],
    [
      'with what groups give behind them',
      ['x', 'a'],
      { grant: grant(['b', 'a']), rules: rules(true) },
      ['x', 'a', 'b'],
    ],
    ['never what the map does not name', ['x'], { grant: grant(['y']), rules: rules(true) }, ['x']],
    [
      'without what groups withhold',
      ['a', 'x', 'b'],
      { grant: grant(['b']), rules: rules(true) },
      ['x', 'b'],
    ],
    ['with it where groups take nothing', ['a', 'x'], { grant: grant([]), rules: rules(false) }, ['a', 'x']],
    ['with what is in doubt', ['a', 'x'], { grant: grant([], ['a']), rules: rules(true) }, ['a', 'x']],
    ['never none', ['a'], { grant: grant([]), rules: rules(true) }, ['a']],
    ['of several that go, the last', ['a', 'b'], { grant: grant([]), rules: rules(true) }, ['b']],
    ['and not the administrators’', ['a', 'admin'], { grant: grant([]), rules: rules(true) }, ['a']],
    ['what is no text stays', [7, 'a'], { grant: grant([]), rules: rules(true) }, [7]],
    ['an empty list stays empty', [], { grant: grant([]), rules: rules(true) }, []],
    ['what is no list says nothing', 'a', { grant: grant(['b']), rules: rules(true) }, undefined],
  ])('are, %s', (_, stored, facts, wanted) => {
    expect(toWantedRoles(stored, facts)).toEqual(wanted);
  });
});

it('only what the map names is given, and nothing where the host was not asked for its roles', () => {
  expect(toGivenRoles({ grant: grant(['a', 'y']), rules: rules(false) })).toEqual(['a']);
  expect(toGivenRoles({ grant: grant(['a']), rules: undefined })).toEqual([]);
});

it.each<[readonly unknown[] | string, readonly string[], string | undefined]>([
  [['a'], [], 'a'],
  [['a', 'b'], [], 'b'],
  [['a', 'x'], [], undefined],
  [['a'], ['b'], undefined],
  [[], [], undefined],
  ['a', [], undefined],
])('of %j, while groups give %j, the role that stays as the last is %s', (stored, given, kept) => {
  expect(findKeptRole(stored, { grant: grant(given), rules: rules(true) })).toBe(kept);
});

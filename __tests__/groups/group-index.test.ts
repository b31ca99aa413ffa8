import { createGroupIndex } from '../../lib/groups/group-index.js';
import type { ReadyGroup } from '../../lib/groups/ready-group.js';
import { createNumberSet, type NumberSet } from '../../lib/groups/number-set.js';

const toSet = (...numbers: readonly number[]): NumberSet => {
  const set = createNumberSet();
  numbers.forEach(set.add);
  return set;
};
const toGroup = (lists: readonly NumberSet[], more: Partial<ReadyGroup> = {}): ReadyGroup => ({
  lists: [lists],
  reach: new Set(),
  sids: new Set(),
  reading: { state: 'read', dns: [] },
  ...more,
});
const node = (number: number) =>
  ({
    dn: '',
    number,
    names: new Map(),
    members: new Map(),
    sid: undefined,
    isDynamic: false,
    isCut: false,
  }) as const;

const GROUPS: Readonly<Record<string, ReadyGroup>> = {
  staff: toGroup([toSet(1, 2, 3), toSet(4)]),
  admins: toGroup([toSet(3)]),
  claimed: toGroup([toSet()], { reach: new Set([node(9)]) }),
  primary: toGroup([toSet()], { sids: new Set(['ab']) }),
  hidden: toGroup([toSet(7)], { reading: { state: 'cut', dns: [] } }),
};
const index = (maxIndexed?: number) =>
  createGroupIndex(Object.keys(GROUPS), (name) => GROUPS[name]!, maxIndexed);

it.each<[string, readonly number[], string | undefined, readonly string[]]>([
  ['nobody knows', [], undefined, []],
  ['one group lists', [1], undefined, ['staff']],
  ['two groups list', [3], undefined, ['staff', 'admins']],
  ['a further list of a group has', [4], undefined, ['staff']],
  ['no group lists', [5, 0, 99], undefined, []],
  ['has two numbers', [1, 3], undefined, ['staff', 'admins']],
  ['says to be in a group itself', [9], undefined, ['claimed']],
  ['has a primary group', [], 'ab', ['primary']],
  ['has a primary group that nobody asks for', [], 'cd', []],
])(
  'of somebody whom %s, only these groups are looked at, in their order, and those that say nothing',
  (_, numbers, sid, found) => {
    expect(index()!.find(numbers, sid)).toEqual([...found, 'hidden']);
  },
);

it('there is none where the groups have too many members: every group is looked at', () => {
  expect(index(5)).toBeUndefined();
  expect(index(6)).toBeDefined();
});

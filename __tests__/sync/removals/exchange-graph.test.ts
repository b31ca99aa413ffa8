import fc from 'fast-check';
import { findBlocked, toOrder, type Exchange } from '../../../lib/sync/removals/exchange-graph.js';
import { toParameters } from '../../setup/holds.js';

/** `a > b` gives `a` up and wants `b`; who has what is in `owners`. */
function toExchanges(texts: readonly string[], owners: Readonly<Record<string, string>>): Exchange[] {
  return texts.map((text) => {
    const [userId = '', gives = '', wants = ''] = text.split(' ');
    return {
      userId,
      gives: gives === '-' ? [] : gives.split(','),
      owners: (wants === '' || wants === '-' ? [] : wants.split(','))
        .filter((name) => owners[name] !== undefined && owners[name] !== userId)
        .map((name) => ({ name, userId: owners[name] as string })),
    };
  });
}
const OWNERS = { a: 'A', b: 'B', c: 'C', d: 'D', boss: 'local' };
const idsOf = (exchanges: Iterable<Exchange>) => [...exchanges].map(({ userId }) => userId);
const orderOf = (...texts: string[]) => toOrder(toExchanges(texts, OWNERS)).map(idsOf);
const blockedOf = (...texts: string[]) => idsOf(findBlocked(toExchanges(texts, OWNERS)));

describe('exchanges happen in an order in which each name is free when it is taken', () => {
  it.each<[string, readonly string[], readonly (readonly string[])[]]>([
    ['nobody waits', ['A a x', 'B b y'], [['A'], ['B']]],
    ['one waits for the other', ['A a b', 'B b y'], [['B'], ['A']]],
    ['a chain', ['A a b', 'B b c', 'C c y'], [['C'], ['B'], ['A']]],
    ['two swap', ['A a b', 'B b a'], [['A', 'B']]],
    ['three in a circle', ['A a b', 'B b c', 'C c a'], [['A', 'B', 'C']]],
    ['somebody waits for one of a circle', ['C c a', 'A a b', 'B b a'], [['C', 'A', 'B']]],
    ['one waits for two', ['A a b,c', 'C c y', 'B b z'], [['C'], ['B'], ['A']]],
    ['somebody is blocked, and comes last', ['A a boss', 'B b y'], [['B'], ['A']]],
    ['somebody wants their own name', ['A a a'], [['A']]],
  ])('%s', (_, texts, order) => {
    expect(orderOf(...texts)).toEqual(order);
  });

  it('a circle of more than five hundred is not held in one transaction: each is alone', () => {
    const circle = (count: number): Exchange[] =>
      Array.from({ length: count }, (_, index) => ({
        userId: `u${index}`,
        gives: [`n${index}`],
        owners: [{ name: `n${(index + 1) % count}`, userId: `u${(index + 1) % count}` }],
      }));
    expect(toOrder(circle(500)).map(({ length }) => length)).toEqual([500]);
    expect(toOrder(circle(501))).toHaveLength(501);
  });
});

describe('an exchange is blocked', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['by a user who keeps the name', ['A a boss'], ['A']],
    ['by a user who gives another name up', ['A a b', 'B x y'], ['A']],
    ['through a chain', ['A a boss', 'B b a', 'C c b'], ['A', 'B', 'C']],
    ['when one of a circle is', ['A a b,boss', 'B b a'], ['A', 'B']],
    ['never by a circle', ['A a b', 'B b a'], []],
    ['never by who waits for it', ['A a x', 'B b a,boss'], ['B']],
  ])('%s', (_, texts, blocked) => {
    expect(blockedOf(...texts)).toEqual(blocked);
  });
});

/** Users 0–7 have the name of their number; each may give it up and want some others. */
const anyExchanges = fc
  .uniqueArray(
    fc.record({
      user: fc.nat(6),
      isGiven: fc.boolean(),
      wants: fc.uniqueArray(fc.nat(8), { maxLength: 2 }),
    }),
    { maxLength: 7, selector: ({ user }) => user },
  )
  .map((people) =>
    people.map(({ user, isGiven, wants }): Exchange => ({
      userId: `u${user}`,
      gives: isGiven ? [`n${user}`] : [],
      owners: wants
        .filter((name) => name !== user && name < 8)
        .map((name) => ({ name: `n${name}`, userId: `u${name}` })),
    })),
  );

/** Whether each of these gets what it wants, when those before have happened and these happen at once. */
function isFeasible(group: readonly Exchange[], given: ReadonlySet<string>): boolean {
  const free = new Set([...given, ...group.flatMap(({ gives }) => gives)]);
  return group.every(({ owners }) => owners.every(({ name }) => free.has(name)));
}

it('property: every order is feasible up to those who are blocked, has everybody once, and blocked means cannot', () => {
  fc.assert(
    fc.property(anyExchanges, (exchanges) => {
      const blocked = findBlocked(exchanges);
      const order = toOrder(exchanges);
      expect(idsOf(order.flat()).toSorted()).toEqual(idsOf(exchanges).toSorted());
      const given = new Set<string>();
      for (const group of order) {
        const isBlocked = group.some((one) => blocked.has(one));
        if (isBlocked) expect(group).toHaveLength(1);
        else expect(isFeasible(group, given)).toBe(true);
        if (!isBlocked) group.flatMap(({ gives }) => gives).forEach((name) => given.add(name));
      }
      // The greatest set that can happen all at once is exactly those who are not blocked.
      let possible = [...exchanges];
      for (let left = -1; left !== possible.length;) {
        left = possible.length;
        const all = new Set(possible.flatMap(({ gives }) => gives));
        possible = possible.filter(({ owners }) => owners.every(({ name }) => all.has(name)));
      }
      expect(idsOf(blocked).toSorted()).toEqual(
        idsOf(exchanges.filter((one) => !possible.includes(one))).toSorted(),
      );
    }),
    toParameters(300),
  );
});

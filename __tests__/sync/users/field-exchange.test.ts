import {
  areSameValues,
  isAsExpected,
  toExchange,
  toLostAddresses,
  toNewAddresses,
} from '../../../lib/sync/users/field-exchange.js';
import { abridge } from '../../setup/abridge.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const email = (address: string, verified = false) => ({ address, verified });

describe('two values of a field are the same', () => {
  const cases: readonly [string, unknown, unknown, boolean][] = [
    ['sipExtension', '42', '42', true],
    ['sipExtension', '42', '43', false],
    ['sipExtension', undefined, undefined, true],
    ['sipExtension', ['1'], ['1'], true],
    ['sipExtension', NOW, new Date(NOW), true],
    ['emails', [email('a@x')], [email('a@x', true)], true],
    ['emails', [email('a@x'), email('b@x')], [email('b@x'), email('a@x')], true],
    ['emails', [email('a@x')], [email('A@x')], false],
    ['emails', [email('a@x')], [email('a@x'), email('b@x')], false],
    ['emails', [null, { address: 5 }, email('a@x')], [email('a@x')], true],
    ['emails', undefined, [], true],
    ['emails', undefined, [email('a@x')], false],
  ];
  it.each(
    cases.map(([field, one, other, same]) => ({
      field,
      one,
      other,
      same,
      title: `${abridge(one ?? 'nothing')} and ${abridge(other ?? 'nothing')}`,
    })),
  )('$field: $title: $same', ({ field, one, other, same }) => {
    expect(areSameValues(field, one, other)).toBe(same);
  });
});

it('a user is as expected when every field is', () => {
  const user = { emails: [email('a@x')], sipExtension: '42' };
  expect(
    isAsExpected(user, [
      { field: 'emails', from: [email('a@x', true)] },
      { field: 'sipExtension', from: '42' },
    ]),
  ).toBe(true);
  expect(
    isAsExpected(user, [
      { field: 'emails', from: [email('a@x')] },
      { field: 'sipExtension', from: '43' },
    ]),
  ).toBe(false);
  expect(
    isAsExpected(user, [
      { field: 'emails', from: [email('b@x')] },
      { field: 'sipExtension', from: '42' },
    ]),
  ).toBe(false);
  expect(isAsExpected(user, [{ field: 'sipExtension' }])).toBe(false);
  expect(isAsExpected({}, [{ field: 'sipExtension' }])).toBe(true);
});

describe('an exchange', () => {
  it('empties what nothing takes the place of', () => {
    expect(toExchange([{ field: 'sipExtension', from: '42' }], { sipExtension: '42' }, NOW)).toEqual({
      set: { _updatedAt: NOW },
      unset: ['sipExtension'],
    });
  });

  it('sets what takes the place, and empties nothing else', () => {
    expect(
      toExchange([{ field: 'sipExtension', from: '42', to: '43' }], { sipExtension: '42' }, NOW),
    ).toEqual({ set: { sipExtension: '43', _updatedAt: NOW }, unset: [] });
  });

  it('leaves an address that stays as confirmed as it is by now, whatever its case', () => {
    const stored = {
      emails: [null, email('a@x', true), email('b@x'), email('d@x', true), email('F@x', true)],
    };
    const to = [email('a@x'), email('b@x', true), email('c@x'), email('e@x', true), email('f@x')];
    expect(toExchange([{ field: 'emails', to }], stored, NOW).set).toMatchObject({
      emails: [email('a@x', true), email('b@x'), email('c@x'), email('e@x', true), email('f@x', true)],
    });
  });

  it('gives back what it was given, be it no list, and keeps what else an address carried', () => {
    expect(toExchange([{ field: 'emails', to: 'x' }], {}, NOW).set).toMatchObject({ emails: 'x' });
    const to = [{ address: 'a@x', label: 'work' }, null];
    expect(toExchange([{ field: 'emails', to }], { emails: [email('a@x', true)] }, NOW).set).toMatchObject({
      emails: [{ address: 'a@x', label: 'work', verified: true }, null],
    });
  });
});

it('the addresses that would be new, and those that would be lost, are told by their exact spelling', () => {
  const fields = [
    { field: 'sipExtension', from: 'a', to: 'b' },
    { field: 'emails', from: [email('a@x'), email('b@x')], to: [email('B@x'), email('a@x'), email('c@x')] },
  ];
  expect(toNewAddresses(fields)).toEqual(['B@x', 'c@x']);
  expect(toLostAddresses(fields)).toEqual(['b@x']);
  expect([toNewAddresses([]), toLostAddresses([])]).toEqual([[], []]);
});

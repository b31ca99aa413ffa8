import { createNameLedger, NO_NAMES } from '../../../lib/sync/removals/name-ledger.js';
import { CLEAR } from '../../../lib/sync/removals/kinds/clear.js';
import { RELEASE } from '../../../lib/sync/removals/kinds/release.js';
import { RENAME } from '../../../lib/sync/removals/kinds/rename.js';
import { addOwner, type NameOwner } from '../../../lib/sync/plan/name-owners.js';
import type { RemovalRow } from '../../../models/change-row.js';
import { toEmails, toReaddress, toRename } from '../../setup/removal-rows.js';

const toOwners = (owned: Readonly<Record<string, string>>) => {
  const names = new Map<string, readonly NameOwner[]>();
  for (const [name, _id] of Object.entries(owned))
    addOwner(names, name, { _id, username: name, emails: [], type: 'user', active: true, linked: true });
  return { usernames: names, emails: names };
};
const names = (owned: Readonly<Record<string, string>>) =>
  createNameLedger(toOwners(owned), RENAME.exchange!);

describe('a name is free', () => {
  it('when nobody has it, or only the user who wants it, whatever its case', () => {
    expect(names({}).isFree([toRename('A', 'a', 'x')])).toBe(true);
    expect(names({ x: 'A' }).isFree([toRename('A', 'a', 'X')])).toBe(true);
  });

  it('not when somebody else keeps it', () => {
    expect(names({ X: 'B' }).isFree([toRename('A', 'a', 'x')])).toBe(false);
  });

  it('when its owner gives it up at once, or has done so before', () => {
    const ledger = names({ a: 'A', b: 'B' });
    const [swap, back] = [toRename('A', 'a', 'b'), toRename('B', 'b', 'a')];
    expect(ledger.isFree([swap])).toBe(false);
    expect(ledger.isFree([swap, back])).toBe(true);
    ledger.enter([toRename('B', 'b', 'z')]);
    expect(ledger.isFree([swap])).toBe(true);
  });

  it('not when somebody has taken it before, or gives up another', () => {
    const ledger = names({ b: 'B' });
    ledger.enter([toRename('B', 'b', 'z'), toRename('C', 'c', 'b')]);
    expect(ledger.isFree([toRename('A', 'a', 'b')])).toBe(false);
    expect(ledger.isFree([toRename('A', 'a', 'z')])).toBe(false);
    expect(ledger.isFree([toRename('A', 'a', 'c')])).toBe(true);
    expect(names({ b: 'B' }).isFree([toRename('A', 'a', 'b'), toRename('B', 'other', 'z')])).toBe(false);
  });

  it('for all of several or for none', () => {
    expect(names({ x: 'X' }).isFree([toRename('A', 'a', 'free'), toRename('B', 'b', 'x')])).toBe(false);
  });
});

it('a user name is not given back without the addresses that go with it', () => {
  const back: RemovalRow = {
    ...toRename('A', 'a.left', 'a'),
    kind: 'release',
    fields: [
      { field: 'username', from: 'a.left', to: 'a' },
      { field: 'emails', to: toEmails('a@x') },
    ],
  };
  const isFree = (owned: Readonly<Record<string, string>>) =>
    createNameLedger(toOwners(owned), RELEASE.exchange!).isFree([back]);
  expect([isFree({}), isFree({ 'a@x': 'A' }), isFree({ 'A@X': 'B' }), isFree({ a: 'B' })]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it('an address that stays in another case is not given up', () => {
  const ledger = createNameLedger(toOwners({ 'a@x': 'A' }), CLEAR.exchange!);
  const wanted = toReaddress('B', ['b@x'], ['a@x']);
  expect(ledger.isFree([wanted, toReaddress('A', ['a@x'], ['A@x'])])).toBe(false);
  expect(ledger.isFree([wanted, toReaddress('A', ['a@x', 'c@x'], ['c@x'])])).toBe(true);
});

it('what exchanges no names is always free', () => {
  NO_NAMES.enter([toRename('A', 'a', 'x')]);
  expect(NO_NAMES.isFree([toRename('B', 'b', 'x')])).toBe(true);
});

import type { ChangeLog } from '../../../lib/sync/history/change-log.js';
import type { FieldChange, RemovalRow } from '../../../models/change-row.js';
import { addOwner, type NameOwner } from '../../../lib/sync/plan/name-owners.js';
import { countBlocked, type BlockedRemovals } from '../../../lib/sync/removals/blocked-removals.js';
import { collectingChanges, readOnlyUsers } from '../../setup/port-fakes.js';

const row = (
  kind: 'rename' | 'clear' | 'deactivate',
  userId: string,
  fields: readonly FieldChange[],
): RemovalRow => ({
  kind,
  outcome: 'updated',
  state: 'waiting',
  userId,
  ldapId: userId,
  idAttribute: 'uid',
  fields,
});
const rename = (userId: string, from: string | undefined, to: string) =>
  row('rename', userId, [{ field: 'username', ...(from === undefined ? {} : { from }), to }]);
const emails = (...addresses: string[]) => addresses.map((address) => ({ address, verified: true }));
const readdress = (userId: string, from: readonly string[], to: readonly string[]) =>
  row('clear', userId, [{ field: 'emails', from: emails(...from), to: emails(...to) }]);
const extension = (userId: string) => row('clear', userId, [{ field: 'sipExtension', from: '42' }]);

/** Who has which name and which addresses. */
type Owned = Readonly<Record<string, { username?: string; addresses?: readonly string[] }>>;

async function count(owned: Owned, ...chunks: (readonly RemovalRow[])[]) {
  const usernames = new Map<string, readonly NameOwner[]>();
  const addresses = new Map<string, readonly NameOwner[]>();
  for (const [_id, { username, addresses: own = [] }] of Object.entries(owned)) {
    const owner: NameOwner = {
      _id,
      username,
      emails: emails(...own),
      type: 'user',
      active: true,
      linked: true,
    };
    if (username !== undefined) addOwner(usernames, username, owner);
    for (const address of own) addOwner(addresses, address, owner);
  }
  const changes: ChangeLog = {
    ...collectingChanges(),
    async *removals() {
      for (const rows of chunks) yield { id: 'x', rows };
    },
  };
  return toShort(
    await countBlocked({
      changes,
      users: { ...readOnlyUsers([]), findNameOwners: async () => ({ usernames, emails: addresses }) },
    }),
  );
}

/** People for whom nothing of the kind can happen, and how many keep their addresses. */
function toShort({ counts: { renames, clearings, deactivations }, keeping }: BlockedRemovals) {
  expect(deactivations).toBe(0);
  return { renames, clearings, emails: keeping.get('emails') ?? 0 };
}

describe('a renaming is blocked', () => {
  it('when somebody keeps the name, whatever its case', async () => {
    expect(await count({ other: { username: 'Ada' } }, [rename('u1', 'x', 'ada')])).toMatchObject({
      renames: 1,
      clearings: 0,
    });
  });

  it.each<[string, Owned, readonly RemovalRow[]]>([
    ['the name is free', {}, []],
    ['the user has the name already', { u1: { username: 'ada' } }, []],
    ['whoever has the name is to give it up', { u2: { username: 'ADA' } }, [rename('u2', 'Ada', 'y')]],
  ])('not when %s', async (_, owned, others) => {
    expect(await count(owned, [rename('u1', 'x', 'ada')], others)).toEqual({
      renames: 0,
      clearings: 0,
      emails: 0,
    });
  });

  it('also when somebody else gives up another name, had none before, or leaves with the name', async () => {
    const owned = { other: { username: 'ada' } };
    expect(await count(owned, [rename('u1', 'x', 'ada'), rename('other', 'bob', 'y')])).toMatchObject({
      renames: 1,
    });
    expect(await count(owned, [rename('u1', 'x', 'ada'), rename('other', undefined, 'y')])).toMatchObject({
      renames: 1,
    });
    expect(await count(owned, [rename('u1', 'x', 'ada'), row('deactivate', 'other', [])])).toMatchObject({
      renames: 1,
    });
  });
});

describe('a change of address is blocked', () => {
  it('when somebody keeps one of the new addresses', async () => {
    expect(
      await count({ other: { addresses: ['B@x'] } }, [readdress('u1', ['a@x'], ['c@x', 'b@x'])]),
    ).toEqual({ renames: 0, clearings: 1, emails: 1 });
  });

  it.each<[string, Owned, readonly RemovalRow[]]>([
    ['the addresses are free', {}, []],
    ['the user has the address already', { u1: { addresses: ['b@x'] } }, []],
    ['somebody else has one that the user keeps', { other: { addresses: ['a@x'] } }, []],
    [
      'whoever has it is to give it up',
      { u2: { addresses: ['B@x'] } },
      [readdress('u2', ['B@x', 'd@x'], ['d@x'])],
    ],
  ])('not when %s', async (_, owned, others) => {
    expect(await count(owned, [readdress('u1', ['a@x', 'z@x'], ['a@x', 'b@x'])], others)).toEqual({
      renames: 0,
      clearings: 0,
      emails: 0,
    });
  });

  it('also when whoever has it only moves it', async () => {
    expect(
      await count({ u2: { addresses: ['b@x', 'e@x'] } }, [
        readdress('u1', ['a@x'], ['b@x']),
        readdress('u2', ['b@x', 'e@x'], ['b@x']),
      ]),
    ).toMatchObject({ clearings: 1 });
  });

  it('but its person counts all the same when they lose something else, too', async () => {
    const owned = { other: { addresses: ['b@x'] } };
    expect(await count(owned, [readdress('u1', ['a@x'], ['b@x'])], [extension('u1')])).toEqual({
      renames: 0,
      clearings: 0,
      emails: 1,
    });
    expect(await count(owned, [readdress('u1', ['a@x'], ['b@x']), extension('u3')])).toEqual({
      renames: 0,
      clearings: 1,
      emails: 1,
    });
  });
});

describe('of several who want something of each other', () => {
  it('all of a chain are blocked whose first waits for somebody outside, and none when that one gives way', async () => {
    const chain = [rename('u2', 'b', 'a'), rename('u1', 'a', 'boss'), rename('u3', 'c', 'b')];
    const owned = {
      u1: { username: 'a' },
      u2: { username: 'b' },
      u3: { username: 'c' },
      local: { username: 'boss' },
    };
    expect(await count(owned, chain)).toMatchObject({ renames: 3 });
    expect(await count(owned, chain, [rename('local', 'boss', 'z')])).toMatchObject({ renames: 0 });
  });

  it('those who swap are not blocked, unless one of them waits for somebody outside', async () => {
    const owned = { u1: { addresses: ['a@x'] }, u2: { addresses: ['b@x'] }, u3: { addresses: ['c@x'] } };
    const others = [readdress('u2', ['b@x'], ['a@x'])];
    expect(await count(owned, [readdress('u1', ['a@x'], ['b@x'])], others)).toMatchObject({ clearings: 0 });
    expect(await count(owned, [readdress('u1', ['a@x'], ['b@x', 'c@x'])], others)).toMatchObject({
      clearings: 2,
      emails: 2,
    });
  });

  it('whoever waits for two of one name in two cases is blocked until both give it up', async () => {
    const owned = { u1: { username: 'Info' }, u2: { username: 'info' } };
    expect(await count(owned, [rename('u3', 'c', 'info'), rename('u1', 'Info', 'x')])).toMatchObject({
      renames: 1,
    });
    expect(
      await count(owned, [rename('u3', 'c', 'info'), rename('u1', 'Info', 'x'), rename('u2', 'info', 'y')]),
    ).toMatchObject({ renames: 0 });
  });

  it('whoever only changes the case of an address keeps it', async () => {
    expect(
      await count({ u2: { addresses: ['b@x', 'c@x'] } }, [
        readdress('u1', ['a@x'], ['b@x']),
        readdress('u2', ['b@x', 'c@x'], ['B@x']),
      ]),
    ).toMatchObject({ clearings: 1 });
  });
});

it('the loss of an extension, and of a user, is never blocked', async () => {
  expect(
    await count({ other: { username: 'ada', addresses: ['a@x'] } }, [
      extension('u1'),
      row('deactivate', 'u2', [{ field: 'active', from: true, to: false }]),
    ]),
  ).toEqual({ renames: 0, clearings: 0, emails: 0 });
});

import { CLEAR } from '../../../lib/sync/removals/kinds/clear.js';
import { DEACTIVATE } from '../../../lib/sync/removals/kinds/deactivate.js';
import type { RemovalKindDefinition } from '../../../lib/sync/removals/kinds/removal-kind.js';
import { RENAME } from '../../../lib/sync/removals/kinds/rename.js';
import { createNameLedger, NO_NAMES } from '../../../lib/sync/removals/name-ledger.js';
import { toUnit, type Manner, type RemovalItem } from '../../../lib/sync/removals/removal-unit.js';
import { toUnitWrites, type Stage } from '../../../lib/sync/removals/unit-writes.js';
import { addOwner, type NameOwner } from '../../../lib/sync/plan/name-owners.js';
import type { WriteFailure } from '../../../lib/sync/run/write-failure.js';
import type { RemovalRow } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import { toRename, toRow } from '../../setup/removal-rows.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const WHY = { code: 'no-longer-wanted', params: {}, reason: 'Because.', remedy: 'Do this.' } as const;
const toItem = (row: RemovalRow, refused?: typeof WHY): RemovalItem => ({
  chunkId: 'c',
  index: 0,
  row,
  ...(refused ? { refused } : {}),
});
const toUser = (_id: string): UserRecord => ({
  _id,
  username: _id,
  active: true,
  services: { ldap: { id: _id } },
});
const toManner = (kind: RemovalKindDefinition): Manner => ({
  exchange: kind.exchange,
  switchesOff: kind.switchesOff === 'carry-out',
  heedsTeams: true,
  moves: undefined,
  access: 'revoked',
  connects: () => false,
  carry: kind.carryOut,
  toDone: () => ({ state: 'done', outcome: kind.outcome.done }),
  toObstacle: (_item, obstacle) => ({ state: 'skipped', account: { ...WHY, reason: obstacle } }),
  toTaken: () => ({ state: 'conflicted', account: { ...WHY, reason: 'taken' } }),
});

function toStage(kind: RemovalKindDefinition, ids: readonly string[], admins: readonly string[] = []): Stage {
  const names = new Map<string, readonly NameOwner[]>();
  for (const _id of ids)
    addOwner(names, _id, { _id, username: _id, emails: [], type: 'user', active: true, linked: true });
  const owners = { usernames: names, emails: names };
  return {
    present: new Map(ids.map((id) => [id, toUser(id)])),
    admins: new Set(admins),
    accounts: new Map(),
    ledger: kind.exchange ? createNameLedger(owners, kind.exchange) : NO_NAMES,
    stamp: { runId: 'run1', now: NOW },
  };
}

/** What becomes of the units, one after the other in one transaction. */
function carry(
  kind: RemovalKindDefinition,
  units: readonly (readonly RemovalItem[])[],
  { stage, failure }: { readonly stage: Stage; readonly failure?: WriteFailure },
) {
  const results = units.map((items) =>
    toUnitWrites(toUnit(items), failure, { manner: toManner(kind), stage }),
  );
  return {
    names: results.flatMap(({ writes }) =>
      writes.map((write) => (write.kind === 'update' ? `${write.userId} ${String(write.set.username)}` : '')),
    ),
    told: results.flatMap(({ settlings }) =>
      settlings.map(([{ row }, settling]) =>
        settling.state === 'done'
          ? `${row.userId} done`
          : `${row.userId} ${settling.state} ${settling.account.reason}`,
      ),
    ),
  };
}

describe('a circle of people who exchange names', () => {
  const circle = [toItem(toRename('a', 'a', 'b')), toItem(toRename('b', 'b', 'a'))];

  it('goes by way of names that nobody has', () => {
    expect(carry(RENAME, [circle], { stage: toStage(RENAME, ['a', 'b']) })).toEqual({
      names: ['a ldap-sync.interim.a', 'b ldap-sync.interim.b', 'a b', 'b a'],
      told: ['a done', 'b done'],
    });
  });

  it('is left as it is when one of it is not as expected, or gone', () => {
    expect(carry(RENAME, [circle], { stage: toStage(RENAME, ['a']) })).toEqual({
      names: [],
      told: ['b skipped changed', 'a conflicted taken'],
    });
  });
});

it('a chain goes in its order, and not against it', () => {
  const [first, second] = [[toItem(toRename('b', 'b', 'z'))], [toItem(toRename('a', 'a', 'b'))]];
  const stage = () => toStage(RENAME, ['a', 'b']);
  expect(carry(RENAME, [first, second], { stage: stage() }).told).toEqual(['b done', 'a done']);
  expect(carry(RENAME, [second, first], { stage: stage() }).told).toEqual(['a conflicted taken', 'b done']);
});

it('the last administrator stays on, also when the others go in the same transaction', () => {
  const units = ['a', 'b'].map((id) => [toItem(toRow('deactivate', id))]);
  const { told } = carry(DEACTIVATE, units, { stage: toStage(DEACTIVATE, ['a', 'b'], ['a', 'b']) });
  expect(told).toEqual(['a done', 'b skipped last-admin']);
});

describe('what is not written is told', () => {
  const unit = [toItem(toRow('clear', 'a', [{ field: 'sipExtension' }]))];

  it('when it is not wanted any more', () => {
    const refused = [toItem(toRow('clear', 'a'), WHY)];
    expect(carry(CLEAR, [refused], { stage: toStage(CLEAR, ['a']) })).toEqual({
      names: [],
      told: ['a skipped Because.'],
    });
  });

  it.each<[WriteFailure, string]>([
    [{ kind: 'duplicate' }, 'a conflicted taken'],
    [{ kind: 'busy' }, 'a failed Others have written this user all the time'],
    [{ kind: 'failed', message: 'x' }, 'a failed The database refused to write this user'],
  ])('when the database does not take it: %j', (failure, told) => {
    const result = carry(CLEAR, [unit], { stage: toStage(CLEAR, ['a']), failure });
    expect(result.names).toEqual([]);
    expect(result.told[0]).toContain(told);
  });
});

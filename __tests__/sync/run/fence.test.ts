import { userCollection } from '../../../models/user.js';
import { silentLogger } from '../../../lib/logger.js';
import { NO_DIFF } from '../../../lib/sync/plan/diff.js';
import { createMongoUserStore } from '../../../lib/sync/users/mongo-user-store.js';
import { dropOlderClaims } from '../../../lib/sync/run/user-marks.js';
import { createRunLog } from '../../../lib/sync/run/run-log.js';
import { keptLease, LOST, lostLease } from '../../setup/leases.js';
import { openTestDatabase, type TestDatabase } from '../../setup/mongo.js';

const READ_AT = new Date('2026-01-01T00:00:00Z');
const LATER = new Date('2026-01-02T00:00:00Z');
const NOW = new Date('2026-01-03T00:00:00Z');

describe('a host that slept while another took its run over', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openTestDatabase();
    await users().insertOne({
      _id: 'u1',
      username: 'ada',
      name: 'Ada',
      active: true,
      ldap: true,
      sipExtension: '42',
      services: {
        ldap: { id: 'a1', idAttribute: 'entryUUID' },
        resume: { loginTokens: [{ hashedToken: 'x' }] },
      },
      _updatedAt: READ_AT,
    });
  });
  afterEach(() => database.close());

  const users = () => userCollection(database.connection);
  const ada = () => users().findOne({ _id: 'u1' });
  const deactivation = { userId: 'u1', ldapId: 'a1', because: 'missing-from-directory' } as const;
  const rename = {
    userId: 'u1',
    seenUpdatedAt: READ_AT,
    seenEmails: undefined,
    diff: { ...NO_DIFF, set: new Map([['name' as const, 'Old name']]) },
  };

  it('takes nothing away, though it had checked its lease a moment ago', async () => {
    const before = await ada();
    const slept = createMongoUserStore(database.connection, keptLease(1));
    await slept.claim(['u1']);
    await dropOlderClaims(database.connection, keptLease(2));
    expect(await slept.deactivate(deactivation, 'run1', NOW)).toBe('changed');
    expect(await slept.rename('u1', { from: 'ada', to: 'other' }, NOW)).toBe('changed');
    expect(await slept.exchange('u1', [{ field: 'sipExtension', from: '42' }], NOW)).toBe('changed');
    expect(await slept.reactivate('u1', 'run0', NOW)).toBe('changed');
    await createMongoUserStore(database.connection, keptLease(1)).unclaim(['u1'], true);
    expect({ ...(await ada()), ldapSync: undefined }).toEqual({ ...before, ldapSync: undefined });
  });

  it(
    'marks nobody once the other has taken over, and gets no further than its mark when that happens ' +
      'meanwhile',
    async () => {
      const before = await ada();
      await expect(createMongoUserStore(database.connection, lostLease(1)).claim(['u1'])).rejects.toBe(LOST);
      expect(await ada()).toEqual(before);
      const mayWrite = jest
        .fn<Promise<undefined>, []>()
        .mockResolvedValueOnce(undefined)
        .mockRejectedValueOnce(LOST);
      await expect(
        createMongoUserStore(database.connection, { ...keptLease(1), mayWrite }).claim(['u1']),
      ).rejects.toBe(LOST);
    },
  );

  it('does not overwrite what the other has written since', async () => {
    await users().updateOne({ _id: 'u1' }, { $set: { name: 'New name', _updatedAt: LATER } });
    await expect(createMongoUserStore(database.connection, lostLease(1)).update([rename], NOW)).rejects.toBe(
      LOST,
    );
    expect(await ada()).toMatchObject({ name: 'New name', _updatedAt: LATER });
  });

  it('is told from a host whose user was changed by somebody else: that one writes', async () => {
    await users().updateOne({ _id: 'u1' }, { $set: { statusText: 'away', _updatedAt: LATER } });
    await createMongoUserStore(database.connection, keptLease(1)).update([rename], NOW);
    expect(await ada()).toMatchObject({ name: 'Old name', statusText: 'away', _updatedAt: NOW });
  });

  it('does not end the run of whoever took over while it was starting its own', async () => {
    const runs = createRunLog({
      connection: database.connection,
      clock: () => new Date(),
      logger: silentLogger,
    });
    const expire = () =>
      database.connection.collection('ldap_sync_lease').updateMany({}, { $set: { expiresAt: new Date(0) } });
    const dead = await runs.start({ kind: 'sync', requestedBy: { _id: 'x' } });
    await expire();
    const collection = users();
    const original = collection.updateMany.bind(collection);
    let successor: Awaited<ReturnType<typeof runs.start>> | undefined;
    collection.updateMany = async (...args: Parameters<typeof original>) => {
      collection.updateMany = original;
      const end = await original(...args);
      await expire();
      successor = await runs.start({ kind: 'sync', requestedBy: { _id: 'y' } });
      return end;
    };
    await expect(runs.start({ kind: 'sync', requestedBy: { _id: 'z' } })).rejects.toMatchObject({
      code: 'lease-lost',
    });
    const states = await database.connection.collection('ldap_sync_runs').find({}).toArray();
    expect(states.find(({ _id }) => (_id as unknown) === successor?.runId)).toMatchObject({
      state: 'running',
    });
    expect(states).toHaveLength(2);
    await successor?.active?.finish({ state: 'failed' });
    await dead.active?.finish({ state: 'failed' });
  });

  it('loses its marks to whoever takes over', async () => {
    const runs = createRunLog({
      connection: database.connection,
      clock: () => new Date(),
      logger: silentLogger,
    });
    const dead = await runs.start({ kind: 'sync', requestedBy: { _id: 'x' } });
    await createMongoUserStore(database.connection, keptLease(dead.active?.fence ?? 0)).claim(['u1']);
    expect(await ada()).toMatchObject({ ldapSync: { claim: 1 } });
    await database.connection
      .collection('ldap_sync_lease')
      .updateMany({}, { $set: { expiresAt: new Date(0) } });
    const next = await runs.start({ kind: 'revert', requestedBy: { _id: 'y' } });
    expect(await ada()).not.toHaveProperty('ldapSync');
    await expect(dead.active?.verifyLease()).rejects.toMatchObject({ code: 'lease-lost' });
    await dead.active?.finish({ state: 'failed' });
    await next.active?.finish({ state: 'failed' });
  });
});

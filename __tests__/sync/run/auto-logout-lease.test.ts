import { createEngine } from '../../setup/engine.js';
import { many, toPerson } from '../../setup/histories.js';
import { openConnection } from '../../setup/mongo.js';
import { ON, useSignOuts } from '../../setup/sign-outs.js';

const { before, collection, database, engine, issueTokens, logout, signedIn, sync, user, world } =
  useSignOuts();

const ENTRIES = [...many(3), toPerson('ada'), toPerson('bob')];
const ADA_OFF = [...many(3), toPerson('ada', { nsAccountLock: 'TRUE' }), toPerson('bob')];
const NONE = { LDAP_Sync_User_Active_State: 'none' };
const lease = (id: string) => collection('ldap_sync_lease').findOne({ _id: id as never });

describe('an auto-logout beside a sync', () => {
  it('does its work while a transaction of the sync is open, which commits at its first attempt', async () => {
    await sync(ENTRIES, NONE);
    await issueTokens('ada', 'bob');
    const renamed = ADA_OFF.map((entry) =>
      entry.dn.startsWith('cn=bob') ? toPerson('bob', { cn: 'B' }) : entry,
    );
    let writes = 0;
    let beside: Awaited<ReturnType<typeof logout>> | undefined;
    const isOfSync = { collection: 'ldap_sync_changes', method: 'insertMany' } as const;
    before(isOfSync, async () => {
      writes += 1;
      beside = await logout(renamed, { ...ON, ...NONE });
    });
    const run = await sync(renamed, NONE);
    expect(beside).toMatchObject({ state: 'completed', signedOut: 1 });
    expect(run).toMatchObject({ state: 'completed', counts: { updated: 1 }, problems: [] });
    expect(writes).toBe(1);
    expect(await signedIn()).toEqual(['bob']);
    expect(await user('bob')).toMatchObject({ name: 'B' });
  });

  it('neither raises the fence of the syncs nor takes their lease or ends their sessions', async () => {
    await sync(ENTRIES);
    await issueTokens('ada');
    const earlier = [await lease('ldap-sync'), await lease('ldap-sync-fence')];
    const other = database().connection.getClient().startSession();
    try {
      await collection('ldap_sync_lease').updateOne(
        { _id: 'ldap-sync' as never },
        { $set: { runId: 'of-another-host', sessions: [other.id], expiresAt: new Date('2100-01-01') } },
      );
      other.startTransaction();
      await database()
        .connection.collection('users')
        .updateOne({ username: 'bob' }, { $set: { name: 'B' } }, { session: other });
      expect(await logout(ADA_OFF)).toMatchObject({ state: 'completed', signedOut: 1 });
      await other.commitTransaction();
    } finally {
      await other.endSession();
    }
    expect(await user('bob')).toMatchObject({ name: 'B' });
    expect(await lease('ldap-sync')).toMatchObject({
      runId: 'of-another-host',
      fence: earlier[0]?.['fence'],
    });
    expect(await lease('ldap-sync-fence')).toEqual(earlier[1]);
    expect(await lease('ldap-sync-auto-logout')).toMatchObject({ runId: null, sessions: [] });
  });

  it('finishes nothing that a sync has begun: names, rooms and mails are left to the sync', async () => {
    await sync(ENTRIES);
    await issueTokens('ada');
    const work = { switching: 'off', renamedFrom: 'bert', mail: { about: 'off', runId: 'x' } };
    const marks = { ...work, unfinished: Object.keys(work) };
    await collection('users').updateOne({ username: 'bob' }, { $set: { ldapSync: marks } });
    await logout(ADA_OFF);
    expect((await user('bob'))?.['ldapSync']).toEqual(marks);
  });
});

describe('auto-logouts of two hosts', () => {
  it('are one: the second gets the report of the first, and nobody is signed out twice', async () => {
    await sync(ENTRIES);
    await issueTokens('ada', 'bob');
    const connection = await openConnection(database().url);
    try {
      const there = createEngine(connection).of(ADA_OFF, ON);
      let elsewhere: ReturnType<typeof there.autoLogout> | undefined;
      world.meddle = () => {
        elsewhere ??= there.autoLogout();
        return undefined;
      };
      const here = await logout(ADA_OFF);
      const joined = await elsewhere;
      // The other one has come while this one was going, or right after it.
      const isJoined = joined?._id === here._id;
      expect(isJoined ? joined : joined?.idle).toMatchObject(isJoined ? { signedOut: 1 } : { runs: 1 });
      const done = await collection('ldap_sync_runs').countDocuments({ signedOut: 1 });
      expect([done, await signedIn()]).toEqual([1, ['bob']]);
    } finally {
      await connection.close();
    }
  });

  it('wait for nobody: one whose host is silent is joined, and taken over once its lease has expired', async () => {
    await sync(ENTRIES);
    await issueTokens('ada');
    const own = engine(ADA_OFF, ON);
    await logout(ENTRIES);
    await collection('ldap_sync_lease').updateOne(
      { _id: 'ldap-sync-auto-logout' as never },
      { $set: { runId: 'silent', expiresAt: new Date(0) } },
    );
    await collection('ldap_sync_runs').insertOne({
      _id: 'silent' as never,
      kind: 'auto-logout',
      state: 'running',
    });
    expect(await logout(ADA_OFF)).toMatchObject({ state: 'completed', signedOut: 1 });
    expect(await own.run('silent')).toMatchObject({ state: 'interrupted' });
  });
});

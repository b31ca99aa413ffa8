import { createGridFsAvatarStore, type AvatarStore } from '../../lib/sync/avatars/avatar-store.js';
import { eachRound, FAULT_TIMEOUT_MS } from '../setup/fault-budget.js';
import { openFaultStage, type FaultStage } from '../setup/fault-stage.js';
import { createHost } from '../setup/host.js';
import { expireLease } from '../setup/leases.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { measureSyncChild, startSyncChild } from '../setup/sync-child-process.js';

describeWithSlapd('a host that is killed in the middle of a run', () => {
  let stage: FaultStage;
  let undisturbedMs: number;

  beforeAll(async () => {
    stage = await openFaultStage();
    await stage.reset();
    undisturbedMs = await measureSyncChild(stage.database.url);
    await stage.expectUndisturbedEnd();
  });
  afterAll(() => stage.close());

  it(
    'does no harm, is reported as interrupted, and the next run does the rest',
    async () => {
      await eachRound({ quick: 2, share: 0.2 }, async ({ random }) => {
        const runs = stage.database.connection.collection('ldap_sync_runs');
        await stage.reset();
        const child = await startSyncChild(stage.database.url);
        await child.go();
        await new Promise((resolve) => setTimeout(resolve, random.next() * undisturbedMs));
        await child.kill();
        await stage.expectNoHarm();
        // It may have ended before the signal came; then everything has to be there.
        if (await runs.findOne({ state: 'completed' })) await stage.expectUndisturbedEnd();
        const left = await runs.distinct('_id', { state: 'running' });

        await expireLease(stage.database.connection);
        expect((await stage.plainRun()).state).toBe('completed');
        await stage.expectUndisturbedEnd();
        await stage.expectNoHarm();
        expect(await runs.distinct('state', { _id: { $in: left } })).toEqual(
          left.length > 0 ? ['interrupted'] : [],
        );
        expect(await runs.countDocuments({ state: { $nin: ['completed', 'interrupted'] } })).toBe(0);
      });
    },
    FAULT_TIMEOUT_MS,
  );

  it('between naming a new picture and removing the old one leaves no old one after the next run', async () => {
    const { connection } = stage.database;
    await stage.reset();
    const store = createGridFsAvatarStore({ connection, clock: () => new Date() });
    const removeOthers: AvatarStore['removeOthers'] = (owner, keepId) =>
      owner.username === 'photo0'
        ? Promise.reject(new Error('The host is gone.'))
        : store.removeOthers(owner, keepId);
    expect(
      (await createHost(connection, { avatarStore: { ...store, removeOthers } }).ldapSync.sync()).state,
    ).toBe('failed');
    expect((await stage.plainRun()).state).toBe('completed');
    expect((await stage.state()).superseded).toEqual([]);
  });
});

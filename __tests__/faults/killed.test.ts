import { expectExactAccount, readAccount, toWhatHappened } from '../setup/account-of-run.js';
import { eachRound, FAULT_TIMEOUT_MS } from '../setup/fault-budget.js';
import { openFaultStage, type FaultStage } from '../setup/fault-stage.js';
import { expireLease } from '../setup/leases.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { measureSyncChild, startSyncChild } from '../setup/sync-child-process.js';

describeWithSlapd('a host that is killed in the middle of a run', () => {
  let stage: FaultStage;
  let undisturbedMs: number;
  let commits: number;

  beforeAll(async () => {
    stage = await openFaultStage();
    await stage.reset();
    undisturbedMs = await measureSyncChild(stage.database.url);
    await stage.expectUndisturbedEnd();
    commits = Number((await runs().findOne({}))?.transactions);
    expect(commits).toBeGreaterThan(5);
  });
  afterAll(() => stage.close());

  const runs = () => stage.database.connection.collection('ldap_sync_runs');

  async function killAfter(ms: number): Promise<void> {
    const child = await startSyncChild(stage.database.url);
    await child.go();
    await new Promise((resolve) => setTimeout(resolve, ms));
    await child.kill();
  }

  /** A transaction is open then that has passed the fence. */
  async function killBeforeCommit(commit: number): Promise<void> {
    const child = await startSyncChild(stage.database.url, { signalAtCommit: { signal: 'SIGKILL', commit } });
    await child.go();
    await child.halted();
    await child.kill();
  }

  it(
    'does no harm, has said exactly what it did, and the next run does the rest',
    async () => {
      let interrupted = 0;
      await eachRound({ quick: 3, share: 0.25 }, async ({ index, random }) => {
        await stage.reset();
        const before = await stage.database.connection.collection('users').find({}).toArray();
        await (index % 2
          ? killAfter(random.next() * undisturbedMs)
          : killBeforeCommit(random.integer(1, commits)));
        await stage.expectNoHarm();
        // It may have ended before the signal came; then everything has to be there.
        if (await runs().findOne({ state: 'completed' })) await stage.expectUndisturbedEnd();
        const left = await runs().distinct('_id', { state: 'running' });
        const [runId] = await runs().distinct('_id', {});
        if (runId !== undefined) {
          const { users, account } = await readAccount(stage.database.connection, String(runId));
          expectExactAccount(account, toWhatHappened(before, users));
        }
        interrupted += left.length;

        await expireLease(stage.database.connection);
        expect((await stage.plainRun()).state).toBe('completed');
        await stage.expectUndisturbedEnd();
        await stage.expectNoHarm();
        expect(await runs().distinct('state', { _id: { $in: left } })).toEqual(
          left.length > 0 ? ['interrupted'] : [],
        );
        expect((await stage.state()).superseded).toEqual([]);
        const avatars = stage.database.connection.collection('rocketchat_avatars');
        expect(await avatars.countDocuments({ complete: false })).toBe(0);
        expect(await runs().countDocuments({ state: { $nin: ['completed', 'interrupted'] } })).toBe(0);
      });
      process.stderr.write(`killed in the middle of a run: ${interrupted} times\n`);
      expect(interrupted).toBeGreaterThan(0);
    },
    FAULT_TIMEOUT_MS,
  );
});

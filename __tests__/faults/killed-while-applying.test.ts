import { expectExactAccount, readAccount, toWhatHappened } from '../setup/account-of-run.js';
import { createAppliedPlans, type AppliedPlans } from '../setup/applied-plans.js';
import { eachRound, FAULT_TIMEOUT_MS, type Round } from '../setup/fault-budget.js';
import { LEAVERS } from '../setup/fault-directory.js';
import { openFaultStage, type FaultStage } from '../setup/fault-stage.js';
import { expireLease } from '../setup/leases.js';
import { errorOf } from '../setup/narrow-plan.js';
import type { PeopleState } from '../setup/people-state.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { measureSyncChild, startSyncChild, type SyncChildOptions } from '../setup/sync-child-process.js';

const LEFT_OUT = Array.from({ length: 20 }, (_, index) => `person${100 + index}`);
/** Two settings, of which never only one is saved. */
const PLAN = {
  LDAP_User_Search_Filter: `(&(objectClass=inetOrgPerson)(!(|${LEFT_OUT.map((name) => `(uid=${name})`).join('')})))`,
  LDAP_Connect_Timeout: 9_000,
};
const BEFORE = {
  ...PLAN,
  LDAP_User_Search_Filter: '(objectClass=inetOrgPerson)',
  LDAP_Connect_Timeout: 8_000,
};
/** So many that no limit holds them: what waits waits for another reason. */
const LIMITS = { LDAP_Guard_Always_Allowed: 1_000 };

/** Tells of the settings that are saved. */
const SAVED = 'ldap_sync_settings_changes';
type CommitMoment = Omit<NonNullable<SyncChildOptions['signalAtCommit']>, 'signal'>;

describeWithSlapd('a host that is killed while it applies a preview', () => {
  let stage: FaultStage;
  let plans: AppliedPlans;
  let expected: PeopleState;
  let undisturbedMs: number;
  let commits: number;
  const seen = { unsaved: 0, saved: 0, applied: 0 };

  const collection = (name: string) => stage.database.connection.collection(name);
  const users = () => collection('users').find({}).toArray();

  beforeAll(async () => {
    stage = await openFaultStage();
    plans = createAppliedPlans(stage.database.connection);
    const planId = await showPlan();
    undisturbedMs = await measureSyncChild(stage.database.url, (child) => child.apply(planId));
    const run = await collection('ldap_sync_runs').findOne({ kind: 'application' });
    expect(run).toMatchObject({
      state: 'completed',
      counts: { deactivated: LEAVERS.length + LEFT_OUT.length },
    });
    expected = await stage.state();
    // One more saves the settings.
    commits = Number(run?.transactions) + 1;
  });
  afterAll(() => stage.close());

  /** An earlier sync of a directory that has changed since, and a preview that somebody has looked at. */
  async function showPlan(): Promise<string> {
    await stage.reset({ ...LIMITS, ...BEFORE });
    return (await plans.preview(PLAN))._id;
  }

  async function killAfter(ms: number, planId: string): Promise<void> {
    const child = await startSyncChild(stage.database.url);
    await child.apply(planId);
    await new Promise((resolve) => setTimeout(resolve, ms));
    await child.kill();
  }

  async function killAtCommit(at: CommitMoment, planId: string): Promise<void> {
    const child = await startSyncChild(stage.database.url, { signalAtCommit: { ...at, signal: 'SIGKILL' } });
    await child.apply(planId);
    await child.halted();
    await child.kill();
  }

  function kill({ index, random }: Round, planId: string): Promise<void> {
    // The settings are saved, and nothing is taken away.
    if (index === 0) return killAtCommit({ commit: 1, moment: 'after', countFrom: SAVED }, planId);
    if (index % 3 === 1) return killAfter(random.next() * undisturbedMs, planId);
    const moment = random.integer(0, 1) === 0 ? 'before' : 'after';
    if (index % 3 === 2) return killAtCommit({ commit: random.integer(1, commits), moment }, planId);
    return killAtCommit({ commit: random.integer(1, 4), moment, countFrom: SAVED }, planId);
  }

  /** Whether they are saved; fails where only some of them are, or more than one change tells of it. */
  async function readSaved(...planIds: readonly string[]): Promise<boolean> {
    const values = await collection('rocketchat_settings')
      .find({ _id: { $in: Object.keys(PLAN) as never[] } })
      .toArray();
    const stored = Object.fromEntries(values.map(({ _id, value }) => [String(_id), value as unknown]));
    const changes = await collection(SAVED).find({}).toArray();
    const isSaved = changes.length > 0;
    expect(stored).toEqual(isSaved ? PLAN : BEFORE);
    expect(changes).toHaveLength(isSaved ? 1 : 0);
    for (const { applies } of changes) expect(planIds).toContain(applies);
    return isSaved;
  }

  async function expectTrueAccount(before: Awaited<ReturnType<typeof users>>): Promise<void> {
    const run = await collection('ldap_sync_runs').findOne({ kind: 'application' });
    if (!run) return expect(await users()).toEqual(before);
    const { users: after, account } = await readAccount(stage.database.connection, String(run._id));
    expectExactAccount(account, toWhatHappened(before, after));
  }

  const off = async (): Promise<readonly unknown[]> => collection('users').distinct('_id', { active: false });

  /** A sync takes nobody away of whom nobody knows: by new settings nobody at all, by the old ones who has left. */
  async function expectHarmlessSync({ isSaved, isApplied }: { isSaved: boolean; isApplied: boolean }) {
    const before = await off();
    const run = await plans.sync();
    if (isSaved && !isApplied) {
      expect([run.removed, await off()]).toEqual([0, before]);
      // All may have been done, but for saying so.
      const waits = { state: 'held', held: { code: 'earlier-run-undecided', approvable: true } };
      const isDone = before.length === LEAVERS.length + LEFT_OUT.length;
      return isDone && run.state === 'completed' ? undefined : expect(run).toMatchObject(waits);
    }
    expect(run.state).toBe('completed');
    if (isApplied) return expect(await off()).toEqual(before);
    await stage.expectNoHarm();
  }

  async function getOn(planId: string, isAnew: boolean): Promise<string> {
    const next = isAnew ? (await plans.preview(PLAN))._id : planId;
    expect(await plans.apply(next)).toMatchObject({ state: 'completed', of: next });
    return next;
  }

  async function expectApplied(): Promise<void> {
    const { users, pictures, conversations } = await stage.state();
    expect({ users, pictures, conversations }).toEqual({
      users: expected.users,
      pictures: expected.pictures,
      conversations: expected.conversations,
    });
    await stage.expectNoHarm([...LEAVERS, ...LEFT_OUT]);
    const sync = await plans.sync();
    expect([sync.state, sync.removed, sync.counts.created]).toEqual(['completed', 0, 0]);
  }

  it(
    'has saved the settings or not, has said what it did, nobody is taken away unseen, and the plan gets on',
    async () => {
      await eachRound({ quick: 5, share: 0.15 }, async (round) => {
        const planId = await showPlan();
        const before = await users();
        await kill(round, planId);
        const isSaved = await readSaved(planId);
        await stage.expectNoHarm(isSaved ? [...LEAVERS, ...LEFT_OUT] : []);
        await expectTrueAccount(before);
        await expireLease(stage.database.connection);
        const isApplied =
          (await collection('ldap_sync_runs').findOne({ kind: 'application', plan: { $exists: true } })) !==
          null;
        seen[isApplied ? 'applied' : isSaved ? 'saved' : 'unsaved'] += 1;
        if (round.index === 0 || round.random.integer(0, 1) === 0)
          await expectHarmlessSync({ isSaved, isApplied });
        if (isApplied) expect(await errorOf(plans.apply(planId))).toBe('plan-already-applied');
        const applied = isApplied ? planId : await getOn(planId, round.random.integer(0, 1) === 0);
        expect(await readSaved(planId, applied)).toBe(true);
        await expectApplied();
      });
      process.stderr.write(`killed while applying a preview: ${JSON.stringify(seen)}\n`);
      expect(seen.unsaved + seen.saved).toBeGreaterThan(0);
    },
    FAULT_TIMEOUT_MS,
  );
});

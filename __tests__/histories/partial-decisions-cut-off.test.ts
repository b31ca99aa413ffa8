import { LEAVERS, useHeldList } from '../setup/held-list.js';
import { removals } from '../setup/interventions.js';

const list = useHeldList();
const { idsOf, now, off } = list;
const { cancelAfter, collection, killAt } = list.histories;
const NO_DIRECTORY = { kind: 'lost', afterPages: 0 } as const;

describe('an approval that did not come to its end', () => {
  const approve = (rows?: string[]) => now().approve(list.runId(), rows ? { rows } : {});

  it('leaves its rows to be approved again, and no others', async () => {
    await now().reject(list.runId(), idsOf('p3'));
    expect((await now().approve(list.runId(), { rows: idsOf('p0', 'p1'), fault: NO_DIRECTORY })).state).toBe(
      'failed',
    );
    expect(await off()).toEqual([]);
    expect((await approve(idsOf('p0', 'p3'))).counts).toMatchObject({ deactivated: 1 });
    expect((await approve()).counts).toMatchObject({ deactivated: 2 });
    expect(await off()).toEqual(['p0', 'p1', 'p2']);
    await expect(approve()).rejects.toMatchObject({ code: 'run-already-decided' });
  });

  it('leaves its rows open though the rest was rejected after it', async () => {
    const failing = now().approve(list.runId(), { rows: idsOf('p0'), fault: NO_DIRECTORY });
    await failing;
    await now().reject(list.runId(), idsOf('p1', 'p2', 'p3'));
    expect((await approve()).counts).toMatchObject({ deactivated: 1 });
    expect(await off()).toEqual(['p0']);
    expect(await now().run(list.runId())).toMatchObject({ decision: { verdict: 'approved' } });
  });

  it('leaves its rows open though the rest was rejected while it went', async () => {
    const { promise, start } = heldUp();
    const approval = now().approve(list.runId(), { rows: idsOf('p0') });
    await promise;
    await now().reject(list.runId());
    start();
    expect((await approval).state).toBe('failed');
    expect(await now().run(list.runId())).toMatchObject({ decision: { verdict: 'rejected' } });
    expect((await approve()).counts).toMatchObject({ deactivated: 1 });
    expect(await off()).toEqual(['p0']);
    expect(await now().run(list.runId())).toMatchObject({
      decision: { verdict: 'approved' },
      partlyDecided: [{ verdict: 'approved', rows: 1 }, { verdict: 'rejected' }],
    });
  });

  it('leaves its rows open when its host died before the run said what was decided', async () => {
    const runs = collection('ldap_sync_runs');
    const original = runs.updateOne.bind(runs);
    runs.updateOne = (...args: Parameters<typeof original>) =>
      'decision' in (args[0] as object) ? Promise.reject(new Error('gone')) : original(...args);
    await expect(approve()).rejects.toThrow('gone');
    await expect(now().reject(list.runId(), idsOf('p3'))).rejects.toThrow('gone');
    runs.updateOne = original;
    expect(await now().run(list.runId())).not.toHaveProperty('decision');
    expect((await approve()).counts).toMatchObject({ deactivated: 3 });
    expect(await off()).toEqual(['p0', 'p1', 'p2']);
  });

  it('by a cancellation has its account, and what it did not come to is approved again', async () => {
    list.staff().rename('p4', 'renamed');
    await list.syncAgain();
    cancelAfter(removals());
    const cancelled = await approve();
    expect(cancelled).toMatchObject({
      state: 'cancelled',
      removed: 1,
      counts: { updated: 1, deactivated: 0 },
    });
    expect((await approve()).counts).toMatchObject({ deactivated: 4 });
    expect(await off()).toEqual(LEAVERS);
  });

  it('since its host was killed has its account, and is approved again', async () => {
    list.staff().rename('p4', 'renamed');
    await list.syncAgain();
    const killed = await killAt(removals(2), () => approve());
    expect(killed).toMatchObject({
      state: 'interrupted',
      removed: 1,
      counts: { updated: 1, deactivated: 0 },
    });
    expect(await off()).toEqual([]);
    expect((await approve()).counts).toMatchObject({ deactivated: 4 });
  });

  /** The next directory is asked for nothing until `start`; then it is gone. */
  function heldUp(): { promise: Promise<void>; start: () => void } {
    let start!: () => void;
    const gate = new Promise<void>((resolve) => (start = resolve));
    const changesOf = collection('ldap_sync_changes');
    const original = changesOf.insertMany.bind(changesOf);
    const promise = new Promise<void>((resolve) => {
      changesOf.insertMany = async () => {
        changesOf.insertMany = original;
        resolve();
        await gate;
        throw new Error('The database is gone for a moment.');
      };
    });
    return { promise, start };
  }
});

it('a rejection that was cut off before the run said so is completed by giving it again', async () => {
  const runs = collection('ldap_sync_runs');
  const original = runs.updateOne.bind(runs);
  runs.updateOne = () => Promise.reject(new Error('gone'));
  await expect(now().reject(list.runId())).rejects.toThrow('gone');
  runs.updateOne = original;
  await expect(now().approve(list.runId())).rejects.toMatchObject({
    code: 'rows-not-waiting',
    remedy: expect.stringContaining('ldap.rejectRun'),
  });
  await now().reject(list.runId());
  expect(await now().run(list.runId())).toMatchObject({ decision: { verdict: 'rejected' } });
});

describe('a revert of which rows have expired', () => {
  it('fails with a remedy, takes nothing back, and may be asked for again', async () => {
    const approval = await now().approve(list.runId());
    const rows = collection('ldap_sync_changes');
    const ofApproval = { _id: { $regex: `^${approval._id}/` } as never };
    const kept = await rows.find(ofApproval).toArray();
    await rows.deleteMany(ofApproval);
    expect(await now().revert(approval._id)).toMatchObject({
      state: 'failed',
      problems: [{ message: expect.stringContaining('LDAP_Sync_History_Days'), remedy: expect.any(String) }],
    });
    expect(await now().run(approval._id)).not.toHaveProperty('revertedBy');
    expect(await off()).toEqual(LEAVERS);
    await rows.insertMany(kept);
    expect((await now().revert(approval._id)).counts).toMatchObject({ reactivated: 4 });
    expect(await off()).toEqual([]);
  });
});

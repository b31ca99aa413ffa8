import { REQUESTER, type Engine } from '../setup/engine.js';
import { many, useHistories } from '../setup/histories.js';
import { removals } from '../setup/interventions.js';
import { createStaff, type Staff } from '../setup/staff.js';

const { cancelAfter, changes, collection, engine, killAt, user } = useHistories();
const SETTINGS = {
  LDAP_Background_Sync_Disable_Missing_Users: true,
  LDAP_Guard_Always_Allowed: 1,
};
const LEAVERS = ['p0', 'p1', 'p2', 'p3'];
const NO_DIRECTORY = { kind: 'lost', afterPages: 0 } as const;
const UNKNOWN = 'r-9999999-0';

let staff: Staff;
let runId: string;
let ids: Readonly<Record<string, string>>;
const now = (): Engine => engine(staff.entries(), SETTINGS);
const isOff = async (name: string) => (await user(name))?.active === false;
const off = async () =>
  (await collection('users').find({ active: false }).sort({ username: 1 }).toArray()).map(
    ({ username }) => username as string,
  );
const idsOf = (...names: readonly string[]): string[] => names.map((name) => ids[name]!);
/** What somebody decided about each person on the list. */
const decided = async () =>
  Object.fromEntries(
    (await now().changes(runId)).map(({ username, decided: decision }) => [username, decision?.verdict]),
  );

beforeEach(async () => {
  staff = createStaff(many(8).map((_, index) => `p${index}`));
  await now().sync();
  staff.leave(...LEAVERS);
  runId = (await now().sync())._id;
  ids = Object.fromEntries((await now().changes(runId)).map(({ username, id }) => [username, id]));
});

describe('a held list of which a part is approved', () => {
  it('has that part done and no other; the rest goes on waiting, and can be approved', async () => {
    const approval = await now().approve(runId, { rows: idsOf('p0', 'p2') });
    expect(approval).toMatchObject({ state: 'completed', counts: { deactivated: 2 }, removed: 2 });
    expect(await changes(approval._id)).toHaveLength(2);
    expect(await off()).toEqual(['p0', 'p2']);
    expect(await decided()).toEqual({ p0: 'approved', p2: 'approved' });
    const held = await now().run(runId);
    expect(held).not.toHaveProperty('decision');
    expect(held.partlyDecided).toMatchObject([
      { verdict: 'approved', by: REQUESTER, runId: approval._id, rows: 2 },
    ]);
    const rest = await now().approve(runId);
    expect(rest).toMatchObject({ state: 'completed', counts: { deactivated: 2 } });
    expect(await off()).toEqual(LEAVERS);
    expect(await now().run(runId)).toMatchObject({ decision: { verdict: 'approved', runId: rest._id } });
    await expect(now().approve(runId)).rejects.toMatchObject({ code: 'run-already-decided' });
  });

  it('keeps what a later run finds waiting until the rest is decided', async () => {
    await now().approve(runId, { rows: idsOf('p0', 'p1', 'p2') });
    expect(await now().sync()).toMatchObject({
      state: 'held',
      held: { deactivations: 1, code: 'earlier-run-undecided' },
    });
    expect(await isOff('p3')).toBe(false);
  });

  it('and the rest is rejected: nothing waits, and the run is decided', async () => {
    await now().approve(runId, { rows: idsOf('p0') });
    await now().reject(runId);
    expect(await decided()).toEqual({ p0: 'approved', p1: 'rejected', p2: 'rejected', p3: 'rejected' });
    expect(await now().run(runId)).toMatchObject({
      decision: { verdict: 'rejected' },
      partlyDecided: [{ verdict: 'approved', rows: 1 }],
    });
    expect(await off()).toEqual(['p0']);
    await expect(now().reject(runId)).rejects.toMatchObject({ code: 'run-already-decided' });
  });

  it('is reverted approval by approval', async () => {
    const first = await now().approve(runId, { rows: idsOf('p0') });
    const second = await now().approve(runId, { rows: idsOf('p1', 'p2', 'p3') });
    expect(await now().run(runId)).toMatchObject({ decision: { runId: second._id, rows: 3 } });
    expect((await now().revert(first._id)).counts).toMatchObject({ reactivated: 1, unchanged: 0 });
    expect(await off()).toEqual(['p1', 'p2', 'p3']);
    expect((await now().revert(second._id)).counts).toMatchObject({ reactivated: 3, unchanged: 0 });
    expect(await off()).toEqual([]);
  });
});

describe('a held list of which a part is rejected', () => {
  it('has that part left alone by an approval of the rest', async () => {
    await now().reject(runId, idsOf('p1'));
    expect((await now().run(runId)).partlyDecided).toMatchObject([{ verdict: 'rejected', rows: 1 }]);
    expect((await now().approve(runId)).counts).toMatchObject({ deactivated: 3 });
    expect(await off()).toEqual(['p0', 'p2', 'p3']);
  });

  it('until nothing waits is decided, and the next run asks again', async () => {
    await now().reject(runId, idsOf('p0', 'p1'));
    await now().reject(runId, idsOf('p2', 'p3'));
    expect(await now().run(runId)).toMatchObject({ decision: { verdict: 'rejected', rows: 2 } });
    await expect(now().approve(runId)).rejects.toMatchObject({ code: 'run-already-decided' });
    expect(await now().sync()).toMatchObject({ state: 'held', held: { deactivations: 4 } });
  });
});

describe('a decision about rows', () => {
  it('passes over ids that do not wait, and counts an id that is given twice once', async () => {
    await now().reject(runId, idsOf('p0'));
    const rows = [...idsOf('p0', 'p1', 'p1'), UNKNOWN, 'r-0000001-999', 'p-0000001-0'];
    expect((await now().approve(runId, { rows })).counts).toMatchObject({ deactivated: 1 });
    expect((await now().run(runId)).partlyDecided).toMatchObject([{ rows: 1 }, { rows: 1 }]);
    expect(await off()).toEqual(['p1']);
  });

  it.each<[string, () => string[]]>([
    ['that are unknown', () => [UNKNOWN]],
    ['of what was written at once', () => ['p-0000001-0']],
    ['that were decided before', () => idsOf('p0')],
  ])('%s is refused, with a remedy, and marks nothing', async (_, rows) => {
    await now().reject(runId, idsOf('p0'));
    const before = await now().run(runId);
    const refusal = { code: 'rows-not-waiting', remedy: expect.stringContaining('ldap.runChanges') };
    await expect(now().approve(runId, { rows: rows() })).rejects.toMatchObject(refusal);
    await expect(now().reject(runId, rows())).rejects.toMatchObject(refusal);
    expect(await now().run(runId)).toEqual(before);
    expect(await decided()).toEqual({ p0: 'rejected' });
    expect(await off()).toEqual([]);
  });

  it('of two people at once is about each row once', async () => {
    const answers = await Promise.allSettled([
      now().reject(runId, idsOf('p0', 'p1')),
      now().reject(runId, idsOf('p1', 'p2')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    const { partlyDecided = [] } = await now().run(runId);
    expect(partlyDecided.reduce((sum, { rows = 0 }) => sum + rows, 0)).toBe(3);
  });

  it('that have expired fails, and marks nothing', async () => {
    await collection('ldap_sync_changes').deleteMany({});
    const refusal = { code: 'rows-expired', remedy: expect.stringContaining('Run the sync again') };
    await expect(now().approve(runId, { rows: idsOf('p0') })).rejects.toMatchObject(refusal);
    await expect(now().reject(runId, idsOf('p0'))).rejects.toMatchObject(refusal);
    await expect(now().approve(runId)).rejects.toMatchObject(refusal);
    const held = await now().run(runId);
    expect(held).not.toHaveProperty('decision');
    expect(held).not.toHaveProperty('partlyDecided');
    expect(await off()).toEqual([]);
  });
});

describe('an approval that did not come to its end', () => {
  const approve = (rows?: string[]) => now().approve(runId, rows ? { rows } : {});

  it('leaves its rows to be approved again, and no others', async () => {
    await now().reject(runId, idsOf('p3'));
    expect((await now().approve(runId, { rows: idsOf('p0', 'p1'), fault: NO_DIRECTORY })).state).toBe(
      'failed',
    );
    expect(await off()).toEqual([]);
    expect((await approve(idsOf('p0', 'p3'))).counts).toMatchObject({ deactivated: 1 });
    expect((await approve()).counts).toMatchObject({ deactivated: 2 });
    expect(await off()).toEqual(['p0', 'p1', 'p2']);
    await expect(approve()).rejects.toMatchObject({ code: 'run-already-decided' });
  });

  it('leaves its rows open though the rest was rejected after it', async () => {
    const failing = now().approve(runId, { rows: idsOf('p0'), fault: NO_DIRECTORY });
    await failing;
    await now().reject(runId, idsOf('p1', 'p2', 'p3'));
    expect((await approve()).counts).toMatchObject({ deactivated: 1 });
    expect(await off()).toEqual(['p0']);
    expect(await now().run(runId)).toMatchObject({ decision: { verdict: 'approved' } });
  });

  it('leaves its rows open though the rest was rejected while it went', async () => {
    const { promise, start } = heldUp();
    const approval = now().approve(runId, { rows: idsOf('p0') });
    await promise;
    await now().reject(runId);
    start();
    expect((await approval).state).toBe('failed');
    expect(await now().run(runId)).toMatchObject({ decision: { verdict: 'rejected' } });
    expect((await approve()).counts).toMatchObject({ deactivated: 1 });
    expect(await off()).toEqual(['p0']);
    expect(await now().run(runId)).toMatchObject({
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
    await expect(now().reject(runId, idsOf('p3'))).rejects.toThrow('gone');
    runs.updateOne = original;
    expect(await now().run(runId)).not.toHaveProperty('decision');
    expect((await approve()).counts).toMatchObject({ deactivated: 3 });
    expect(await off()).toEqual(['p0', 'p1', 'p2']);
  });

  it('by a cancellation has its account, and what it did not come to is approved again', async () => {
    staff.rename('p4', 'renamed');
    runId = (await now().sync())._id;
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
    staff.rename('p4', 'renamed');
    runId = (await now().sync())._id;
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
  await expect(now().reject(runId)).rejects.toThrow('gone');
  runs.updateOne = original;
  await expect(now().approve(runId)).rejects.toMatchObject({
    code: 'rows-not-waiting',
    remedy: expect.stringContaining('ldap.rejectRun'),
  });
  await now().reject(runId);
  expect(await now().run(runId)).toMatchObject({ decision: { verdict: 'rejected' } });
});

describe('a revert of which rows have expired', () => {
  it('fails with a remedy, takes nothing back, and may be asked for again', async () => {
    const approval = await now().approve(runId);
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

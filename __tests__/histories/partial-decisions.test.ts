import { REQUESTER } from '../setup/engine.js';
import { LEAVERS, useHeldList } from '../setup/held-list.js';

const list = useHeldList();
const { decided, idsOf, now, off } = list;
const { changes, collection } = list.histories;
const UNKNOWN = 'r-9999999-0';

describe('a held list of which a part is approved', () => {
  it('has that part done and no other; the rest goes on waiting, and can be approved', async () => {
    const approval = await now().approve(list.runId(), { rows: idsOf('p0', 'p2') });
    expect(approval).toMatchObject({ state: 'completed', counts: { deactivated: 2 }, removed: 2 });
    expect(await changes(approval._id)).toHaveLength(2);
    expect(await off()).toEqual(['p0', 'p2']);
    expect(await decided()).toEqual({ p0: 'approved', p2: 'approved' });
    const held = await now().run(list.runId());
    expect(held).not.toHaveProperty('decision');
    expect(held.partlyDecided).toMatchObject([
      { verdict: 'approved', by: REQUESTER, runId: approval._id, rows: 2 },
    ]);
    const rest = await now().approve(list.runId());
    expect(rest).toMatchObject({ state: 'completed', counts: { deactivated: 2 } });
    expect(await off()).toEqual(LEAVERS);
    expect(await now().run(list.runId())).toMatchObject({
      decision: { verdict: 'approved', runId: rest._id },
    });
    await expect(now().approve(list.runId())).rejects.toMatchObject({ code: 'run-already-decided' });
  });

  it('keeps what a later run finds waiting until the rest is decided', async () => {
    await now().approve(list.runId(), { rows: idsOf('p0', 'p1', 'p2') });
    expect(await now().sync()).toMatchObject({
      state: 'held',
      held: { deactivations: 1, code: 'earlier-run-undecided' },
    });
    expect(await off()).not.toContain('p3');
  });

  it('and the rest is rejected: nothing waits, and the run is decided', async () => {
    await now().approve(list.runId(), { rows: idsOf('p0') });
    await now().reject(list.runId());
    expect(await decided()).toEqual({ p0: 'approved', p1: 'rejected', p2: 'rejected', p3: 'rejected' });
    expect(await now().run(list.runId())).toMatchObject({
      decision: { verdict: 'rejected' },
      partlyDecided: [{ verdict: 'approved', rows: 1 }],
    });
    expect(await off()).toEqual(['p0']);
    await expect(now().reject(list.runId())).rejects.toMatchObject({ code: 'run-already-decided' });
  });

  it('is reverted approval by approval', async () => {
    const first = await now().approve(list.runId(), { rows: idsOf('p0') });
    const second = await now().approve(list.runId(), { rows: idsOf('p1', 'p2', 'p3') });
    expect(await now().run(list.runId())).toMatchObject({ decision: { runId: second._id, rows: 3 } });
    expect((await now().revert(first._id)).counts).toMatchObject({ reactivated: 1, unchanged: 0 });
    expect(await off()).toEqual(['p1', 'p2', 'p3']);
    expect((await now().revert(second._id)).counts).toMatchObject({ reactivated: 3, unchanged: 0 });
    expect(await off()).toEqual([]);
  });
});

describe('a held list of which a part is rejected', () => {
  it('has that part left alone by an approval of the rest', async () => {
    await now().reject(list.runId(), idsOf('p1'));
    expect((await now().run(list.runId())).partlyDecided).toMatchObject([{ verdict: 'rejected', rows: 1 }]);
    expect((await now().approve(list.runId())).counts).toMatchObject({ deactivated: 3 });
    expect(await off()).toEqual(['p0', 'p2', 'p3']);
  });

  it('until nothing waits is decided, and the next run asks again', async () => {
    await now().reject(list.runId(), idsOf('p0', 'p1'));
    await now().reject(list.runId(), idsOf('p2', 'p3'));
    expect(await now().run(list.runId())).toMatchObject({ decision: { verdict: 'rejected', rows: 2 } });
    await expect(now().approve(list.runId())).rejects.toMatchObject({ code: 'run-already-decided' });
    expect(await now().sync()).toMatchObject({ state: 'held', held: { deactivations: 4 } });
  });
});

describe('a decision about rows', () => {
  it('passes over ids that do not wait, and counts an id that is given twice once', async () => {
    await now().reject(list.runId(), idsOf('p0'));
    const rows = [...idsOf('p0', 'p1', 'p1'), UNKNOWN, 'r-0000001-999', 'p-0000001-0'];
    expect((await now().approve(list.runId(), { rows })).counts).toMatchObject({ deactivated: 1 });
    expect((await now().run(list.runId())).partlyDecided).toMatchObject([{ rows: 1 }, { rows: 1 }]);
    expect(await off()).toEqual(['p1']);
  });

  it.each<[string, () => string[]]>([
    ['that are unknown', () => [UNKNOWN]],
    ['of what was written at once', () => ['p-0000001-0']],
    ['that were decided before', () => idsOf('p0')],
  ])('%s is refused, with a remedy, and marks nothing', async (_, rows) => {
    await now().reject(list.runId(), idsOf('p0'));
    const before = await now().run(list.runId());
    const refusal = { code: 'rows-not-waiting', remedy: expect.stringContaining('ldap.runChanges') };
    await expect(now().approve(list.runId(), { rows: rows() })).rejects.toMatchObject(refusal);
    await expect(now().reject(list.runId(), rows())).rejects.toMatchObject(refusal);
    expect(await now().run(list.runId())).toEqual(before);
    expect(await decided()).toEqual({ p0: 'rejected' });
    expect(await off()).toEqual([]);
  });

  it('of two people at once is about each row once', async () => {
    const answers = await Promise.allSettled([
      now().reject(list.runId(), idsOf('p0', 'p1')),
      now().reject(list.runId(), idsOf('p1', 'p2')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    const { partlyDecided = [] } = await now().run(list.runId());
    expect(partlyDecided.reduce((sum, { rows = 0 }) => sum + rows, 0)).toBe(3);
  });

  it('that have expired fails, and marks nothing', async () => {
    await collection('ldap_sync_changes').deleteMany({});
    const refusal = { code: 'rows-expired', remedy: expect.stringContaining('Run the sync again') };
    await expect(now().approve(list.runId(), { rows: idsOf('p0') })).rejects.toMatchObject(refusal);
    await expect(now().reject(list.runId(), idsOf('p0'))).rejects.toMatchObject(refusal);
    await expect(now().approve(list.runId())).rejects.toMatchObject(refusal);
    const held = await now().run(list.runId());
    expect(held).not.toHaveProperty('decision');
    expect(held).not.toHaveProperty('partlyDecided');
    expect(await off()).toEqual([]);
  });
});

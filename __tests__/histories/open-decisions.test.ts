import { createEngine } from '../setup/engine.js';
import { hex, many, manyCalled, toLinkedUser, toPerson, useHistories } from '../setup/histories.js';
import type { Fault } from '../setup/memory-directory.js';

const ours = manyCalled('ours', 8);
const strangers = manyCalled('stranger', 8);
const settings = { LDAP_Background_Sync_Disable_Missing_Users: true };
const strict = { ...settings, LDAP_Guard_Always_Allowed: 1 };

const { collection, database, engine } = useHistories();
const users = () => collection('users');

describe('a list that nobody has decided about', () => {
  const people = many(6);

  it.each<[string, Fault]>([
    ['cannot tell people apart', { kind: 'repeats', index: 0 }],
    ['is cut', { kind: 'lost', afterPages: 1 }],
    ['finds nobody', { kind: 'empty' }],
  ])('outlives a run that %s, and can still be approved', async (_, fault) => {
    await engine(people, strict).sync();
    const held = await engine(people.slice(2), strict).sync();
    expect(held).toMatchObject({ state: 'held', held: { approvable: true, deactivations: 2 } });
    expect((await engine(people.slice(2), strict).sync(fault)).held?.approvable ?? false).toBe(false);
    const next = await engine(people.slice(1), strict).sync();
    expect(next).toMatchObject({
      state: 'held',
      held: { deactivations: 1, reason: expect.stringContaining('nobody has approved or rejected') },
      counts: { deactivated: 0 },
    });
    await engine(people.slice(2), strict).sync(fault);
    expect(await engine(people.slice(2), strict).approve(next._id)).toMatchObject({
      state: 'completed',
      counts: { deactivated: 1 },
    });
  });
});

describe('a list that waits for a decision is not forgotten', () => {
  let runId: string;

  const setUp = async (more: object = {}): Promise<void> => {
    await engine(ours, { ...strict, ...more }).sync();
    const held = await engine(ours.slice(2), { ...strict, ...more }).sync();
    expect(held.held?.approvable).toBe(true);
    runId = held._id;
  };
  const expectToWait = async (more: object = {}, others: typeof ours = []): Promise<void> => {
    const next = engine([...ours.slice(1), ...others], { ...strict, ...more });
    expect((await next.preview()).held?.reason).toContain(runId);
    expect(await next.sync()).toMatchObject({
      state: 'held',
      held: { reason: expect.stringContaining(runId) },
      counts: { deactivated: 0 },
    });
  };

  it('by as many runs as the history holds', async () => {
    const short = { LDAP_Sync_History_Runs: 10 };
    await setUp(short);
    for (let run = 0; run < 11; run += 1)
      await engine(ours.slice(2), { ...strict, ...short }).sync({ kind: 'empty' });
    await expectToWait(short);
  });

  it('by a host whose clock is ahead', async () => {
    const spy = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
    const ahead = createEngine(database().connection);
    spy.mockRestore();
    await ahead.of(ours, strict).sync();
    runId = (await engine(ours.slice(2), strict).sync())._id;
    await expectToWait();
  });

  it('by a run that syncs photos only', async () => {
    await setUp();
    expect((await engine(ours.slice(2), { ...strict, LDAP_Background_Sync: false }).sync()).state).toBe(
      'completed',
    );
    await expectToWait();
  });

  it('by a run that nobody believes and that wants nothing', async () => {
    await setUp();
    expect(
      (await engine(strangers, { ...strict, LDAP_Background_Sync_Disable_Missing_Users: false }).sync())
        .state,
    ).toBe('completed');
    await expectToWait({}, strangers);
  });

  it('and says so when its rows have expired', async () => {
    await setUp();
    await collection('ldap_sync_changes').deleteMany({});
    await expect(engine(ours.slice(2), strict).approve(runId)).rejects.toMatchObject({
      code: 'rows-expired',
      remedy: expect.stringContaining('Run the sync again'),
    });
    expect(await engine([], {}).run(runId)).not.toHaveProperty('decision');
    await expectToWait();
  });
});

describe('an administrator can always go on', () => {
  it('where the one who was linked before is linked by an attribute that nobody has any more', async () => {
    await users().insertOne(toLinkedUser('legacy', { id: hex('old'), idAttribute: 'employeeNumber' }));
    const held = await engine(ours, settings).sync();
    expect(held).toMatchObject({ state: 'held', held: { approvable: true, deactivations: 0 } });
    expect((await engine(ours, settings).approve(held._id)).state).toBe('completed');
    expect(await engine(ours.slice(1), settings).sync()).toMatchObject({
      state: 'completed',
      counts: { deactivated: 1 },
    });
  });

  it('where the one who was linked before is the last administrator', async () => {
    await users().insertOne(
      toLinkedUser('boss', { id: hex('id-boss'), idAttribute: 'entryUUID' }, { roles: ['admin'] }),
    );
    const held = await engine(ours, settings).sync();
    expect((await engine(ours, settings).approve(held._id)).counts.deactivated).toBe(0);
    expect(await engine(ours.slice(1), settings).sync()).toMatchObject({
      state: 'completed',
      counts: { deactivated: 1 },
    });
  });

  it('where somebody has got another id', async () => {
    const byNumber = { ...settings, LDAP_Unique_Identifier_Field: 'uidNumber,uid' };
    await engine(ours, byNumber).sync();
    const run = await engine(
      [...ours.slice(1, 7), toPerson('ours7', { uidNumber: '1007' })],
      byNumber,
    ).sync();
    expect(run).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
    expect(await users().findOne({ username: 'ours7' })).toMatchObject({ active: true });
  });

  it('where an entry cannot be mapped any more: who was seen is not missing', async () => {
    await engine(ours, settings).sync();
    const run = await engine(
      [toPerson('ours0', { mail: 'no\u0007mail' }), ...ours.slice(1, 7)],
      settings,
    ).sync();
    expect(run).toMatchObject({ state: 'completed', counts: { rejected: 1, deactivated: 1 } });
    expect(await users().findOne({ username: 'ours0' })).toMatchObject({ active: true });
  });

  it.each([
    ['services.ldap.idAttribute', 5],
    ['importIds', 5],
  ])('where the host has stored nonsense in %s', async (field, value) => {
    await engine(ours, settings).sync();
    await users().updateOne({ username: 'ours7' }, { $set: { [field]: value } });
    expect((await engine(ours.slice(0, 6), settings).sync()).state).toBe('completed');
    expect((await engine(ours, settings).sync()).state).toBe('completed');
  });
});

describe('a changed mapping', () => {
  it('that takes a field from everybody who has it is held, however few they are', async () => {
    const some = [...manyCalled('ours', 5, { telephoneNumber: '7' }), ...manyCalled('others', 20)];
    await engine(some, settings).sync();
    expect(await engine(some, { ...settings, LDAP_Extension_Field: 'telephoneNumbr' }).sync()).toMatchObject({
      state: 'held',
      held: { clearings: 5, approvable: true },
    });
    expect(await engine([...manyCalled('ours', 4), ...some.slice(4)], settings).sync()).toMatchObject({
      held: { reason: expect.stringContaining('approved or rejected') },
    });
    expect(await users().countDocuments({ sipExtension: '7' })).toBe(5);
  });
});

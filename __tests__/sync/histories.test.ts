import { createEngine, type Engine } from '../setup/engine.js';
import { toEntry } from '../setup/entries.js';
import { toPerson, useHistories, type Values } from '../setup/histories.js';

const people = (name: string, count: number, values: Values = {}) =>
  Array.from({ length: count }, (_, index) => toPerson(`${name}${index}`, values));
const hex = (text: string): string => Buffer.from(text).toString('hex');

const ours = people('ours', 8);
const strangers = people('stranger', 8);
const settings = { LDAP_Background_Sync_Disable_Missing_Users: true };
const strict = { ...settings, LDAP_Guard_Always_Allowed: 1 };

const { collection, database, engine } = useHistories();
const users = () => collection('users');
const countOurs = () =>
  users().countDocuments({ 'emails.address': { $gte: 'ours', $lt: 'ourt' }, active: true });
const reject = (runId: string) =>
  collection('ldap_sync_runs').updateOne(
    { _id: runId as never },
    { $set: { decision: { verdict: 'rejected', by: { _id: 'x' }, at: new Date() } } },
  );
const toLinked = (name: string, services: object, fields: object = {}) =>
  ({
    _id: name as never,
    username: name,
    name,
    type: 'user',
    active: true,
    roles: ['user'],
    ldap: true,
    createdAt: new Date(0),
    emails: [{ address: `${name}@x.org`, verified: true }],
    services: { ldap: services },
    ...fields,
  }) as const;

it('a run whose sweep is incomplete confirms whom it links where somebody known shows the right directory', async () => {
  await engine(ours, {}).sync();
  const unidentified = toPerson('nobody', { entryUUID: [], uid: 'u'.repeat(300) });
  expect((await engine([...ours, strangers[0]!, unidentified], {}).sync()).counts).toMatchObject({
    created: 1,
    rejected: 1,
  });
  expect(await users().countDocuments({ 'ldapSync.unconfirmedBy': { $exists: true } })).toBe(0);
});

it('a run whose sweep is incomplete leaves links in doubt where nobody known is shown', async () => {
  await engine(ours, {}).sync();
  const unidentified = toPerson('nobody', { entryUUID: [], uid: 'u'.repeat(300) });
  await engine([strangers[0]!, unidentified], {}).sync();
  expect(await users().countDocuments({ 'ldapSync.unconfirmedBy': { $exists: true } })).toBe(1);
});

describe('nobody is switched off by a wrong directory that is read', () => {
  const wrong = (): Engine => engine(strangers, settings);

  it('again, after the right one', async () => {
    await engine(ours, settings).sync();
    await reject((await wrong().sync())._id);
    expect((await engine(ours, settings).sync()).state).toBe('completed');
    expect((await wrong().sync()).state).toBe('held');
    expect(await countOurs()).toBe(8);
  });

  it('again, after a run that a direct look-up disproved', async () => {
    await engine(ours, settings).sync();
    const mixed = [ours[1]!, ours[0]!, ...ours.slice(2).flatMap((one, index) => [one, strangers[index]!])];
    expect((await engine(mixed, settings).sync({ kind: 'hides', every: 2, from: 0 })).held).toMatchObject({
      approvable: false,
      reason: expect.stringContaining('look-up'),
    });
    expect((await engine(strangers.slice(0, 6), settings).sync()).state).toBe('held');
    expect(await countOurs()).toBe(8);
  });

  it('again, after a run whose list was rejected', async () => {
    const many = people('ours', 12);
    await engine(many, settings).sync();
    await reject((await engine([many[0]!, ...strangers], settings).sync())._id);
    await users().updateOne({ username: 'ours0' }, { $set: { active: false } });
    expect((await wrong().sync()).state).toBe('held');
    expect(await countOurs()).toBe(11);
  });

  it('and shows somebody who was switched off long ago', async () => {
    await engine(ours, settings).sync();
    expect((await engine(ours.slice(1), settings).sync()).counts.deactivated).toBe(1);
    expect((await engine(ours.slice(0, 1), settings).sync()).state).toBe('held');
    expect(await countOurs()).toBe(7);
  });

  it('and whose people have signed in since, so that the chat server linked them itself', async () => {
    await engine(ours, settings).sync();
    await users().insertOne(
      toLinked(
        'stranger0',
        { id: hex('id-stranger0'), idAttribute: 'entryUUID' },
        { createdAt: new Date(Date.now() + 3_600_000) },
      ),
    );
    expect((await wrong().sync()).state).toBe('held');
    expect(await countOurs()).toBe(8);
  });

  it.each([5, '2030', Number.NaN, null])(
    'whatever the mark of a stranger was overwritten with: %p',
    async (unconfirmedBy) => {
      await engine(ours, settings).sync();
      await reject((await wrong().sync())._id);
      await users().updateOne(
        { username: 'stranger0' },
        { $set: { 'ldapSync.unconfirmedBy': unconfirmedBy, createdAt: new Date(Date.now() + 3_600_000) } },
      );
      expect((await wrong().sync()).state).toBe('held');
    },
  );

  it('when a list is approved: nobody whom it does not list is there', async () => {
    await engine(ours, strict).sync();
    const { _id: runId } = await engine(ours.slice(2), strict).sync();
    expect(await engine(strangers, strict).approve(runId)).toMatchObject({
      state: 'failed',
      problems: [{ message: expect.stringContaining('nobody of those who are to stay') }],
    });
    expect(await countOurs()).toBe(8);
    // The list waits on, and can be approved when the directory is the right one again.
    expect((await engine(ours.slice(2), strict).approve(runId)).counts.deactivated).toBe(2);
  });

  it.each(['ours0', 'T1VSUzA=', 'ABCD', '0'])(
    'when an id is stored that no entry can have: %s',
    async (id) => {
      await engine(ours, settings).sync();
      await users().updateOne({ username: 'ours0' }, { $set: { 'services.ldap.id': id } });
      expect(await engine(ours.slice(0, 7), settings).sync()).toMatchObject({
        state: 'completed',
        counts: { deactivated: 1 },
      });
      expect(await users().findOne({ username: 'ours0' })).toMatchObject({ active: true });
    },
  );
});

describe('an administrator can always go on', () => {
  it('where the one who was linked before is linked by an attribute that nobody has any more', async () => {
    await users().insertOne(toLinked('legacy', { id: hex('old'), idAttribute: 'employeeNumber' }));
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
      toLinked('boss', { id: hex('id-boss'), idAttribute: 'entryUUID' }, { roles: ['admin'] }),
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
    expect(await engine(ours.slice(2), strict).approve(runId)).toMatchObject({
      state: 'failed',
      problems: [{ message: expect.stringContaining('is gone') }],
    });
  });
});

describe('a changed mapping', () => {
  it('that takes a field from everybody who has it is held, however few they are', async () => {
    const some = [...people('ours', 5, { telephoneNumber: '7' }), ...people('others', 20)];
    await engine(some, settings).sync();
    expect(await engine(some, { ...settings, LDAP_Extension_Field: 'telephoneNumbr' }).sync()).toMatchObject({
      state: 'held',
      held: { clearings: 5, approvable: true },
    });
    expect(await engine([...people('ours', 4), ...some.slice(4)], settings).sync()).toMatchObject({
      held: { reason: expect.stringContaining('approved or rejected') },
    });
    expect(await users().countDocuments({ sipExtension: '7' })).toBe(5);
  });
});

describe('a revert', () => {
  it('of a run that wanted a renaming and did not come to it leaves the one of a later run', async () => {
    await engine(ours, settings).sync();
    const renamed = [
      toEntry(ours[0]!.dn, { entryUUID: 'id-ours0', uid: 'fresh', cn: 'Somebody', mail: 'ours0@x.org' }),
      ...ours.slice(1),
    ];
    const failed = await engine(renamed, settings).sync({ kind: 'size-limit', afterEntries: 4 });
    expect(failed.state).toBe('failed');
    expect((await engine(renamed, settings).sync()).counts.updated).toBe(1);
    await engine(renamed, settings).revert(failed._id);
    expect(await users().findOne({ 'services.ldap.id': hex('id-ours0') })).toMatchObject({
      username: 'fresh',
    });
  });
});

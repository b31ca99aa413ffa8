import { dnOf, openExplainHost, type ExplainHost } from '../explain/explain-host.js';
import { toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const ADA = toPersonLdif('ada', { cn: 'Ada Lovelace' });

describeWithSlapd('the sync of one person beside others', () => {
  let host: ExplainHost;
  beforeEach(async () => {
    host = await openExplainHost([ADA, ...toPeople(3)], { LDAP_Background_Sync_Disable_Missing_Users: true });
    await host.admin.run('syncNow');
  });
  afterEach(() => host.close());

  const everybodyBut = (username: string) =>
    host
      .users()
      .find({ username: { $ne: username } })
      .sort({ _id: 1 })
      .toArray();
  const user = (username: string) => host.users().findOne({ username });
  const readdress = (uid: string, mail: string) => host.modify(uid, `replace: mail\nmail: ${mail}`);
  const idOf = async (username: string) => String((await user(username))?._id);
  const exchangeNames = () => {
    host.rename('ada', 'interim');
    host.rename('person0', 'ada');
    host.rename('interim', 'person0');
  };

  it('exchanges no names, says whose it would be, and leaves both to a sync of everybody', async () => {
    const [ada, other] = [await idOf('ada'), await idOf('person0')];
    exchangeNames();
    host.modify('person0', 'replace: cn\ncn: Ada King');
    const run = await host.admin.run('syncPerson', { id: ada });
    expect(run).toMatchObject({
      state: 'failed',
      counts: { read: 1, conflicted: 1 },
      attention: [{ code: 'taken-by-another', userId: ada, params: { names: 'person0' } }],
    });
    expect(await host.admin.changes(run._id)).toMatchObject([
      { kind: 'write', state: 'done' },
      {
        kind: 'rename',
        state: 'skipped',
        outcome: 'conflicted',
        reason: expect.stringContaining('takes nothing'),
      },
    ]);
    expect(await user('ada')).toMatchObject({ _id: ada, name: 'Ada King' });
    await host.admin.run('syncNow');
    expect([await idOf('person0'), await idOf('ada')]).toEqual([ada, other]);
  });

  it('exchanges no addresses either', async () => {
    readdress('ada', 'person0@example.org');
    readdress('person0', 'ada@example.org');
    const others = await everybodyBut('ada');
    const run = await host.admin.run('syncPerson', { dn: dnOf('ada') });
    expect(run).toMatchObject({
      state: 'failed',
      attention: [{ code: 'taken-by-another', params: { names: 'person0@example.org' } }],
    });
    expect(await everybodyBut('ada')).toEqual(others);
    expect(await user('ada')).toMatchObject({ emails: [{ address: 'ada@example.org' }] });
  });

  it('writes nobody but the person: no document of anybody else differs', async () => {
    for (const uid of ['person0', 'person1']) host.modify(uid, 'replace: cn\ncn: Somebody Else');
    host.leave('person2');
    host.modify('ada', 'replace: cn\ncn: Ada King');
    const others = await everybodyBut('ada');
    expect(await host.admin.run('syncPerson', { username: 'ada' })).toMatchObject({ counts: { updated: 1 } });
    expect(await everybodyBut('ada')).toEqual(others);
  });

  it('ends as failed where the name is that of an account of the chat alone, which stays as it is', async () => {
    const local = { _id: 'local' as never, username: 'grace', active: true, roles: ['user'], emails: [] };
    await host.users().insertOne(local);
    host.slapd.modify(toPersonLdif('grace').replace('\n', '\nchangetype: add\n'));
    const before = await host.users().find().toArray();
    const run = await host.admin.run('syncPerson', { dn: dnOf('grace') });
    expect(run).toMatchObject({
      state: 'failed',
      counts: { conflicted: 1 },
      attention: [{ dn: dnOf('grace') }],
    });
    expect(await host.users().find().toArray()).toEqual(before);
  });

  it('switches nobody off: the approval does, and its revert gives the person back', async () => {
    host.lock('ada');
    const others = await everybodyBut('ada');
    const held = await host.admin.run('syncPerson', { username: 'ada' });
    expect(held).toMatchObject({ state: 'held', held: { deactivations: 1 } });
    expect(await user('ada')).toMatchObject({ active: true });
    const approval = await host.admin.run('approveRun', { runId: held._id });
    expect(approval).toMatchObject({ state: 'completed', of: held._id, counts: { deactivated: 1 } });
    // Or the mail about the list of everybody that waits would count as done with.
    const record = await host.database.connection
      .collection('ldap_sync_runs')
      .findOne({ _id: approval._id as never });
    expect(record).toMatchObject({ weighed: false });
    expect(await user('ada')).toMatchObject({ active: false });
    const revert = await host.admin.run('revertRun', { runId: approval._id });
    expect(revert).toMatchObject({ state: 'completed', counts: { reactivated: 1 } });
    expect(await user('ada')).toMatchObject({ active: true });
    expect(await everybodyBut('ada')).toEqual(others);
  });

  it('waits for one decision: what is rejected is not done, nor approved afterwards', async () => {
    host.lock('ada');
    const held = await host.admin.run('syncPerson', { username: 'ada' });
    expect((await host.admin.post('rejectRun', { runId: held._id })).status).toBe(200);
    const { status, body } = await host.admin.post('approveRun', { runId: held._id });
    expect([status, body.errorType]).toEqual([400, 'run-already-decided']);
    expect(await user('ada')).toMatchObject({ active: true });
  });

  it('has a list that the next sync of everybody overtakes, which then decides by itself', async () => {
    host.lock('ada');
    const held = await host.admin.run('syncPerson', { username: 'ada' });
    const sync = await host.admin.run('syncNow');
    expect(sync).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
    const { status, body } = await host.admin.post('approveRun', { runId: held._id });
    expect([status, body.errorType]).toEqual([400, 'run-overtaken']);
    expect(body.error).toContain(sync._id);
  });
});

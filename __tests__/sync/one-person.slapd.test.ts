import { dnOf, openExplainHost, type ExplainHost } from '../explain/explain-host.js';
import { toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const ADA = toPersonLdif('ada', { cn: 'Ada Lovelace' });

describeWithSlapd('the sync of one person', () => {
  let host: ExplainHost;
  const open = async (settings: Readonly<Record<string, unknown>> = {}) => {
    host = await openExplainHost([ADA, ...toPeople(3)], settings);
    await host.admin.run('syncNow');
  };
  afterEach(() => host.close());

  const user = (username: string) => host.users().findOne({ username });
  const everybody = () => host.users().find().sort({ _id: 1 }).toArray();
  const renameTo = (uid: string, cn: string) => host.modify(uid, `replace: cn\ncn: ${cn}`);
  const statusOf = async () => (await host.admin.get('status')).body;
  const add = (ldif: string) => host.slapd.modify(ldif.replace('\n', '\nchangetype: add\n'));
  const addTwins = () => {
    for (const uid of ['twin1', 'twin2']) add(toPersonLdif(uid, { mail: 'twin@example.org' }));
  };
  const addNamesake = () =>
    host.users().insertOne({
      _id: 'namesake' as never,
      username: 'namesake',
      active: true,
      roles: ['user'],
      emails: [{ address: 'ADA@example.org', verified: true }],
    });

  it('writes what changed of that person, and leaves everybody else to a sync of everybody', async () => {
    await open({ LDAP_Background_Sync_Disable_Missing_Users: true });
    renameTo('ada', 'Ada King');
    renameTo('person0', 'Somebody Else');
    host.leave('person1');
    const run = await host.admin.run('syncPerson', { username: 'ADA' });
    expect(run).toMatchObject({
      kind: 'person-sync',
      asked: { username: 'ADA' },
      state: 'completed',
      counts: { read: 1, updated: 1 },
    });
    expect(await user('ada')).toMatchObject({ name: 'Ada King' });
    expect((await user('person0'))?.name).not.toBe('Somebody Else');
    expect(await user('person1')).toMatchObject({ active: true });
    expect(await host.admin.changes(run._id)).toMatchObject([
      { kind: 'write', outcome: 'updated', state: 'done', username: 'ada' },
    ]);
  });

  it('makes the account of somebody in scope who is not in the chat yet', async () => {
    await open();
    add(toPersonLdif('grace', { cn: 'Grace Hopper' }));
    add(toPersonLdif('linus'));
    const run = await host.admin.run('syncPerson', { dn: dnOf('grace') });
    expect(run).toMatchObject({ state: 'completed', counts: { read: 1, created: 1 } });
    expect(await user('grace')).toMatchObject({ name: 'Grace Hopper', ldap: true });
    expect(await user('linus')).toBeNull();
  });

  it('takes nothing away unasked: it waits, and an approval of it does it', async () => {
    await open();
    host.rename('ada', 'countess');
    renameTo('ada'.replace('ada', 'countess'), 'Ada King');
    const run = await host.admin.run('syncPerson', { id: (await user('ada'))?._id.toString() });
    expect(run).toMatchObject({
      state: 'held',
      held: { code: 'decision-needed', renames: 1, approvable: true },
      counts: { updated: 1 },
    });
    expect(await user('ada')).toMatchObject({ name: 'Ada King' });
    expect(await host.admin.run('approveRun', { runId: run._id })).toMatchObject({ state: 'completed' });
    expect(await user('ada')).toBeNull();
    expect(await user('countess')).toMatchObject({ name: 'Ada King' });
  });

  it('that was approved confirms no link, and proves no directory', async () => {
    await open();
    const lease = () =>
      host.database.connection.collection('ldap_sync_lease').findOne({ provenAt: { $exists: true } });
    const proven = (await lease())?.provenAt as Date;
    add(toPersonLdif('grace'));
    await host.admin.run('syncPerson', { username: 'grace' });
    host.lock('grace');
    const run = await host.admin.run('syncPerson', { username: 'grace' });
    expect(run).toMatchObject({ state: 'held', held: { deactivations: 1 } });
    expect(await user('grace')).toMatchObject({
      active: true,
      ldapSync: { unconfirmedBy: expect.any(String) },
    });
    await host.admin.run('approveRun', { runId: run._id });
    expect(await user('grace')).toMatchObject({
      active: false,
      ldapSync: { unconfirmedBy: expect.any(String) },
    });
    expect((await lease())?.provenAt).toEqual(proven);
  });

  it('that was approved decides about no attribute that disables people for the first time', async () => {
    await open();
    await host.set({ LDAP_Active_State_Attributes: 'shadowExpire' });
    for (const uid of ['ada', 'person0'])
      host.modify(uid, 'add: objectClass\nobjectClass: lockable\n-\nadd: shadowExpire\nshadowExpire: 1');
    const run = await host.admin.run('syncPerson', { username: 'ada' });
    expect(run).toMatchObject({ state: 'held', held: { deactivations: 1 } });
    await host.admin.run('approveRun', { runId: run._id });
    expect(await user('ada')).toMatchObject({ active: false });
    expect(await host.admin.run('syncNow')).toMatchObject({
      state: 'held',
      held: { code: 'decision-needed' },
    });
    expect(await user('person0')).toMatchObject({ active: true });
  });

  it('leaves a list that waits as it is, and is neither the last success nor a success that is counted', async () => {
    await open({ LDAP_Background_Sync_Disable_Missing_Users: true, LDAP_Guard_Always_Allowed: 1 });
    const { lastSuccess } = await statusOf();
    for (const uid of ['person0', 'person1', 'person2']) host.leave(uid);
    const full = await host.admin.run('syncNow');
    expect(full).toMatchObject({ state: 'held', held: { deactivations: 3 } });
    host.lock('ada');
    const run = await host.admin.run('syncPerson', { username: 'ada' });
    expect(run).toMatchObject({ state: 'held', held: { deactivations: 1 } });
    const { held, lastSuccess: later } = await statusOf();
    expect(held).toMatchObject({ runId: full._id });
    expect(later).toMatchObject({ runId: lastSuccess.runId });
    expect(await host.admin.run('approveRun', { runId: full._id })).toMatchObject({ state: 'completed' });
    expect(await user('person2')).toMatchObject({ active: false });
    expect(await user('ada')).toMatchObject({ active: true });
  });

  it.each([
    ['nobody has the name', () => undefined, { username: 'nobody' }, /Neither the directory nor the chat/],
    ['the entry is gone', () => host.leave('ada'), { username: 'ada' }, /is no longer in the directory/],
    [
      'the filter leaves the entry out',
      () => host.set({ LDAP_User_Search_Filter: '(!(uid=ada))' }),
      { username: 'ada' },
      /LDAP_User_Search_Filter/,
    ],
    ['several entries match', addTwins, { email: 'twin@example.org' }, /Several entries match/],
    [
      'the entry is that of another account',
      addNamesake,
      { username: 'namesake' },
      /belongs to another account \(ada\)/,
    ],
    ['the directory cannot be reached', () => host.slapd.stop(), { username: 'ada' }, /./],
  ])('changes nothing and says so where %s', async (_title, change, asked, message) => {
    await open({ LDAP_Background_Sync_Disable_Missing_Users: true });
    await Promise.resolve(change());
    const before = await everybody();
    const run = await host.admin.run('syncPerson', asked);
    expect(run.problems.map((problem) => problem.message).join(' ')).toMatch(message);
    expect(run.state).toBe('failed');
    expect(await everybody()).toEqual(before);
  });

  it('leaves it to a sync of everybody to link the account by another id', async () => {
    await open({ LDAP_Unique_Identifier_Field: 'uid' });
    await host.set({ LDAP_Unique_Identifier_Field: 'entryUUID,uid' });
    renameTo('ada', 'Ada King');
    const run = await host.admin.run('syncPerson', { username: 'ada' });
    expect(run).toMatchObject({ state: 'completed' });
    const rows = await host.admin.changes(run._id);
    expect(rows.filter(({ kind }) => kind === 'relink')).toMatchObject([
      { state: 'skipped', reason: expect.stringContaining('Only a sync of everybody') },
    ]);
    expect(await user('ada')).toMatchObject({ services: { ldap: { idAttribute: 'uid' } } });
  });

  it('is refused while another run goes, which is named', async () => {
    await open();
    const { connection } = host.database;
    const going = { kind: 'sync', state: 'running', startedAt: new Date(), requestedBy: { _id: 'x' } };
    await connection.collection('ldap_sync_runs').insertOne({ _id: 'going' as never, ...going });
    await connection
      .collection('ldap_sync_lease')
      .updateOne(
        { _id: 'ldap-sync' as never },
        { $set: { runId: 'going', expiresAt: new Date(Date.now() + 3_600_000) } },
      );
    const { status, body } = await host.admin.post('syncPerson', { username: 'ada' });
    expect([status, body.errorType]).toEqual([400, 'run-in-progress']);
    expect(body.error).toContain('going');
    expect(await connection.collection('ldap_sync_runs').countDocuments({ state: 'queued' })).toBe(0);
  });

  it('is refused while LDAP is off', async () => {
    await open();
    await host.set({ LDAP_Enable: false });
    const { status, body } = await host.admin.post('syncPerson', { username: 'ada' });
    expect([status, body.error]).toEqual([400, 'LDAP_disabled']);
  });

  it('is refused where not exactly one thing is asked by', async () => {
    await open();
    for (const body of [{}, { username: 'ada', dn: dnOf('ada') }, { username: '' }, { who: 'ada' }]) {
      const { status, body: answer } = await host.admin.post('syncPerson', body);
      expect([status, answer.errorType]).toEqual([400, 'invalid-params']);
    }
  });
});

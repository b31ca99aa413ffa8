import { SUFFIX, toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { dnOf, openExplainHost, type ExplainHost } from './explain-host.js';

const ADA = toPersonLdif('ada', { cn: 'Ada Lovelace' });

describeWithSlapd('an explanation of somebody who is not linked', () => {
  let host: ExplainHost;
  const open = async (
    people: readonly string[] = [ADA, ...toPeople(2)],
    settings: Readonly<Record<string, unknown>> = {},
  ) => {
    host = await openExplainHost(people, settings);
  };
  afterEach(() => host.close());

  const local = (user: object) =>
    host.users().insertOne({ _id: 'local' as never, type: 'user', active: true, ...user });

  it('who is only in the directory shows the user a sync would create, without an id of its own', async () => {
    await open();
    for (const query of [{ username: 'ada' }, { email: 'ada@example.org' }, { dn: dnOf('ada') }]) {
      const body = await host.explain(query);
      expect(body).toMatchObject({
        whereabouts: 'present',
        user: null,
        match: { rule: 'new', explanation: expect.stringContaining('creates ada') },
        guard: { linked: 0 },
        runs: [],
      });
      expect(body.changes).toEqual([
        expect.objectContaining({
          outcome: 'created',
          state: 'planned',
          username: 'ada',
          fields: expect.arrayContaining([{ field: 'name', to: 'Ada Lovelace' }]),
        }),
      ]);
      expect(body.changes[0]).not.toHaveProperty('userId');
    }
    await host.set({ LDAP_Background_Sync_Import_New_Users: false });
    expect(await host.explain({ username: 'ada' })).toMatchObject({
      changes: [],
      match: { rule: 'not-synced', remedy: 'Switch LDAP_Background_Sync_Import_New_Users on.' },
    });
    await host.set({ LDAP_Background_Sync: false });
    expect(await host.explain({ username: 'ada' })).toMatchObject({
      changes: [],
      match: { rule: 'not-synced', remedy: 'Switch LDAP_Background_Sync on.' },
    });
  });

  it('is found by the immutable id before anybody is linked', async () => {
    await open();
    const { fields } = await host.explain({ username: 'ada' });
    const id = fields.find(({ field }) => field === 'id')?.value;
    expect((await host.explain({ id })).entry?.dn).toBe(dnOf('ada'));
  });

  it('whose user name an account of the host has is a conflict, with the remedy of the run', async () => {
    await open();
    await local({ username: 'Ada', emails: [{ address: 'other@host.example', verified: true }] });
    const body = await host.explain({ username: 'ada' });
    expect(body).toMatchObject({
      user: { _id: 'local', ldap: null },
      entry: { dn: dnOf('ada') },
      changes: [],
      match: {
        rule: 'conflict',
        explanation: expect.stringContaining('The user name ada belongs to another account (Ada, id local)'),
      },
    });
    expect(body.match.remedy).toContain('LDAP_Merge_Existing_Users');
    const run = await host.admin.run('syncNow');
    expect(run.attention).toContainEqual(
      expect.objectContaining({ reason: body.match.explanation, remedy: body.match.remedy }),
    );
  });

  it('who would be merged says by what, and shows what the merging run writes', async () => {
    await open([ADA, ...toPeople(2)], { LDAP_Merge_Existing_Users: true });
    await local({
      username: 'countess',
      emails: [{ address: 'ADA@example.org', verified: true }],
      roles: ['user'],
    });
    for (const query of [{ username: 'countess' }, { email: 'ada@example.org' }, { username: 'ada' }]) {
      const body = await host.explain(query);
      expect(body).toMatchObject({ user: { _id: 'local' }, match: { rule: 'merge-by-email' } });
      expect(body.changes.map(({ kind, outcome, userId }) => `${kind} ${outcome} ${userId}`)).toEqual([
        'write linked local',
        'rename updated local',
      ]);
    }
    const body = await host.explain({ username: 'ada' });
    const done = await host.admin.changes((await host.admin.run('syncNow'))._id, { outcome: 'linked' });
    expect(done).toEqual(
      body.changes.slice(0, 1).map((row) => ({ ...row, id: expect.any(String) as string, state: 'done' })),
    );
  });

  it('who would not be merged is told what stands against it, as the report tells', async () => {
    await open([ADA, ...toPeople(2)], { LDAP_Merge_Existing_Users: true });
    await local({
      username: 'ada',
      emails: [{ address: 'ada@example.org', verified: false }],
      roles: ['admin'],
    });
    const { match, changes } = await host.explain({ username: 'ada' });
    expect(match.rule).toBe('needs-decision');
    expect(changes).toMatchObject([
      { kind: 'merge', state: 'waiting', needsDecision: true, userId: 'local' },
    ]);
    expect(match.explanation).toContain('it has the role admin, which new users do not get; the address');
    const run = await host.admin.run('syncNow');
    const [row] = run.attention;
    expect(match.explanation).toContain(row?.reason);
    expect(match.remedy).toBe(row?.remedy);
  });

  it('of the host, whom no entry resembles, is not synced', async () => {
    await open();
    await local({ username: 'robot' });
    expect(await host.explain({ username: 'ROBOT' })).toMatchObject({
      user: { _id: 'local' },
      entry: null,
      whereabouts: null,
      changes: [],
      match: { rule: 'not-synced', explanation: expect.stringContaining('No entry that is synced') },
    });
  });

  it("of the host, whose name an entry of another linked user took, shows none of that user's changes", async () => {
    await open();
    await host.admin.run('syncNow');
    await local({ username: 'lovelace' });
    host.rename('ada', 'lovelace');
    expect(await host.explain({ username: 'lovelace' })).toMatchObject({
      user: { _id: 'local' },
      changes: [],
      match: { rule: 'not-synced', explanation: expect.stringContaining('it belongs to another account') },
      guard: { waiting: [] },
    });
  });

  it('is found by the search field when the user name is a template of several attributes', async () => {
    await open([ADA], { LDAP_Username_Field: '#{uid}.#{sn}' });
    const body = await host.explain({ username: 'ada' });
    expect(body.fields[0]).toMatchObject({ field: 'username', value: 'ada.ada', attributes: ['uid', 'sn'] });
  });

  it('whose address is built from the default domain is found by it', async () => {
    await open([toPersonLdif('ada', { mail: undefined })], { LDAP_Default_Domain: 'corp.example' });
    const body = await host.explain({ email: 'ada@corp.example' });
    expect(body.fields.find(({ field }) => field === 'emails')).toMatchObject({
      value: ['ada@corp.example'],
      note: expect.stringContaining('LDAP_Default_Domain'),
    });
  });

  it('is not told apart where several entries have the address: they are listed', async () => {
    await open([
      ADA,
      toPersonLdif('bob', { mail: 'ada@example.org' }),
      toPersonLdif('carl', { mail: 'ada@example.org' }),
    ]);
    const { status, body } = await host.admin.get('explainUser', { email: 'ada@example.org' });
    expect([status, body.errorType, body.details.dns.length]).toEqual([400, 'several-entries', 2]);
    expect(body.error).toContain(body.details.dns[0]);
    expect((await host.explain({ dn: dnOf('bob') })).entry?.dn).toBe(dnOf('bob'));
  });

  it('outside of what is synced is not shown, whatever DN is asked for', async () => {
    await open([ADA], { LDAP_BaseDN: `ou=people,${SUFFIX}`, LDAP_Unique_Identifier_Field: 'employeeNumber' });
    for (const dn of [
      SUFFIX,
      `ou=alumni,${SUFFIX}`,
      `cn=admin,${SUFFIX}`,
      'cn=config',
      dnOf('nobody'),
      'no dn at all',
      '=,=',
    ]) {
      const { status, body } = await host.admin.get('explainUser', { dn });
      expect([dn, status, body]).toEqual([dn, 400, { success: false, error: 'User not found' }]);
    }
    await host.set({ LDAP_Unique_Identifier_Field: 'entryUUID' });
    expect(await host.explain({ dn: SUFFIX })).toMatchObject({
      entry: null,
      user: null,
      whereabouts: 'outside-base',
      match: { rule: 'not-synced' },
    });
  });

  it('whom the filter leaves out is not found by name, address or id', async () => {
    await open();
    const id = (await host.explain({ username: 'ada' })).fields.find(({ field }) => field === 'id')?.value;
    await host.set({ LDAP_User_Search_Filter: '(!(uid=ada))' });
    for (const query of [{ username: 'ada' }, { email: 'ada@example.org' }, { id }]) {
      expect((await host.admin.get('explainUser', query)).body).toEqual({
        success: false,
        error: 'User not found',
      });
    }
  });

  it('without a usable id is rejected as in a run, by DN too, and only under the base', async () => {
    const endless = toPersonLdif('ada', { employeeNumber: 'x'.repeat(300) });
    await open([endless, endless.replace('ou=people', 'ou=alumni')], {
      LDAP_BaseDN: `ou=people,${SUFFIX}`,
      LDAP_Unique_Identifier_Field: 'employeeNumber',
      LDAP_User_Search_Field: 'employeeNumber',
    });
    for (const query of [{ dn: dnOf('ada') }, { username: 'ada' }]) {
      expect(await host.explain(query)).toMatchObject({
        entry: { dn: dnOf('ada') },
        changes: [],
        rejection: { reason: expect.stringContaining('none of the attributes employeeNumber') },
        match: { rule: 'not-synced' },
      });
    }
    expect((await host.admin.get('explainUser', { dn: dnOf('ada', 'alumni') })).body.error).toBe(
      'User not found',
    );
  });
});

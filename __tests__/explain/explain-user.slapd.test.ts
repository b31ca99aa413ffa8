import type { ExplainedField } from '../../lib/explain/explained-field.js';
import { ADMIN } from '../setup/host.js';
import { SUFFIX, toPeople, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { dnOf, openExplainHost, type ExplainBody, type ExplainHost } from './explain-host.js';

const ADA = toPersonLdif('ada', { cn: 'Ada Lovelace' });

describeWithSlapd('an explanation of a linked user', () => {
  let host: ExplainHost;
  const open = async (
    people: readonly string[] = [ADA, ...toPeople(3)],
    settings: Readonly<Record<string, unknown>> = {},
  ) => {
    host = await openExplainHost(people, settings);
    await host.admin.run('syncNow');
  };
  afterEach(() => host.close());

  const ada = () => host.users().findOne({ username: 'ada' });
  const fieldsOf = (body: ExplainBody) =>
    Object.fromEntries(body.fields.map((field) => [field.field, field])) as Record<
      ExplainedField['field'],
      ExplainedField
    >;

  it('who has not changed says where every field comes from, and that nothing would change', async () => {
    await open();
    const body = await host.explain({ username: 'ADA' });
    const stored = await ada();
    expect(body).toMatchObject({
      success: true,
      asked: { username: 'ADA' },
      whereabouts: 'present',
      rejection: null,
      user: { _id: stored?._id, username: 'ada', ldap: stored?.services.ldap, ldapSync: null },
      match: { rule: 'immutable-id', explanation: expect.stringContaining('entryUUID') },
      changes: [],
      guard: {
        linked: 4,
        limits: {
          deactivations: 10,
          renames: 10,
          clearings: 10,
          photos: 10,
          reactivations: 10,
          releases: 0,
          merges: 0,
          relinks: 10,
        },
        waiting: [],
        undecidedRun: null,
      },
    });
    expect(body.entry?.dn).toBe(dnOf('ada'));
    expect(body.entry?.attributes).toContainEqual({ name: 'cn', values: ['Ada Lovelace'] });
    const fields = fieldsOf(body);
    expect(fields.username).toEqual({
      field: 'username',
      value: 'ada',
      setting: 'LDAP_Username_Field',
      attributes: ['uid'],
    });
    expect(fields.emails).toEqual({
      field: 'emails',
      value: ['ada@example.org'],
      setting: 'LDAP_Email_Field',
      attributes: ['mail'],
    });
    expect(fields.id).toMatchObject({
      value: stored?.services.ldap.id,
      attributes: ['entryUUID', 'uid'],
      note: expect.stringContaining('entryUUID'),
    });
    expect(fields.sipExtension).toMatchObject({ value: null, note: expect.stringContaining('not synced') });
    expect(fields.active.value).toBe(true);
    expect(fields.photo).toMatchObject({
      value: null,
      note: expect.stringContaining('LDAP_Background_Sync_Avatars'),
    });
  });

  it('is the same by user name, address, DN, user id and immutable id', async () => {
    await open();
    const stored = await ada();
    const expected = await host.explain({ username: 'ada' });
    for (const query of [
      { email: 'Ada@Example.org' },
      { dn: dnOf('ada') },
      { dn: `UID=ada, OU=people, ${SUFFIX}` },
      { id: stored?._id },
      { id: (stored?.services.ldap.id as string).toUpperCase() },
    ]) {
      expect(await host.explain(query)).toEqual({ ...expected, asked: query });
    }
  });

  it('names the settings of Active Directory where that is the server', async () => {
    await open([ADA], {
      LDAP_Server_Type: 'ad',
      LDAP_AD_User_Search_Field: 'uid',
      LDAP_AD_Username_Field: 'uid',
    });
    const fields = fieldsOf(await host.explain({ username: 'ada' }));
    expect([fields.username.setting, fields.name.setting, fields.emails.setting]).toEqual([
      'LDAP_AD_Username_Field',
      'LDAP_AD_Name_Field',
      'LDAP_AD_Email_Field',
    ]);
  });

  it('of whom something changed shows before and after, exactly as the run that follows writes it', async () => {
    await open();
    host.modify('ada', 'replace: mail\nmail: lovelace@example.org\n-\nreplace: cn\ncn: Ada King');
    const { changes } = await host.explain({ username: 'ada' });
    expect(changes).toEqual([
      expect.objectContaining({
        kind: 'write',
        outcome: 'updated',
        state: 'planned',
        fields: [{ field: 'name', from: 'Ada Lovelace', to: 'Ada King' }],
      }),
      expect.objectContaining({
        kind: 'clear',
        outcome: 'updated',
        state: 'waiting',
        fields: [
          {
            field: 'emails',
            from: [{ address: 'ada@example.org', verified: true }],
            to: [{ address: 'lovelace@example.org', verified: true }],
          },
        ],
      }),
    ]);
    const done = await host.admin.changes((await host.admin.run('syncNow'))._id);
    expect(done).toEqual(changes.map((row) => ({ ...row, id: expect.any(String) as string, state: 'done' })));
  });

  it('whose link is in doubt says so, and which run linked the user', async () => {
    await open();
    expect((await host.explain({ username: 'ada' })).guard.explanation).not.toContain('vouches');
    await host.users().updateOne({ username: 'ada' }, { $set: { 'ldapSync.unconfirmedBy': 'run7' } });
    const expected = expect.stringMatching(
      /linked by the run run7 while nothing showed .* vouches for nobody/,
    );
    expect((await host.explain({ username: 'ada' })).guard).toMatchObject({
      waiting: [],
      explanation: expected,
    });
    host.modify('ada', 'replace: mail\nmail: lovelace@example.org');
    expect((await host.explain({ username: 'ada' })).guard).toMatchObject({
      waiting: ['clear'],
      explanation: expected,
    });
  });

  it('who was renamed is found by the old and the new name, and says that the renaming waits and for what', async () => {
    await open();
    host.rename('ada', 'lovelace');
    for (const query of [{ username: 'ada' }, { username: 'lovelace' }, { dn: dnOf('lovelace') }]) {
      const body = await host.explain(query);
      expect(body.user?.username).toBe('ada');
      expect(body.match.rule).toBe('immutable-id');
      expect(body.changes).toContainEqual(
        expect.objectContaining({
          kind: 'rename',
          state: 'waiting',
          fields: [{ field: 'username', from: 'ada', to: 'lovelace' }],
        }),
      );
      expect(body.guard).toMatchObject({
        waiting: ['rename'],
        undecidedRun: null,
        explanation: expect.stringMatching(
          /renaming waits.*more than 10 of the 4 linked users would be renamed/,
        ),
      });
    }
  });

  it('whose new name is taken says by whom', async () => {
    await open();
    await host.users().insertOne({ _id: 'local' as never, username: 'Lovelace', type: 'user', active: true });
    host.rename('ada', 'lovelace');
    expect((await host.explain({ username: 'ada' })).guard.explanation).toContain(
      'belongs to another account (id local)',
    );
  });

  it('whose removal waits behind a held run names the run, until somebody has decided', async () => {
    await open([ADA, ...toPeople(12)], { LDAP_Guard_Always_Allowed: 2 });
    for (const uid of ['person0', 'person1', 'person2']) host.leave(uid);
    const held = await host.admin.run('syncNow');
    expect(held.state).toBe('held');
    host.rename('ada', 'lovelace');
    const { guard } = await host.explain({ username: 'ada' });
    expect(guard).toMatchObject({ undecidedRun: held._id, waiting: ['rename'], limits: { renames: 2 } });
    expect(guard.explanation).toContain(`${held._id} was held`);
    await host.admin.post('rejectRun', { runId: held._id });
    expect((await host.explain({ username: 'ada' })).guard.undecidedRun).toBeNull();
  });

  it('who is gone says so, and is to be switched off', async () => {
    await open();
    host.leave('ada');
    const body = await host.explain({ username: 'ada' });
    expect(body).toMatchObject({
      whereabouts: 'gone',
      entry: null,
      fields: [],
      match: { rule: 'immutable-id', explanation: expect.stringContaining('no longer in the directory') },
    });
    expect(body.changes).toEqual([
      expect.objectContaining({
        kind: 'deactivate',
        outcome: 'deactivated',
        state: 'waiting',
        userId: body.user?._id,
      }),
    ]);
    expect(body.guard).toMatchObject({ waiting: ['deactivate'] });
    await host.set({ LDAP_Background_Sync_Disable_Missing_Users: false });
    const left = await host.explain({ username: 'ada' });
    expect([left.changes, left.match.explanation]).toEqual([
      [],
      expect.stringContaining('LDAP_Background_Sync_Disable_Missing_Users is off'),
    ]);
  });

  it('who is outside the filter, or outside the base, says where, and shows nothing of the entry', async () => {
    await open();
    await host.set({ LDAP_User_Search_Filter: '(!(uid=ada))' });
    for (const query of [{ username: 'ada' }, { dn: dnOf('ada') }]) {
      const body = await host.explain(query);
      expect(body).toMatchObject({
        whereabouts: 'outside-filter',
        entry: null,
        match: {
          explanation: expect.stringContaining(
            `LDAP_User_Search_Filter asks for (the entry is ${dnOf('ada')})`,
          ),
        },
      });
      expect(body.changes).toEqual([expect.objectContaining({ kind: 'deactivate' })]);
    }
    await host.set({ LDAP_User_Search_Filter: '', LDAP_BaseDN: `ou=alumni,${SUFFIX}` });
    for (const query of [{ username: 'ada' }, { dn: dnOf('ada') }]) {
      expect(await host.explain(query)).toMatchObject({
        whereabouts: 'outside-base',
        entry: null,
        match: { explanation: expect.stringContaining('left LDAP_BaseDN') },
      });
    }
  });

  it('whom an attribute disables that counts for the first time waits for a decision', async () => {
    await open();
    host.modify('ada', 'add: objectClass\nobjectClass: lockable\n-\nadd: shadowExpire\nshadowExpire: 1');
    await host.set({ LDAP_Active_State_Attributes: 'shadowExpire' });
    const body = await host.explain({ username: 'ada' });
    expect(body.changes).toEqual([
      expect.objectContaining({ kind: 'deactivate', disabledBy: 'shadowExpire', needsDecision: true }),
    ]);
    expect(body.guard.explanation).toContain('A deactivation waits for your decision');
  });

  it(
    'who is disabled is to be switched off, or not where the setting forbids it; who is off says since ' +
      'which run',
    async () => {
      await open();
      host.lock('ada');
      const body = await host.explain({ username: 'ada' });
      expect(fieldsOf(body).active).toMatchObject({ value: false, setting: 'LDAP_Sync_User_Active_State' });
      expect(body.changes).toEqual([
        expect.objectContaining({ kind: 'deactivate', state: 'waiting', outcome: 'deactivated' }),
      ]);
      await host.set({ LDAP_Sync_User_Active_State: 'none' });
      const kept = await host.explain({ username: 'ada' });
      expect([kept.changes, fieldsOf(kept).active.note]).toEqual([
        [],
        expect.stringContaining('nobody is switched off'),
      ]);
      await host.set({ LDAP_Sync_User_Active_State: 'disable' });
      const run = await host.admin.run('syncNow');
      const off = await host.explain({ username: 'ada' });
      expect(off.user).toMatchObject({
        active: false,
        ldapSync: { deactivatedBecause: 'disabled-in-directory', deactivatedByRun: run._id },
      });
      expect(off.changes).toEqual([]);
      expect(fieldsOf(off).active.note).toBe('The entry is disabled (loginDisabled), so the user stays off.');
      host.modify('ada', 'replace: loginDisabled\nloginDisabled: FALSE');
      expect(fieldsOf(await host.explain({ username: 'ada' })).active.note).toContain(
        'nobody is switched on',
      );
      await host.set({ LDAP_Sync_User_Active_State: 'both' });
      const back = await host.explain({ username: 'ada' });
      expect(back.changes).toEqual([expect.objectContaining({ kind: 'reactivate', state: 'waiting' })]);
      expect(back.guard.explanation).toContain('A reactivation waits');
      // Nobody is shown as disabled any more, as when an access rule hides it.
      host.modify('ada', 'delete: loginDisabled');
      const unknown = await host.explain({ username: 'ada' });
      expect(fieldsOf(unknown).active).toMatchObject({
        value: null,
        note: expect.stringMatching(
          /cannot see whether .* the user stays off\. Let the service account read/,
        ),
      });
      expect(unknown.changes).toEqual([]);
    },
  );

  it('whose entry cannot be mapped says why and what to do', async () => {
    await open();
    host.modify('ada', 'delete: mail');
    const body = await host.explain({ username: 'ada' });
    expect(body).toMatchObject({
      whereabouts: 'present',
      rejection: {
        reason: 'The entry has no e-mail address.',
        remedy: expect.stringContaining('LDAP_Default_Domain'),
      },
      match: { rule: 'immutable-id', remedy: expect.stringContaining('LDAP_Default_Domain') },
      fields: [],
      changes: [],
    });
    expect(body.entry?.attributes).toContainEqual({ name: 'uid', values: ['ada'] });
  });

  it('whose entry cannot be mapped, and says that the person is disabled, is to be switched off', async () => {
    await open();
    host.lock('ada');
    host.modify('ada', 'delete: mail');
    expect(await host.explain({ username: 'ada' })).toMatchObject({
      rejection: { code: 'no-email-address' },
      match: { rule: 'immutable-id', explanation: expect.stringContaining('the user is switched off') },
      changes: [{ kind: 'deactivate', state: 'waiting' }],
      guard: { explanation: expect.stringContaining('A deactivation waits') },
    });
  });

  it('who is of another home server says which, and is neither converted nor switched off', async () => {
    const federated = {
      LDAP_FederationHomeServer_Field: 'l',
      Federation_Service_Enabled: true,
      Federation_Service_Domain: 'chat.example.org',
      LDAP_Background_Sync_Disable_Missing_Users: true,
    };
    const people = [toPersonLdif('ada', { l: 'other.example' }), ...toPeople(3)];
    await open(people, federated);
    const username = '@ada:other.example';
    const { changes, fields, match } = await host.explain({ username });
    expect([changes, match.rule]).toEqual([[], 'immutable-id']);
    expect(fields).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: 'homeServer', value: 'other.example', attributes: ['l'] }),
        expect.objectContaining({ field: 'username', value: username }),
        expect.objectContaining({ field: 'emails', value: [] }),
      ]),
    );
    host.modify('ada', 'delete: l');
    host.modify('person1', 'add: l\nl: other.example');
    for (const name of [username, 'person1'])
      expect(await host.explain({ username: name })).toMatchObject({
        match: { rule: 'not-synced', explanation: expect.stringContaining('never converted') },
        changes: [],
      });
    host.leave('ada');
    const gone = await host.explain({ username });
    expect([gone.changes, gone.match.explanation]).toEqual([[], expect.stringContaining('another server')]);
  });

  it('whom the settings leave alone names the setting', async () => {
    await open();
    host.modify('ada', 'replace: cn\ncn: Ada King');
    await host.set({ LDAP_Background_Sync_Keep_Existant_Users_Updated: false });
    const { changes, match } = await host.explain({ username: 'ada' });
    expect([changes, match.rule, match.remedy]).toEqual([
      [],
      'immutable-id',
      'Switch LDAP_Background_Sync_Keep_Existant_Users_Updated on.',
    ]);
  });

  it('lists the runs that touched the user, newest first, and those of nobody else', async () => {
    await open();
    host.modify('ada', 'replace: cn\ncn: Ada King');
    host.modify('person1', 'replace: cn\ncn: Somebody');
    host.rename('ada', 'lovelace');
    const second = await host.admin.run('syncNow');
    const { runs } = await host.explain({ username: 'lovelace' });
    expect(runs).toHaveLength(2);
    expect(runs[0]).toMatchObject({
      runId: second._id,
      kind: 'sync',
      state: 'completed',
      requestedBy: { _id: ADMIN._id, username: ADMIN.username },
    });
    expect(runs[0]?.rows.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['write done', 'rename done']);
    expect(runs[1]?.rows).toEqual([expect.objectContaining({ outcome: 'created', state: 'done' })]);
    expect(new Set(runs.flatMap(({ rows }) => rows.map(({ userId }) => userId))).size).toBe(1);
  });
});

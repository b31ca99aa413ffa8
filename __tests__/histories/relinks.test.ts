import type { IdentifiedRow } from '../../lib/sync/history/read-account.js';
import type { RunReport } from '../../models/run-report.js';
import { hex, many, toLinkedUser, toPerson, useHistories } from '../setup/histories.js';
import { ALUMNI } from '../setup/staff.js';

const { collection, engine, previewThenRun, revert, set, sync, user } = useHistories();

const MISSING = { LDAP_Background_Sync_Disable_Missing_Users: true };
const BY_GUID = { ...MISSING, LDAP_Unique_Identifier_Field: 'objectGUID' };

/** A directory that has a better id than the one that people were linked by. */
const withGuid = (name: string, values = {}) => toPerson(name, { objectGUID: `guid-${name}`, ...values });
const PEOPLE = ['ada', 'bob', 'eve'];

const linkOf = async (name: string) => ((await user(name))?.services as { ldap: object }).ldap;
const rowsOf = async (run: RunReport, kind = 'relink'): Promise<readonly IdentifiedRow[]> =>
  (await engine([]).changes(run._id)).filter((row) => row.kind === kind);

const insertLinkedBy = async (idAttribute: string, name: string, fields: object = {}): Promise<void> => {
  await collection('users').insertOne(
    toLinkedUser(name, { id: hex(name), idAttribute }, { createdAt: new Date(0), ...fields }),
  );
};

describe('people who are told apart by another attribute from now on, and still have the one they are linked by', () => {
  beforeEach(() => sync(PEOPLE.map((name) => withGuid(name))));

  it('go on as the same users, all of them at once, when no other entry can get the old id', async () => {
    const entries = [...PEOPLE, 'new'].map((name) => withGuid(name, name === 'new' ? {} : {}));
    const run = await previewThenRun(entries, { ...BY_GUID, LDAP_Guard_Always_Allowed: 1 });
    expect(run).toMatchObject({
      state: 'completed',
      removed: 3,
      counts: { read: 4, updated: 3, created: 1, conflicted: 0, deactivated: 0 },
      attention: [],
    });
    for (const name of PEOPLE)
      expect(await linkOf(name)).toEqual({ id: hex(`guid-${name}`), idAttribute: 'objectGUID' });
    expect(await sync(entries, BY_GUID)).toMatchObject({ state: 'completed', counts: { unchanged: 4 } });
  });

  it('are told of, and linked by the old id again by a revert', async () => {
    const entries = PEOPLE.map((name) => withGuid(name));
    const run = await sync(entries, BY_GUID);
    expect((await rowsOf(run))[0]).toMatchObject({
      state: 'done',
      outcome: 'updated',
      fields: [
        { field: 'services.ldap.id', from: hex('id-ada'), to: hex('guid-ada') },
        { field: 'services.ldap.idAttribute', from: 'entryUUID', to: 'objectGUID' },
      ],
    });
    expect(await revert(run._id)).toMatchObject({
      state: 'completed',
      counts: { updated: 3 },
      attention: [],
    });
    expect(await linkOf('ada')).toEqual({ id: hex('id-ada'), idAttribute: 'entryUUID' });
    expect(await sync(entries)).toMatchObject({ state: 'completed', counts: { unchanged: 3 } });
  });

  it('are not missing, nor is anybody else who is gone taken for present', async () => {
    const run = await sync(
      ['ada', 'bob'].map((name) => withGuid(name)),
      BY_GUID,
    );
    expect(run.counts).toMatchObject({ updated: 2, deactivated: 0 });
    // The entry that is gone shows no id of either sort: nothing proves that eve is missing.
    expect(run.problems[0]?.message).toContain('1 linked users are known by a unique id attribute');
    expect(await user('eve')).toMatchObject({ active: true });
  });

  it('are not missing either where others still are told apart by the old id', async () => {
    const settings = { ...MISSING, LDAP_Unique_Identifier_Field: 'objectGUID,entryUUID' };
    const run = await previewThenRun([withGuid('ada'), toPerson('bob')], settings);
    expect(run.counts).toMatchObject({ updated: 1, unchanged: 1, deactivated: 1 });
    expect(await user('eve')).toMatchObject({ active: false });
  });

  it('are renamed, readdressed and switched off in the same run', async () => {
    const following = { ...BY_GUID, LDAP_Sync_User_Active_State: 'both' };
    const entries = [
      withGuid('ada', { uid: 'countess' }),
      withGuid('bob', { mail: 'robert@x.org' }),
      withGuid('eve', { userAccountControl: '2' }),
    ];
    const run = await previewThenRun(entries, following);
    expect(run).toMatchObject({ state: 'completed', counts: { updated: 2, deactivated: 1 } });
    expect(await user('countess')).toMatchObject({ services: { ldap: { idAttribute: 'objectGUID' } } });
    expect(await user('bob')).toMatchObject({ emails: [{ address: 'robert@x.org' }] });
    expect(await user('eve')).toMatchObject({ active: false, services: { ldap: { id: hex('guid-eve') } } });
  });

  it('are switched off when the entry is disabled and cannot be mapped any more', async () => {
    const broken = withGuid('eve', { userAccountControl: '2', mail: [] });
    const run = await sync([withGuid('ada'), withGuid('bob'), broken], {
      ...BY_GUID,
      LDAP_Sync_User_Active_State: 'both',
    });
    expect(run.counts).toMatchObject({ updated: 2, rejected: 0, deactivated: 1 });
  });

  it('are relinked though the run is held for others', async () => {
    const entries = [
      withGuid('ada', { mail: 'a@x.org' }),
      withGuid('bob', { mail: 'b@x.org' }),
      withGuid('eve'),
    ];
    const run = await sync(entries, { ...BY_GUID, LDAP_Guard_Always_Allowed: 1 });
    expect(run).toMatchObject({ state: 'held', held: { clearings: 2, relinks: 0 }, removed: 3 });
    expect(await linkOf('ada')).toMatchObject({ idAttribute: 'objectGUID' });
    expect((await engine(entries, BY_GUID).approve(run._id)).counts).toMatchObject({ updated: 2 });
  });

  it('stay where another account has the new id already', async () => {
    await collection('users').insertOne(
      toLinkedUser('other', { id: hex('guid-ada'), idAttribute: 'objectGUID' }),
    );
    await sync([withGuid('ada')], BY_GUID);
    expect(await linkOf('ada')).toEqual({ id: hex('id-ada'), idAttribute: 'entryUUID' });
  });
});

describe('an old id that can go to another entry', () => {
  const BY_UUID = { ...MISSING, LDAP_Unique_Identifier_Field: 'entryUUID' };

  it('is taken when the user name or an address agrees, within the limit of its own', async () => {
    for (const name of PEOPLE) await insertLinkedBy('uid', name);
    const entries = PEOPLE.map((name) => toPerson(name));
    const held = await previewThenRun(entries, {
      ...BY_UUID,
      LDAP_Guard_Always_Allowed: 2,
      LDAP_Guard_Relinks_Maximum: 2,
    });
    expect(held).toMatchObject({
      state: 'held',
      held: { code: 'too-many-removals', relinks: 3, deactivations: 0 },
      counts: { created: 0, conflicted: 0 },
    });
    expect(held.held?.remedy).toContain('LDAP_Guard_Relinks_Percent');
    await engine(entries, BY_UUID).reject(held._id);
    expect(await sync(entries, BY_UUID)).toMatchObject({ state: 'completed', counts: { updated: 3 } });
    expect(await linkOf('ada')).toEqual({ id: hex('id-ada'), idAttribute: 'entryUUID' });
  });

  it('is not taken when neither agrees: it is somebody else who has it now', async () => {
    await insertLinkedBy('employeeNumber', 'ada');
    await insertLinkedBy('employeeNumber', 'bob');
    const entries = [
      toPerson('bob', { employeeNumber: 'bob' }),
      toPerson('stranger', { employeeNumber: 'ada', mail: 'stranger@x.org' }),
    ];
    const run = await previewThenRun(entries, BY_UUID);
    expect(run).toMatchObject({ counts: { created: 1, updated: 1, conflicted: 0 } });
    expect(await linkOf('ada')).toEqual({ id: hex('ada'), idAttribute: 'employeeNumber' });
  });

  it.each([
    ['the thief first', true],
    ['the thief last', false],
  ])(
    'is not taken by whoever writes it into their own entry, %s, and nothing of theirs gets in',
    async (_, isFirst) => {
      await insertLinkedBy('employeeNumber', 'ada', { roles: ['admin'] });
      await insertLinkedBy('employeeNumber', 'bob');
      const stored = await user('ada');
      // Claims the number, the user name and an address of the administrator.
      const thief = toPerson('thief', {
        employeeNumber: 'ada',
        uid: 'ada',
        mail: ['ada@x.org', 'thief@x.org'],
        jpegPhoto: Buffer.from('a photo'),
      });
      const ada = toPerson('ada', { employeeNumber: 'ada' });
      const others = [toPerson('bob', { employeeNumber: 'bob' }), ...many(3)];
      const run = await previewThenRun(isFirst ? [thief, ...others, ada] : [ada, ...others, thief], BY_UUID);
      expect(await user('ada')).toEqual(stored);
      expect((await rowsOf(run)).map(({ username, state }) => `${username} ${state}`).sort()).toEqual([
        // Who comes second would be the same person only if the first were gone.
        'ada skipped',
        'ada skipped',
        'bob done',
      ]);
      expect(run.problems.map(({ message }) => message)).toEqual([
        expect.stringContaining('1 user was not linked by what identifies their entry now'),
      ]);
    },
  );

  it('brings nothing else with it until the user is linked by the new one', async () => {
    await insertLinkedBy('uid', 'ada');
    const changed = toPerson('ada', {
      cn: 'Countess',
      mail: ['ada@x.org', 'more@x.org'],
      telephoneNumber: '7',
    });
    const first = await previewThenRun([changed], BY_UUID);
    expect(first).toMatchObject({ state: 'completed', removed: 1, counts: { updated: 1 } });
    expect(await user('ada')).toMatchObject({ name: 'ada', emails: [{ address: 'ada@x.org' }] });
    await sync([changed], BY_UUID);
    expect(await user('ada')).toMatchObject({ name: 'Countess', emails: [{}, { address: 'more@x.org' }] });
  });

  it('is not taken when two accounts are linked by what one entry has', async () => {
    await insertLinkedBy('uid', 'ada');
    await insertLinkedBy('employeeNumber', 'bob');
    const run = await sync([toPerson('ada', { employeeNumber: 'bob' })], BY_UUID);
    expect(run.counts).toMatchObject({ updated: 0, conflicted: 1 });
  });

  it('of several values is no other person when a further one sorts first', async () => {
    const settings = { ...MISSING, LDAP_Unique_Identifier_Field: 'uid', LDAP_Username_Field: 'cn' };
    await sync([toPerson('ada', { cn: 'ada' })], settings);
    const run = await sync([toPerson('ada', { cn: 'ada', uid: ['aaa', 'ada'] })], settings);
    expect(run).toMatchObject({ state: 'completed', counts: { unchanged: 1 } });
    const better = await sync([toPerson('ada', { cn: 'ada', uid: ['aaa', 'ada'] })], {
      ...settings,
      LDAP_Unique_Identifier_Field: 'entryUUID',
    });
    expect(better).toMatchObject({ counts: { updated: 1 } });
    expect(await linkOf('ada')).toEqual({ id: hex('id-ada'), idAttribute: 'entryUUID' });
  });
});

describe('somebody whose entry was deleted and made anew', () => {
  const ANEW = toPerson('ada', { entryUUID: 'another-id' });
  const STAFF = ['bob', 'eve'].map((name) => toPerson(name));
  beforeEach(() => sync([toPerson('ada'), ...STAFF]));

  it('waits as a pair, when user name and address are equal and the former entry is gone', async () => {
    const run = await previewThenRun([ANEW, ...STAFF]);
    expect(run).toMatchObject({
      state: 'held',
      held: { code: 'decision-needed', relinks: 1 },
      counts: { conflicted: 1, created: 0 },
      attention: [{ code: 'relink-needs-decision' }],
    });
    const [row] = await rowsOf(run);
    expect(row).toMatchObject({
      state: 'waiting',
      needsDecision: true,
      username: 'ada',
      pair: {
        matchedBy: 'verified-address',
        shared: { username: 'ada', address: 'ada@x.org' },
        account: { linkedBy: { id: hex('id-ada'), idAttribute: 'entryUUID' } },
        warnings: [expect.stringContaining('is gone')],
      },
    });
    const approval = await engine([ANEW, ...STAFF]).approve(run._id);
    expect(approval).toMatchObject({
      state: 'completed',
      counts: { updated: 1 },
      attention: [{ code: 'relinked', username: 'ada' }],
    });
    expect(await linkOf('ada')).toEqual({ id: hex('another-id'), idAttribute: 'entryUUID' });
    expect(await sync([ANEW, ...STAFF])).toMatchObject({ state: 'completed', counts: { unchanged: 3 } });
    expect(await revert(approval._id)).toMatchObject({ counts: { updated: 1 } });
    expect(await linkOf('ada')).toEqual({ id: hex('id-ada'), idAttribute: 'entryUUID' });
  });

  it('is off as missing meanwhile, on again when approved, and off again by a revert', async () => {
    const run = await sync([ANEW, ...STAFF], MISSING);
    expect(run).toMatchObject({
      state: 'held',
      held: { relinks: 1 },
      counts: { deactivated: 1, conflicted: 1 },
    });
    expect(await user('ada')).toMatchObject({ active: false });
    const approval = await engine([ANEW, ...STAFF], MISSING).approve(run._id);
    expect(await user('ada')).toMatchObject({ active: true, services: { ldap: { id: hex('another-id') } } });
    expect(await user('ada')).not.toHaveProperty('inactiveReason');
    expect(await sync([ANEW, ...STAFF], MISSING)).toMatchObject({ counts: { unchanged: 3 } });
    await revert(approval._id);
    expect(await user('ada')).toMatchObject({
      active: false,
      inactiveReason: 'deactivated',
      ldapSync: { deactivatedBecause: 'missing-from-directory' },
      services: { ldap: { id: hex('id-ada') } },
    });
  });

  it.each([
    [
      'the former entry is still there',
      [toPerson('ada2', { entryUUID: 'id-ada', uid: 'ada', mail: 'ada@x.org' }), ANEW],
    ],
    ['the former entry has only moved out', [toPerson('ada', { entryUUID: 'id-ada' }, ALUMNI), ANEW]],
    ['only the address is equal', [toPerson('ada', { entryUUID: 'another-id', uid: 'lovelace' })]],
    ['only the user name is equal', [toPerson('ada', { entryUUID: 'another-id', mail: 'new@x.org' })]],
  ])('does not wait when %s', async (_, entries) => {
    const run = await previewThenRun([...entries, ...STAFF]);
    expect((await rowsOf(run)).filter(({ state }) => state === 'waiting')).toEqual([]);
    expect(run.held).toBeUndefined();
    expect(await linkOf('ada')).toMatchObject({ id: hex('id-ada') });
  });

  it('does not get the account when the former entry is back by the time of the approval', async () => {
    const run = await sync([ANEW, ...STAFF]);
    const back = toPerson('ada2', { entryUUID: 'id-ada' });
    const approval = await engine([ANEW, back, ...STAFF]).approve(run._id);
    expect(approval).toMatchObject({ removed: 0, attention: [{ code: 'no-longer-wanted' }] });
    expect(await linkOf('ada')).toMatchObject({ id: hex('id-ada') });
  });

  it('does not get an account that has become an administrator since', async () => {
    const run = await sync([ANEW, ...STAFF]);
    await set('ada', { roles: ['user', 'admin'] });
    expect((await engine([ANEW, ...STAFF]).approve(run._id)).removed).toBe(0);
  });
});

it('a directory that was loaded anew is approved as a whole, and nobody is switched off', async () => {
  await sync(many(12));
  const anew = many(12, (index) => ({ entryUUID: `anew-${index}` }));
  const run = await sync(anew, MISSING);
  expect(run).toMatchObject({
    state: 'held',
    held: { code: 'directory-unverified', relinks: 12, deactivations: 12 },
  });
  const approval = await engine(anew, MISSING).approve(run._id);
  expect(approval).toMatchObject({ state: 'completed', removed: 12, counts: { deactivated: 0 } });
  expect(await linkOf('p3')).toEqual({ id: hex('anew-3'), idAttribute: 'entryUUID' });
  expect(await sync(anew, MISSING)).toMatchObject({ state: 'completed', counts: { unchanged: 12 } });
});

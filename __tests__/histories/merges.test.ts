import type { IdentifiedRow } from '../../lib/sync/history/read-account.js';
import type { RunReport } from '../../models/run-report.js';
import { removals } from '../setup/interventions.js';
import { hex, toPerson, useHistories, type Entries, type Settings } from '../setup/histories.js';

const { before, collection, killAt, engine, previewThenRun, revert, set, sync, user } = useHistories();

const MERGING = { LDAP_Merge_Existing_Users: true };
const ADA = toPerson('ada');
const TOKENS = ['rocketchat_oauth_access_tokens', 'rocketchat_oauth_refresh_tokens'] as const;

/** An account of the host that shares a name with an entry, and proves nothing. */
const toAccount = (name: string, changes: object = {}) => ({
  _id: name,
  username: name,
  name: `Account of ${name}`,
  type: 'user',
  active: true,
  roles: ['user'],
  emails: [{ address: `${name}@elsewhere.org`, verified: true }],
  lastLogin: new Date(5),
  services: {
    password: { bcrypt: 'a-hash', reset: { token: 'mailed' } },
    totp: { enabled: true, secret: 'a-secret', hashedBackup: ['a-code'] },
    email2fa: { enabled: true },
    github: { id: 7 },
    resume: {
      loginTokens: [
        { hashedToken: 'a-session', when: new Date(0) },
        { hashedToken: 'a-personal-token', type: 'personalAccessToken' },
      ],
    },
  },
  ...changes,
});

const VERIFIED = { emails: [{ address: 'ada@x.org', verified: true }] };

/** Without the sign-in through another service, which vouches for addresses in its own way. */
const OWN_SERVICES = (({ github: _github, ...services }) => services)(toAccount('ada').services);

const insert = async (name: string, changes: object = {}): Promise<void> => {
  await collection('users').insertOne(toAccount(name, changes) as never);
  for (const token of TOKENS) await collection(token).insertOne({ userId: name });
};

/** Everything that opens the account. */
const grantsOf = async (name: string): Promise<number> =>
  (await Promise.all(TOKENS.map((token) => collection(token).countDocuments({ userId: name })))).reduce(
    (sum, count) => sum + count,
  );

const waitingOf = async (run: RunReport): Promise<readonly IdentifiedRow[]> =>
  (await engine([]).changes(run._id)).filter(({ state }) => state === 'waiting');

async function approve(
  run: RunReport,
  entries: Entries = [ADA],
  settings: Settings = {},
): Promise<RunReport> {
  return engine(entries, { ...MERGING, ...settings }).approve(run._id);
}

describe('an account that shares a name with an entry waits as a pair', () => {
  it('that says by what they match and what the account may do, and holds nothing else back', async () => {
    await insert('ada', { roles: ['user', 'admin'] });
    const run = await previewThenRun([ADA, toPerson('bob')], MERGING);
    expect(run).toMatchObject({
      state: 'held',
      held: { code: 'decision-needed', merges: 1, deactivations: 0, approvable: true },
      counts: { read: 2, created: 1, conflicted: 1, linked: 0 },
      attention: [{ code: 'merge-needs-decision', dn: ADA.dn, outcome: 'conflicted' }],
    });
    const [row] = await waitingOf(run);
    expect(row).toMatchObject({
      kind: 'merge',
      userId: 'ada',
      needsDecision: true,
      dn: ADA.dn,
      pair: {
        matchedBy: 'username',
        shared: { username: 'ada' },
        entry: { dn: ADA.dn, username: 'ada', addresses: ['ada@x.org'], state: 'enabled' },
        account: {
          userId: 'ada',
          type: 'user',
          active: true,
          roles: ['user', 'admin'],
          isAdministrator: true,
          otherSignIns: ['github'],
          lastLogin: new Date(5),
        },
        obstacles: ['further-roles', 'other-sign-in', 'other-address'],
        warnings: [expect.stringMatching(/^ADMINISTRATOR: /), expect.stringContaining('are removed')],
      },
    });
    expect(row?.reason).toMatch(/^ADMINISTRATOR: /);
    expect(await user('ada')).toEqual(toAccount('ada', { roles: ['user', 'admin'] }));
  });

  it.each([
    ['an unverified address', { username: 'lovelace', emails: [{ address: 'ada@x.org', verified: false }] }],
    ['a user name in another case', { username: 'Ada' }],
    ['a bot', { type: 'bot' }],
    ['switched off', { ...VERIFIED, services: {}, active: false }],
    ['with another role', { ...VERIFIED, services: {}, roles: ['user', 'livechat-agent'] }],
  ])('of every sort: %s', async (_, changes) => {
    await insert('ada', changes);
    expect((await previewThenRun([ADA], MERGING)).held).toMatchObject({ merges: 1 });
  });

  it.each([
    ['of another server', { federated: true }],
    ['an app', { type: 'app' }],
    ['of no type', { type: null }],
    ['linked to something', { services: { ldap: {} } }],
    ['whose name only looks the same', { username: 'ad\u200ba' }],
  ])('and stays a conflict where nobody may decide: %s', async (_, changes) => {
    await insert('ada', changes);
    const run = await previewThenRun([ADA], MERGING);
    expect(run).toMatchObject({ state: 'completed', counts: { conflicted: 1 } });
    expect(run.attention[0]?.code).toBe('names-belong-to-another');
    expect(await waitingOf(run)).toEqual([]);
  });

  it('not while the setting is off: then it is a conflict', async () => {
    await insert('ada');
    const run = await previewThenRun([ADA], {});
    expect(run).toMatchObject({ state: 'completed', attention: [{ code: 'names-belong-to-another' }] });
    expect(run.attention[0]?.remedy).toContain('switch LDAP_Merge_Existing_Users on');
  });

  it('with hostile names written out and cut', async () => {
    await insert('ada', { name: `a\u202e${'x'.repeat(5_000)}` });
    const [row] = await waitingOf(await sync([ADA], MERGING));
    expect(row?.pair?.account.name).toMatch(/^a<U\+202E>x+$/);
    expect(row?.pair?.account.name).toHaveLength(256);
  });

  it('and again with every run until somebody decides; a rejected pair is not connected', async () => {
    await insert('ada');
    const first = await sync([ADA], MERGING);
    await engine([ADA], MERGING).reject(first._id);
    const second = await sync([ADA], MERGING);
    expect(second).toMatchObject({ state: 'held', held: { merges: 1 }, counts: { linked: 0 } });
    expect(await user('ada')).toEqual(toAccount('ada'));
  });
});

describe('an approved pair', () => {
  it('is linked, and nothing that opened the account before is left when no verified address says whose it is', async () => {
    await insert('ada', { roles: ['user', 'admin'] });
    const run = await sync([ADA], MERGING);
    const approval = await approve(run);
    expect(approval).toMatchObject({
      state: 'completed',
      removed: 1,
      counts: { linked: 1, conflicted: 0 },
      attention: [{ code: 'merged', outcome: 'linked', userId: 'ada', dn: ADA.dn }],
    });
    expect(approval.attention[0]?.reason).toMatch(
      /user name alone\. Its password, second factors, tokens .* removed/,
    );
    const account = await user('ada');
    expect(account).toMatchObject({ ldap: true, active: true, roles: ['user', 'admin'] });
    expect(account?.services).toEqual({
      ldap: { id: hex('id-ada'), idAttribute: 'entryUUID' },
      resume: { loginTokens: [] },
    });
    // An address is enough to ask for another password.
    expect(account?.emails).toEqual([{ address: 'ada@x.org', verified: true }]);
    expect(await grantsOf('ada')).toBe(0);
  });

  it('loses, too, what the host issued to other applications in the same moment', async () => {
    await insert('ada');
    const run = await sync([ADA], MERGING);
    // After the transaction has deleted what there was.
    before(removals(), () => collection(TOKENS[0]).insertOne({ userId: 'ada' }));
    await approve(run);
    expect(await grantsOf('ada')).toBe(0);
  });

  it('keeps password and tokens when the account has verified the address, which the row says', async () => {
    await insert('ada', { ...VERIFIED, services: OWN_SERVICES, roles: ['user', 'admin'] });
    const approval = await approve(await sync([ADA], MERGING));
    expect(approval.attention[0]?.reason).toContain('keeps its password');
    expect(await user('ada')).toMatchObject({ ldap: true, services: OWN_SERVICES });
    expect(await grantsOf('ada')).toBe(TOKENS.length);
  });

  it('goes on as any linked user: the next sync brings the name and is not held', async () => {
    await insert('ada');
    await approve(await sync([ADA], MERGING));
    expect(await sync([ADA], MERGING)).toMatchObject({ state: 'completed', counts: { updated: 1 } });
    expect(await user('ada')).toMatchObject({ name: 'Somebody', importIds: [ADA.dn] });
    expect(await sync([ADA], MERGING)).toMatchObject({ state: 'completed', counts: { unchanged: 1 } });
  });

  it('is one of several: the others go on waiting', async () => {
    const people = ['ada', 'bob', 'eve'].map((name) => toPerson(name));
    for (const name of ['ada', 'bob', 'eve']) await insert(name);
    const run = await sync(people, MERGING);
    const [ada, bob] = await waitingOf(run);
    const approval = await engine(people, MERGING).approve(run._id, { rows: [ada!.id] });
    expect(approval).toMatchObject({ removed: 1, counts: { linked: 1 } });
    await engine(people, MERGING).reject(run._id, [bob!.id]);
    expect((await waitingOf(run)).map(({ username, decided }) => [username, decided?.verdict])).toEqual([
      ['ada', 'approved'],
      ['bob', 'rejected'],
      ['eve', undefined],
    ]);
    const later = await sync(people, MERGING);
    expect(later).toMatchObject({ state: 'held', held: { merges: 2 }, counts: { conflicted: 2 } });
    expect((await user('bob'))?.services).toHaveProperty('password');
  });

  it('becomes a person when it was a bot, and a bot again by a revert', async () => {
    await insert('ada', { type: 'bot' });
    const approval = await approve(await sync([ADA], MERGING));
    expect(await user('ada')).toMatchObject({ type: 'user', ldap: true });
    await revert(approval._id);
    expect(await user('ada')).toMatchObject({ type: 'bot' });
  });
});

describe('an approval lets nobody in', () => {
  const FOLLOWING = { ...MERGING, LDAP_Sync_User_Active_State: 'both' };
  const DISABLED = toPerson('ada', { userAccountControl: '2' });

  it('whose entry is disabled', async () => {
    await insert('ada');
    const run = await sync([DISABLED], FOLLOWING);
    expect((await waitingOf(run))[0]?.pair).toMatchObject({ entry: { state: 'disabled' } });
    const approval = await approve(run, [DISABLED], FOLLOWING);
    expect(await user('ada')).toMatchObject({
      active: false,
      inactiveReason: 'deactivated',
      ldapSync: { deactivatedBecause: 'disabled-in-directory', deactivatedByRun: approval._id },
    });
    expect(approval.attention[0]?.reason).toContain('It is off');
    await revert(approval._id);
    expect(await user('ada')).toMatchObject({ active: true });
  });

  it('of whom the directory does not show it', async () => {
    const hidden = toPerson('ada', { userAccountControl: 'hidden' });
    await insert('ada');
    const run = await sync([hidden], FOLLOWING);
    expect((await waitingOf(run))[0]?.pair).toMatchObject({ entry: { state: 'unknown' } });
    await approve(run, [hidden], FOLLOWING);
    expect(await user('ada')).toMatchObject({ active: false, inactiveReason: 'pending_approval' });
    expect((await user('ada'))?.ldapSync).not.toHaveProperty('deactivatedBecause');
  });

  it('whose account was off: it stays off until the directory may switch people on', async () => {
    await insert('ada', { active: false });
    await approve(await sync([ADA], MERGING));
    expect(await user('ada')).toMatchObject({ active: false, ldap: true });
  });

  it('and takes nobody the last administrator', async () => {
    await insert('ada', { roles: ['admin'] });
    const approval = await approve(await sync([DISABLED], FOLLOWING), [DISABLED], FOLLOWING);
    expect(approval.attention).toMatchObject([{ code: 'last-administrator' }]);
    expect(await user('ada')).toEqual(toAccount('ada', { roles: ['admin'] }));
  });
});

describe('an approval is about the pair that was shown', () => {
  it.each<[string, object, Entries, string]>([
    ['the account has become an administrator', { roles: ['user', 'admin'] }, [ADA], 'no-longer-wanted'],
    ['the account has become a bot', { type: 'bot' }, [ADA], 'no-longer-wanted'],
    ['the account is called otherwise', { username: 'x' }, [ADA], 'no-longer-wanted'],
    [
      'the account is linked by now',
      { 'services.ldap': { id: 'aa', idAttribute: 'uid' } },
      [ADA],
      'account-unlinked',
    ],
    ['the account belongs to another server', { federated: true }, [ADA], 'no-longer-wanted'],
    ['the entry is called otherwise', {}, [toPerson('ada', { uid: 'countess' })], 'no-longer-wanted'],
    ['the entry is gone', {}, [toPerson('bob')], 'entry-no-longer-synced'],
  ])('and connects nobody when %s', async (_, changes, entries, code) => {
    await insert('ada');
    const run = await sync([ADA], MERGING);
    if (Object.keys(changes).length > 0) await set('ada', changes);
    const stored = await collection('users').findOne({ _id: 'ada' as never });
    const approval = await approve(run, entries);
    expect(approval).toMatchObject({ counts: { linked: 0 }, attention: [{ code }] });
    expect(await collection('users').findOne({ _id: 'ada' as never })).toEqual(stored);
  });

  it('and connects nobody when another account has the address of the entry by now', async () => {
    await insert('ada');
    const run = await sync([ADA], MERGING);
    await insert('bob', VERIFIED);
    expect((await approve(run)).attention).toMatchObject([{ code: 'no-longer-wanted' }]);
    expect(await user('ada')).toEqual(toAccount('ada'));
  });

  it.each([
    ['becomes an administrator', { roles: ['user', 'admin'] }],
    ['is linked', { 'services.ldap': { id: 'aa', idAttribute: 'uid' } }],
    ['gets another sign-in', { 'services.google': { id: 1 } }],
  ])('also when the account %s inside the transaction', async (_, changes) => {
    await insert('ada');
    const run = await sync([ADA], MERGING);
    before({ collection: 'users', method: 'bulkWrite' }, () => set('ada', changes));
    expect((await approve(run)).attention).toMatchObject([{ code: 'changed-meanwhile' }]);
    expect(await user('ada')).not.toHaveProperty('ldap');
  });

  it('and one account goes to one entry, whoever else has its name', async () => {
    const other = toPerson('other', { uid: 'lovelace', mail: 'ada@elsewhere.org' });
    await insert('ada', { emails: [{ address: 'ada@elsewhere.org', verified: false }] });
    const run = await sync([ADA, other], MERGING);
    expect(await waitingOf(run)).toHaveLength(2);
    const approval = await approve(run, [ADA, other]);
    expect(approval).toMatchObject({ removed: 1, counts: { linked: 1 } });
    expect((await user('ada'))?.services).toMatchObject({ ldap: { id: hex('id-ada') } });
  });
});

it('a host that dies in the middle of an approval leaves the account wholly as it was, and the pair is approved again', async () => {
  await insert('ada');
  const run = await sync([ADA], MERGING);
  const killed = await killAt(removals(), () => approve(run));
  expect(killed.state).toBe('interrupted');
  expect(await user('ada')).toEqual(toAccount('ada'));
  expect(await grantsOf('ada')).toBe(TOKENS.length);
  expect(await approve(run)).toMatchObject({ state: 'completed', counts: { linked: 1 } });
  expect((await user('ada'))?.services).not.toHaveProperty('password');
});

describe('a merge that is taken back', () => {
  it('is no link any more, and nobody who came in by it stays in', async () => {
    await insert('ada');
    const approval = await approve(await sync([ADA], MERGING));
    await set('ada', {
      'services.password': { bcrypt: 'stored at a sign-in through the directory' },
      'services.resume.loginTokens': [{ hashedToken: 'of the person of the entry', when: new Date() }],
    });
    await collection(TOKENS[0]).insertOne({ userId: 'ada' });
    const reverted = await revert(approval._id);
    expect(reverted).toMatchObject({ state: 'completed', counts: { updated: 1 } });
    expect(reverted.problems[0]?.message).toContain('cannot be given back');
    expect(reverted.problems[0]?.message).toContain('stays: also roles, rooms, teams and ABAC attributes');
    expect(reverted.problems[0]?.remedy).toContain('ABAC attributes');
    const account = await user('ada');
    expect(account?.services).toEqual({ resume: { loginTokens: [] } });
    expect(account).not.toHaveProperty('ldap');
    expect(account?.emails).toEqual(toAccount('ada').emails);
    expect(await grantsOf('ada')).toBe(0);
    expect(await sync([ADA], MERGING)).toMatchObject({ state: 'held', held: { merges: 1 } });
  });

  it('has the addresses of its owner, though a sync or the person of the entry has changed them since', async () => {
    await insert('ada');
    const approval = await approve(await sync([ADA], MERGING));
    await sync([toPerson('ada', { mail: 'another@x.org' })], MERGING);
    expect((await user('ada'))?.emails).toMatchObject([{ address: 'another@x.org' }]);
    await revert(approval._id);
    expect((await user('ada'))?.emails).toEqual(toAccount('ada').emails);
  });

  it('is no link any more although another account has its address by now', async () => {
    await insert('ada');
    const approval = await approve(await sync([ADA], MERGING));
    await insert('owner', { emails: [{ address: 'Ada@elsewhere.org', verified: false }] });
    expect(await revert(approval._id)).toMatchObject({ counts: { updated: 1 }, attention: [] });
    const account = await user('ada');
    expect(account?.services).toEqual({ resume: { loginTokens: [] } });
    expect(account).not.toHaveProperty('emails');
  });

  it('keeps the password where a verified address said whose the account is, and is signed out all the same', async () => {
    await insert('ada', { ...VERIFIED, services: OWN_SERVICES, roles: ['user', 'admin'] });
    const approval = await approve(await sync([ADA], MERGING));
    await revert(approval._id);
    const account = await user('ada');
    expect(account?.services).toEqual({ ...OWN_SERVICES, resume: { loginTokens: [] } });
    expect(account).not.toHaveProperty('ldap');
    expect(await grantsOf('ada')).toBe(0);
  });

  it('is left where somebody has linked the account to another entry since', async () => {
    await insert('ada');
    const approval = await approve(await sync([ADA], MERGING));
    await set('ada', { 'services.ldap.id': 'aa' });
    expect((await revert(approval._id)).attention).toMatchObject([{ code: 'changed-since' }]);
    expect((await user('ada'))?.services).toMatchObject({ ldap: { id: 'aa' } });
  });

  it('and no hash, token or secret is ever in the history', async () => {
    await insert('ada');
    const approval = await approve(await sync([ADA], MERGING));
    await revert(approval._id);
    const history = JSON.stringify(await collection('ldap_sync_changes').find({}).toArray());
    for (const secret of ['a-hash', 'a-secret', 'a-code', 'a-session', 'a-personal-token', 'mailed'])
      expect(history).not.toContain(secret);
  });
});

it('an account that is connected by itself, by its verified address, is named as well', async () => {
  await insert('ada', { ...VERIFIED, services: OWN_SERVICES });
  const run = await previewThenRun([ADA], MERGING);
  expect(run).toMatchObject({
    state: 'completed',
    counts: { linked: 1 },
    attention: [{ code: 'merged', userId: 'ada', dn: ADA.dn, params: { matchedBy: 'verified-address' } }],
  });
});

import request from 'supertest';
import type { IdentifiedRow } from '../../lib/sync/history/read-account.js';
import { dnOf, openExplainHost, type ExplainHost } from '../explain/explain-host.js';
import { hashToken, sha256Hex } from '../setup/host.js';
import { toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const TOKEN = 'the-token-of-the-account-before';
const SIGNED_IN_AT = new Date();

/** An account that has the user name of an entry, and the rights of an administrator. */
const toAccount = (name: string, roles: readonly string[] = ['user']) => ({
  _id: `account-${name}` as never,
  username: name,
  type: 'user',
  active: true,
  roles,
  emails: [{ address: `${name}@host.example`, verified: true }],
  services: {
    password: { bcrypt: 'hash' },
    totp: { enabled: true, secret: 'SECRET' },
    resume: {
      loginTokens: [
        { hashedToken: hashToken(`${TOKEN}-${name}`), when: SIGNED_IN_AT },
        { hashedToken: hashToken(`personal-${name}`), type: 'personalAccessToken' },
      ],
    },
  },
});

describeWithSlapd('accounts that have the user name of an entry, over HTTP and a real directory', () => {
  let host: ExplainHost;
  beforeEach(async () => {
    host = await openExplainHost(
      ['ada', 'bob', 'eve'].map((name) => toPersonLdif(name)),
      { LDAP_Merge_Existing_Users: true, LDAP_Sync_User_Active_State: 'both' },
    );
    await host.users().insertMany([toAccount('ada', ['user', 'admin']), toAccount('bob')] as never[]);
  });
  afterEach(() => host.close());

  const signIn = async (name: string, token: string) =>
    (
      await request(host.app)
        .get('/api/v1/ldap.status')
        .set({ 'X-User-Id': `account-${name}`, 'X-Auth-Token': token })
    ).status;
  const account = (name: string) => host.users().findOne({ _id: `account-${name}` as never });
  const waiting = async (runId: string) =>
    (await host.admin.changes(runId)).filter(({ state }) => state === 'waiting') as IdentifiedRow[];

  it('wait as pairs, are approved in part, and let nobody in who was there before', async () => {
    expect(await signIn('ada', `${TOKEN}-ada`)).toBe(200);
    const preview = await host.admin.run('previewSync');
    const run = await host.admin.run('syncNow');
    expect(preview.held).toMatchObject({ merges: 2, code: 'decision-needed' });
    expect(run).toMatchObject({ state: 'held', held: preview.held, counts: { created: 1, conflicted: 2 } });
    const [ada, bob] = await waiting(run._id);
    expect(ada).toMatchObject({
      username: 'ada',
      dn: dnOf('ada'),
      pair: {
        matchedBy: 'username',
        account: { userId: 'account-ada', isAdministrator: true, roles: ['user', 'admin'] },
        warnings: [expect.stringContaining('ADMINISTRATOR'), expect.any(String)],
      },
    });
    // Nothing has happened to the administrator's account.
    expect(await account('ada')).toEqual(toAccount('ada', ['user', 'admin']));
    expect(await signIn('ada', `${TOKEN}-ada`)).toBe(200);

    const approval = await host.admin.run('approveRun', { runId: run._id, rows: [ada!.id] });
    expect(approval).toMatchObject({
      state: 'completed',
      counts: { linked: 1 },
      attention: [{ code: 'merged', username: 'ada' }],
    });
    expect(await signIn('ada', `${TOKEN}-ada`)).toBe(401);
    expect(await signIn('ada', 'personal-ada')).toBe(401);
    const { services } = (await account('ada'))!;
    expect(services).toEqual({
      ldap: { id: expect.stringMatching(/^[0-9a-f]+$/), idAttribute: 'entryUUID' },
      resume: { loginTokens: [] },
    });

    expect(await waiting(run._id)).toMatchObject([
      { id: ada!.id, decided: { verdict: 'approved' } },
      { id: bob!.id, username: 'bob' },
    ]);
    expect(await account('bob')).toEqual(toAccount('bob'));
    const later = await host.admin.run('syncNow');
    expect(later).toMatchObject({ state: 'held', held: { merges: 1 }, counts: { conflicted: 1 } });
    expect((await waiting(later._id)).map(({ username }) => username)).toEqual(['bob']);

    const reverted = await host.admin.run('revertRun', { runId: approval._id });
    expect(reverted).toMatchObject({
      counts: { updated: 1 },
      problems: [{ message: expect.stringContaining('cannot be given back') }],
    });
    expect((await account('ada'))?.services).toEqual({ resume: { loginTokens: [] } });
    expect(await account('ada')).not.toHaveProperty('ldap');
  });

  it('stay off when the entry is disabled', async () => {
    host.lock('bob');
    const run = await host.admin.run('syncNow');
    const [, bob] = await waiting(run._id);
    expect(bob?.pair?.entry.state).toBe('disabled');
    await host.admin.run('approveRun', { runId: run._id, rows: [bob!.id] });
    expect(await account('bob')).toMatchObject({ active: false, ldap: true, inactiveReason: 'deactivated' });
    expect(await signIn('bob', `${TOKEN}-bob`)).toBe(401);
  });

  it('are explained as waiting for a decision, with the pair', async () => {
    const explained = await host.explain({ username: 'ada' });
    expect(explained).toMatchObject({
      match: { rule: 'needs-decision', explanation: expect.stringContaining('waits for your decision') },
      changes: [{ kind: 'merge', state: 'waiting', needsDecision: true, pair: { matchedBy: 'username' } }],
      guard: {
        limits: { merges: 0 },
        explanation: expect.stringContaining('A merge waits for your decision'),
      },
    });
    expect(JSON.stringify(explained)).not.toContain(sha256Hex('hash'));
  });
});

import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../lib/logger.js';
import { createRunLog } from '../../lib/sync/run/run-log.js';
import { command, useCompany, type Result } from '../setup/command-line.js';
import { storeSettings } from '../setup/host.js';
import { expireLease } from '../setup/leases.js';

const company = useCompany();
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-cli-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const WAYS = [
  ['over HTTP', () => company.overHttp()],
  ['on the database', () => company.overDatabase()],
] as const;

describe.each(WAYS)('a command %s', (_way, toEnvironment) => {
  const run = (...argv: string[]): Promise<Result> => command(argv, { environment: toEnvironment() });
  const runId = async (): Promise<string> => (await run('runs', '--limit', '1')).out.split('\t')[0] ?? '';
  const json = async (...argv: string[]): Promise<Record<string, never>> =>
    JSON.parse((await run(...argv, '--json')).out) as Record<string, never>;

  /** Four of eight have left, which is more than the guard lets pass. */
  async function hold(): Promise<string> {
    expect((await run('sync')).code).toBe(0);
    for (const uid of ['p0', 'p1', 'p2', 'p3']) company.directory().people.remove(uid);
    const held = await run('sync');
    expect([held.code, held.out]).toEqual([3, expect.stringContaining('! sync held')]);
    return runId();
  }

  it('syncs, waits for the end of the run and prints its report', async () => {
    const { code, out, err } = await run('sync');
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^✓ sync completed in .*\n {2}8 read, 8 created\n$/),
    ]);
    expect(err).toContain('sync running');
    expect(err).toContain(`, on ${hostname()}: `);
  });

  it('says on which host a run is and what it is at, or was when its host died', async () => {
    const { connection } = company.database();
    const runs = createRunLog({
      connection,
      clock: () => new Date(),
      logger: silentLogger,
      host: 'chat-1\u001b[1m',
    });
    const { active } = await runs.start({ kind: 'sync', requestedBy: { _id: 'system' } });
    const id = active!.id;
    await active!.enter('groups');
    expect((await run('status')).out).toContain(`sync ${id}, reading groups, on chat-1\ufffd[1m: 0 read`);
    const going = await run('run', id);
    expect(going.out).toContain(`run ${id} on chat-1`);
    expect(going.out).toContain('\n  now reading groups\n');
    await active!.abandon(false);
    await expireLease(connection);
    const dead = await run('run', id);
    expect([dead.code, dead.out]).toEqual([4, expect.stringContaining('\n  last seen reading groups\n')]);
    expect((await run('runs', '--csv')).out).toMatch(/,host,phase\r?\n.*,groups\r?\n/);
    expect((await run('runs')).out).toContain('interrupted');
  });

  it('syncs one person alone with --person, and ends with 3 where something of it waits', async () => {
    const one = await run('sync', '--person', 'p1@example.org');
    expect([one.code, one.out]).toEqual([
      0,
      expect.stringMatching(
        /^✓ sync of one person \(p1@example\.org\) completed in .*\n {2}1 read, 1 created\n$/,
      ),
    ]);
    company.directory().people.rename('p1', { uid: 'countess' });
    const held = await run('sync', '--person', 'p1', '--by', 'username');
    expect([held.code, held.out]).toEqual([3, expect.stringContaining('1 renaming held: 1 change needs')]);
    expect((await run('runs', '--limit', '1')).out).toContain('\tperson-sync\theld\t');
    expect((await run('approve', await runId(), '--yes', '--count', '2')).err).toContain(
      `chat-ldap-sync changes ${await runId()} --waiting`,
    );
    expect((await run('approve', await runId(), '--yes', '--count', '1')).code).toBe(0);
    expect(await json('explain', 'countess')).toMatchObject({ user: { username: 'countess' } });
  });

  it('ends with 1 where the person of --person is nowhere, and with 2 where --by names nobody', async () => {
    const nobody = await run('sync', '--person', 'nobody');
    expect([nobody.code, nobody.out]).toEqual([
      1,
      expect.stringContaining('Neither the directory nor the chat'),
    ]);
    const { code, err } = await run('sync', '--by', 'id');
    expect([code, err]).toEqual([2, expect.stringContaining('--by needs --person')]);
    expect(await json('runs')).toMatchObject({ count: 1 });
  });

  it('prints with --json what the API answers, and nothing else on stdout', async () => {
    expect(await json('sync')).toMatchObject({ run: { state: 'completed', counts: { created: 8 } } });
    expect(await json('status')).toMatchObject({ lastRun: { state: 'completed' }, held: null });
    expect(await json('runs')).toMatchObject({ count: 1, runs: [{ kind: 'sync' }] });
    expect(await json('changes', await runId())).toMatchObject({ count: 8 });
    const emails = [null, 7, 'text', { address: 7 }, { address: 'p1@example.org', verified: true }];
    await company
      .database()
      .connection.collection('users')
      .updateOne({ username: 'p1' }, { $set: { emails } });
    expect(await json('explain', 'p1')).toMatchObject({ user: { username: 'p1', emails: emails.slice(4) } });
  });

  it('says in the status how long the certificate of the directory is valid, and what to do when that is not long', async () => {
    await run('sync');
    const { connection } = company.database();
    const validTo = new Date(Date.now() + 5.5 * 86_400_000);
    const server = { host: 'ldap', port: 636, kind: 'openldap', name: 'OpenLDAP' };
    await connection
      .collection('ldap_sync_runs')
      .updateMany({}, { $set: { server: { ...server, certificate: { subject: 'Authority', validTo } } } });
    await storeSettings(connection, { LDAP_Encryption: 'ssl' });
    const { out } = await run('status');
    const until = validTo.toISOString().slice(0, 10);
    expect(out).toContain(`valid for 5 days (until ${until})  Authority, shown by ldap\n`);
    expect(out).toContain(
      `! The certificate Authority, which ldap shows, ends in 5 days, on ${until}.\n  → Give`,
    );
  });

  it('writes a row a line with --ndjson, and with --csv a line of titles and a record a row', async () => {
    await run('sync');
    const rows = (await run('changes', await runId(), '--ndjson')).out.trim().split('\n');
    expect(rows.map((row) => (JSON.parse(row) as { outcome: string }).outcome)).toEqual(
      Array(8).fill('created'),
    );
    const records = (await run('changes', await runId(), '--csv')).out.trim().split('\n');
    expect(records[0]).toBe('id,user,name,kind,outcome,state,decided,fields,reason,userId,dn');
    expect(records).toHaveLength(9);
    expect((await run('runs', '--csv')).out).toContain(',completed,');
  });

  it('names for a preview what does what it shows, since its list cannot be approved', async () => {
    expect((await run('sync')).code).toBe(0);
    for (const uid of ['p0', 'p1', 'p2', 'p3']) company.directory().people.remove(uid);
    const preview = await run('preview');
    expect(preview.out).toContain('  then: chat-ldap-sync sync\n');
    const trial = await run('preview', '--settings', write('tried.json', { LDAP_Username_Field: 'uid' }));
    const [, trialId = ''] = /run (\w{17})/.exec(trial.out) ?? [];
    expect(trial.out).toContain(`  then: chat-ldap-sync apply ${trialId}\n`);
    expect(preview.out + trial.out).not.toContain('chat-ldap-sync approve');
  });

  it('says what may be asked for when nobody is found', async () => {
    await run('sync');
    const { code, err } = await run('explain', 'Rosalind Franklin');
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('→ Display names are not searched. Give a user name'),
    ]);
  });

  it('shows what waits and ends with 3 while anything does', async () => {
    expect((await run('held')).code).toBe(0);
    const held = await hold();
    const { code, out, err } = await run('held');
    expect([code, out.trim().split('\n').length]).toEqual([3, 4]);
    expect(err).toContain(`chat-ldap-sync approve ${held} --count 4`);
    expect((await run('held', '--csv')).out).toContain(',deactivate,');
    expect(await json('held')).toMatchObject({ count: 4, held: { runId: held } });
    expect((await run('changes', held, '--waiting')).out.trim().split('\n')).toHaveLength(4);
  });

  it('approves a held list with --yes only when --count is the number that waits', async () => {
    const held = await hold();
    expect((await run('approve', held, '--yes')).code).toBe(2);
    expect((await run('approve', held, '--count', '4')).code).toBe(2);
    for (const count of ['3', '5', '0']) {
      const { code, err } = await run('approve', held, '--yes', '--count', count);
      expect([code, err]).toEqual([3, expect.stringContaining(`4 removals wait, not ${count}`)]);
    }
    const people = () => company.database().connection.collection('users').countDocuments({ active: false });
    expect(await people()).toBe(0);
    expect((await run('approve', held, '--yes', '--count', '4')).code).toBe(0);
    expect(await people()).toBe(4);
    expect((await run('revert', await runId(), '--yes')).code).toBe(0);
    expect(await people()).toBe(0);
  });

  it('approves or rejects single rows, and counts only them, alike', async () => {
    const held = await hold();
    const [first = '', second = ''] = (await run('held')).out
      .split('\n')
      .map((line) => line.split('\t')[0] ?? '');
    expect((await run('approve', held, '--rows', first, '--yes', '--count', '4')).code).toBe(3);
    expect((await run('approve', held, '--rows', first, '--yes', '--count', '1')).code).toBe(0);
    expect((await run('reject', held, '--rows', second, '--yes')).code).toBe(2);
    expect((await run('reject', held, '--rows', second, '--yes', '--count', '3')).code).toBe(3);
    expect((await run('reject', held, '--rows', second, '--yes', '--count', '1')).code).toBe(0);
    expect((await run('held')).out.trim().split('\n')).toHaveLength(2);
    expect((await run('reject', held)).code).toBe(2);
    const { code, err } = await run('reject', held, '--yes', '--count', '4');
    expect([code, err]).toEqual([
      3,
      expect.stringContaining('2 removals wait, not 4. Nothing was rejected.'),
    ]);
    expect((await run('reject', held, '--yes', '--count', '2')).code).toBe(0);
    expect((await run('held')).code).toBe(0);
  });

  it('shows what unsaved settings would do, compares them, and saves them', async () => {
    await run('sync');
    const file = write('settings.json', { LDAP_User_Search_Filter: '(uid=p1)' });
    const preview = await run('preview', '--settings', file);
    expect([preview.code, preview.out]).toEqual([
      3,
      expect.stringContaining('preview of unsaved settings held'),
    ]);
    expect((await run('settings', 'diff', file)).out).toBe(
      'LDAP_User_Search_Filter\t(objectClass=inetOrgPerson)\t(uid=p1)\n',
    );
    expect((await run('settings', 'set', file, '--dry-run')).code).toBe(0);
    expect((await run('settings', 'set', file)).code).toBe(2);
    expect((await run('settings', 'get', 'LDAP_User_Search_Filter')).out).toBe(
      '(objectClass=inetOrgPerson)\n',
    );
    expect((await run('settings', 'set', file, 'LDAP_Sync_History_Days=30', '--yes')).code).toBe(0);
    expect((await run('settings', 'get', 'LDAP_User_Search_Filter')).out).toBe('(uid=p1)\n');
    expect((await run('settings', 'set', '--reset', 'LDAP_Sync_History_Days', '--yes')).code).toBe(0);
    expect(await json('settings', 'get', 'LDAP_Sync_History_Days')).toMatchObject({
      settings: [{ value: 90 }],
    });
  });

  it('applies what a preview of unsaved settings has shown, and saves them', async () => {
    expect((await run('sync')).code).toBe(0);
    const narrower = { LDAP_User_Search_Filter: '(&(objectClass=inetOrgPerson)(!(uid=p0))(!(uid=p1)))' };
    const file = write('narrower.json', narrower);
    expect((await run('preview', '--settings', file)).code).toBe(3);
    const plan = await runId();
    expect((await run('apply', plan)).code).toBe(2);
    const bare = await run('apply', plan, '--yes');
    expect([bare.code, bare.err]).toEqual([2, expect.stringContaining('2 deactivations')]);
    for (const count of ['0', '1', '3'])
      expect((await run('apply', plan, '--yes', '--count', count)).code).toBe(3);
    const switchedOff = { active: false };
    const users = company.database().connection.collection('users');
    expect(await users.countDocuments(switchedOff)).toBe(0);
    const { code, out, err } = await run('apply', plan, '--yes', '--count', '2');
    expect([code, out]).toEqual([0, expect.stringContaining('2 deactivated')]);
    expect(err).toContain('LDAP_User_Search_Filter');
    expect((await run('settings', 'get', 'LDAP_User_Search_Filter')).out).toContain('(!(uid=p0))');
    expect(await users.countDocuments(switchedOff)).toBe(2);
    expect((await run('apply', plan, '--yes', '--count', '2')).err).toContain('was applied');
  });

  it('proposes settings for a directory, with why', async () => {
    const { code, out } = await run('suggest');
    expect([code, out]).toEqual([0, expect.stringContaining('LDAP_Unique_Identifier_Field')]);
    const answer = await json('suggest');
    expect(answer).toMatchObject({
      proposals: expect.arrayContaining([expect.objectContaining({ because: expect.any(String) })]),
    });
  });

  it('names all that is wrong with settings at once', async () => {
    const wrong = await run('settings', 'set', 'LDAP_Port=0', 'LDAP_Connect_Timeout=-1', '--yes');
    expect([wrong.code, wrong.err]).toEqual([
      1,
      expect.stringMatching(/LDAP_Port is 0[\s\S]*LDAP_Connect_Timeout is -1/),
    ]);
    const unknown = await run('settings', 'set', 'FOO=1', 'BAR=2', '--yes');
    expect([unknown.code, unknown.err]).toEqual([
      2,
      expect.stringMatching(/FOO is no setting[\s\S]*BAR is no setting/),
    ]);
    const untyped = await run('settings', 'set', 'LDAP_Port=many', 'LDAP_Enable=maybe', '--yes');
    expect([untyped.code, untyped.err]).toEqual([
      2,
      expect.stringMatching(/LDAP_Port has to be[\s\S]*LDAP_Enable has/),
    ]);
  });

  it.each([
    ['get', 'LDAP_Prot'],
    ['diff', 'LDAP_Prot=5'],
    ['set', 'LDAP_Prot=5', '--yes'],
    ['set', '--reset', 'LDAP_Prot', '--yes'],
  ])('settings %s %s ends with 2, and says which setting may be meant', async (...argv) => {
    const { code, err } = await run('settings', ...argv);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/LDAP_Prot is no setting\.\n.*Did you mean LDAP_Port\? /),
    ]);
    expect(err).toContain('settings get --all lists them');
  });

  it('tests the settings, and ends with 1 when a sync would fail', async () => {
    expect((await run('test', 'p1')).code).toBe(0);
    const file = write('nobody.json', { LDAP_User_Search_Filter: '(uid=nobody)' });
    expect((await run('test', '--settings', file)).code).toBe(1);
  });
});

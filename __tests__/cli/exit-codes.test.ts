import { EXIT_CODES } from '../../cli/exit-codes.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUTH_HEADERS, SECOND_FACTOR } from '../setup/host.js';
import { command, useCompany, type Given } from '../setup/command-line.js';
import { startTcpProxy } from '../setup/tcp-proxy.js';
import { byPort } from '../setup/mongo.js';

const company = useCompany();
const database = (given: Given = {}): Given => ({ environment: company.overDatabase(), ...given });
const SOME_RUN = 'aaaaaaaaaaaaaaaaa';

describe('a command ends with', () => {
  it('1 when the run or the call fails', async () => {
    await company.directory().stop();
    const failed = await command(['sync'], database());
    expect([failed.code, failed.out]).toEqual([1, expect.stringContaining('✗ sync failed')]);
    expect((await command(['run', SOME_RUN], database())).code).toBe(1);
    expect((await command(['approve', SOME_RUN, '--yes', '--count', '0'], database())).code).toBe(1);
  });

  it.each([
    ['an unknown command', ['bogus'], {}],
    ['an unknown option', ['sync', '--bogus'], {}],
    ['no run', ['run'], {}],
    ['a run that cannot be one', ['run', '../etc'], {}],
    ['--json with --csv', ['runs', '--json', '--csv'], {}],
    ['no way to a chat server', ['status'], {}],
    ['a URL with a password', ['status', '--url', 'https://me:secret@chat.example'], {}],
    ['a MONGO_URL without a database', ['status'], { MONGO_URL: 'mongodb://127.0.0.1:27017' }],
    ['a MONGO_URL that is none', ['status'], { MONGO_URL: 'postgres://me:secret@db' }],
    ['a MONGO_URL with a wrong option', ['status'], { MONGO_URL: 'mongodb://me:secret@db/chat?bogus=1' }],
    ['both ways', ['status'], { MONGO_URL: 'mongodb://db/chat', CHAT_LDAP_SYNC_URL: 'https://chat.example' }],
    ['two ways on the command line', ['status', '--database', '--url', 'https://chat.example'], {}],
    ['a file that is not there', ['status'], { MONGO_URL_FILE: '/nowhere' }],
    ['a variable and its file', ['status'], { MONGO_URL: 'mongodb://db/chat', MONGO_URL_FILE: '/nowhere' }],
    ['--no-wait on the database', ['sync', '--no-wait'], undefined],
    ['nobody to be asked', ['revert', SOME_RUN], undefined],
    ['settings that are not JSON', ['settings', 'diff', '/etc/hostname'], undefined],
  ])('2 for %s, and shows no secret', async (_what, argv, environment) => {
    const { code, out, err } = await command(argv, { environment: environment ?? company.overDatabase() });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^error: /);
    expect(err).not.toContain('secret');
  });

  it('4 when it is interrupted, and a run of its own is then interrupted too', async () => {
    const interrupting = new AbortController();
    // Once the command waits for the run, and not while it is still being asked for.
    const onNote = (text: string): void => {
      if (text.includes('sync running')) interrupting.abort(new Error('interrupted'));
    };
    const running = command(['sync'], database({ interrupted: interrupting.signal, onNote }));
    const runs = company.database().connection.collection('ldap_sync_runs');
    const { code, err } = await running;
    expect([code, err]).toEqual([4, expect.stringContaining('is being ended')]);
    expect(await runs.findOne({}, { projection: { state: 1 } })).toMatchObject({ state: 'interrupted' });
    const [run] = await runs.find({}).toArray();
    expect((await command(['run', String(run?._id)], database())).code).toBe(4);
  });

  it('5 when another run is going', async () => {
    await command(['sync'], database());
    for (const uid of ['p0', 'p1', 'p2', 'p3']) company.directory().people.remove(uid);
    await command(['sync'], database());
    const [held = ''] = (await command(['runs', '--limit', '1'], database())).out.split('\t');
    const { connection } = company.database();
    const later = new Date(Date.now() + 3_600_000);
    const lease = await connection.collection('ldap_sync_lease').findOne({});
    expect(lease).not.toBeNull();
    await connection.collection('ldap_sync_runs').insertOne({
      _id: 'bbbbbbbbbbbbbbbbb' as never,
      kind: 'revert',
      state: 'running',
      startedAt: new Date(),
      counts: {},
    });
    await connection
      .collection('ldap_sync_lease')
      .updateOne(
        { _id: lease!._id },
        { $set: { runId: 'bbbbbbbbbbbbbbbbb', holder: 'other', expiresAt: later } },
      );
    const { code, err } = await command(['approve', held, '--yes', '--count', '4'], database());
    expect([code, err]).toEqual([5, expect.stringContaining('A run is going')]);
  });

  it.each([
    ['nobody said who', { CHAT_LDAP_SYNC_AUTH_TOKEN: '' }],
    ['a wrong token', { CHAT_LDAP_SYNC_AUTH_TOKEN: 'wrong' }],
    ['no second factor', { CHAT_LDAP_SYNC_PASSWORD: '' }],
    ['a wrong second factor', { CHAT_LDAP_SYNC_PASSWORD: 'wrong' }],
  ])('6 for %s', async (_what, others) => {
    const { code, err } = await command(['sync'], { environment: { ...company.overHttp(), ...others } });
    expect([code, err]).toEqual([6, expect.stringMatching(/^error: .*\n {2}→ /)]);
    expect(err).not.toContain(AUTH_HEADERS['X-Auth-Token']);
    expect(err).not.toContain(SECOND_FACTOR['x-2fa-code']);
  });

  it('6 for a user without the permission', async () => {
    const { connection } = company.database();
    await connection.collection('rocketchat_permissions').deleteMany({});
    const environment = company.overHttp();
    for (const verb of ['status', 'sync', 'test'])
      expect((await command([verb], { environment })).code).toBe(6);
  });

  it('7 when nobody answers, over HTTP and on the database', async () => {
    const away = await startTcpProxy({ targetPort: 1 });
    await away.close();
    const http = { ...company.overHttp(), CHAT_LDAP_SYNC_URL: `http://127.0.0.1:${away.port}` };
    const mongo = byPort(company.database().url, away.port);
    mongo.searchParams.set('serverSelectionTimeoutMS', '500');
    for (const environment of [http, { MONGO_URL: mongo.href }]) {
      const { code, err } = await command(['status'], { environment });
      expect([code, err]).toEqual([7, expect.stringContaining('does not answer')]);
    }
  });

  it('7 when there are too many calls', async () => {
    const { connection } = company.database();
    const settings = connection.collection('rocketchat_settings');
    await settings.updateOne({ _id: 'API_Enable_Rate_Limiter' as never }, { $set: { value: true } });
    const environment = company.overHttp();
    const codes: number[] = [];
    for (let call = 0; call < 11; call += 1)
      codes.push((await command(['explain', 'nobody'], { environment })).code);
    expect(codes).toEqual([...Array(10).fill(1), 7]);
  });
});

it('every exit code has its number, and stands in the page and in --help', async () => {
  const page = readFileSync(join(__dirname, '../../docs/command-line.md'), 'utf8');
  const { out } = await command(['--help']);
  const codes = Object.values(EXIT_CODES);
  expect(codes.map(({ code }) => code)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  for (const { code, when } of codes) {
    expect(out).toContain(`  ${code}  ${when}`);
    expect(page).toMatch(new RegExp(`^\\| +${code} \\| ${when.replace(/[.*]/g, '\\$&')} +\\|$`, 'm'));
  }
});

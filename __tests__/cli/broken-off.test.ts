import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeSettings } from '../setup/host.js';
import { command, useCompany } from '../setup/command-line.js';
import { startTcpProxy, type TcpProxy } from '../setup/tcp-proxy.js';
import { startCommand } from '../setup/command-process.js';

const company = useCompany();
const NOWHERE = { LDAP_Host: '10.255.255.1', LDAP_Connect_Timeout: 60_000 };

let proxy: TcpProxy | undefined;
afterEach(() => proxy?.close());

/** A preview that can be applied; from then on the directory does not answer. */
async function planThenSilence(): Promise<string> {
  let isSilent = false;
  const distort = (chunk: Buffer) => ({ chunks: isSilent ? [] : [chunk] });
  proxy = await startTcpProxy({ targetPort: company.directory().port, distort });
  await storeSettings(company.database().connection, { LDAP_Port: proxy.port });
  const folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-cli-'));
  const file = join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify({ LDAP_Sync_History_Days: 30 }));
  const environment = company.overDatabase();
  await command(['sync'], { environment });
  expect((await command(['preview', '--settings', file], { environment })).code).toBe(0);
  rmSync(folder, { recursive: true });
  isSilent = true;
  return (await command(['runs', '--limit', '1'], { environment })).out.slice(0, 17);
}

describe('a process that is broken off by Ctrl-C', () => {
  it('over HTTP says that the application goes on and how to cancel it, ends with 4, and cancel ends it', async () => {
    const environment = company.overHttp();
    const apply = startCommand(['apply', await planThenSilence(), '--yes'], { environment });
    await apply.shows('application of a preview running');
    apply.kill('SIGINT');
    const { code, err } = await apply.ended();
    const [, run = ''] = /goes on\. Look: .*\. End it: chat-ldap-sync cancel (\w{17})\./.exec(err) ?? [];
    expect([code, run]).toEqual([4, expect.stringMatching(/^\w{17}$/)]);
    expect((await command(['status'], { environment })).out).toContain(`application of a preview ${run}`);
    expect((await command(['cancel', run], { environment })).code).toBe(0);
  });

  it('on the database ends its run with it, as interrupted, and ends with 4', async () => {
    await storeSettings(company.database().connection, NOWHERE);
    const sync = startCommand(['sync'], { environment: company.overDatabase() });
    await sync.shows('sync running');
    sync.kill('SIGINT');
    const { code, err } = await sync.ended();
    expect([code, err]).toEqual([4, expect.stringContaining('is being ended')]);
    const run = await company.database().connection.collection('ldap_sync_runs').findOne({});
    expect(run).toMatchObject({ state: 'interrupted' });
  });
});

describe.each([
  ['over HTTP', () => company.overHttp()],
  ['on the database', () => company.overDatabase()],
] as const)('a process %s', (_way, toEnvironment) => {
  it('whose reader has gone ends with 0 and says nothing', async () => {
    await command(['sync'], { environment: company.overDatabase() });
    const runs = startCommand(['runs', '--ndjson'], { environment: toEnvironment() });
    runs.child.stdout?.destroy();
    expect(await runs.ended()).toEqual({ code: 0, out: '', err: '' });
  });

  it('without a terminal asks nobody, and ends with 2 at a question', async () => {
    const revert = startCommand(['revert', 'aaaaaaaaaaaaaaaaa'], { environment: toEnvironment() });
    const { code, out, err } = await revert.ended();
    expect([code, out, err]).toEqual([2, '', expect.stringContaining('Nobody is there to be asked')]);
  });
});

it('a process with a closed stdin and no terminal ends with 6 where a second factor is wanted', async () => {
  const environment = { ...company.overHttp(), CHAT_LDAP_SYNC_PASSWORD: '' };
  const sync = startCommand(['sync'], { environment });
  sync.child.stdin?.end();
  const { code, err } = await sync.ended();
  expect([code, err]).toEqual([
    6,
    expect.stringMatching(/the password of the user[^]*CHAT_LDAP_SYNC_PASSWORD_FILE/),
  ]);
});

it('a process whose terminal is closed at the prompt for a code ends, and starts nothing', async () => {
  const environment = { ...company.overHttp(), CHAT_LDAP_SYNC_PASSWORD: '' };
  const sync = startCommand(['sync'], { environment, onTerminal: true });
  await sync.shows('Password of the chat server');
  // The end of the input: Ctrl-D.
  sync.type('\u0004');
  sync.child.stdin?.end();
  expect((await sync.ended()).code).toBe(4);
  expect(await company.database().connection.collection('ldap_sync_runs').countDocuments()).toBe(0);
});

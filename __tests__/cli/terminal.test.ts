import { ADMIN } from '../setup/host.js';
import { command, useCompany } from '../setup/command-line.js';
import { startCommand, type CommandProcess } from '../setup/command-process.js';

const company = useCompany();
const ENTER = '\r';
const CTRL_C = '\u0003';

function onTerminal(argv: readonly string[], environment: Readonly<Record<string, string>>): CommandProcess {
  return startCommand(argv, { environment, onTerminal: true });
}

async function hold(): Promise<string> {
  const environment = company.overDatabase();
  await command(['sync'], { environment });
  for (const uid of ['p0', 'p1', 'p2', 'p3']) company.directory().people.remove(uid);
  await command(['sync'], { environment });
  return (await command(['runs', '--limit', '1'], { environment })).out.slice(0, 17);
}

describe('a command on a terminal', () => {
  it('asks for the second factor without showing it, and again when it was wrong', async () => {
    const environment = { ...company.overHttp(), CHAT_LDAP_SYNC_PASSWORD: '' };
    const sync = onTerminal(['sync'], environment);
    await sync.shows('Password of the chat server');
    sync.type(`wrong${ENTER}`);
    await sync.shows('That was not right');
    await sync.shows('Password of the chat server');
    sync.type(`${ADMIN.password}${ENTER}`);
    await sync.shows('sync completed');
    const { code, out } = await sync.ended();
    expect(code).toBe(0);
    expect(out).not.toContain(ADMIN.password);
  });

  it('approves when the number that waits is typed, and nothing for another number', async () => {
    const held = await hold();
    const wrong = onTerminal(['approve', held], company.overDatabase());
    await wrong.shows('Type 4 to do these 4 removals');
    wrong.type(`3${ENTER}`);
    expect((await wrong.ended()).code).toBe(3);
    const right = onTerminal(['approve', held], company.overDatabase());
    await right.shows('Type 4 to do these 4 removals');
    right.type(`4${ENTER}`);
    await right.shows('approval completed');
    expect((await right.ended()).code).toBe(0);
  });

  it('lists runs with their hosts, and what a run was at that has failed', async () => {
    await command(['sync'], { environment: company.overDatabase() });
    const runs = company.database().connection.collection('ldap_sync_runs');
    await runs.updateMany({}, { $set: { state: 'failed', phase: 'guard', host: 'chat-1' } });
    const { code, out } = await onTerminal(['runs'], company.overDatabase()).ended();
    expect(code).toBe(0);
    expect(out).toMatch(/RUN .*STATE .*HOST .*PEOPLE/);
    const [run] = await runs.find({}).toArray();
    expect(out).toMatch(new RegExp(`${String(run?._id)} .*failed \\(d.*chat-1`));
  });

  it('does nothing when a question is answered with Ctrl-C, no (4) or another number (3)', async () => {
    const held = await hold();
    for (const [answer, code] of [
      [CTRL_C, 4],
      [`3${ENTER}`, 3],
    ] as const) {
      const reject = onTerminal(['reject', held], company.overDatabase());
      await reject.shows('Type 4 to reject these 4 removals');
      reject.type(answer);
      expect((await reject.ended()).code).toBe(code);
    }
    const revert = onTerminal(['revert', held], company.overDatabase());
    await revert.shows('Take back what the run');
    revert.type(ENTER);
    expect((await revert.ended()).code).toBe(4);
    expect((await command(['held'], { environment: company.overDatabase() })).code).toBe(3);
  });
});

describe('a command in a pipe', () => {
  it('writes its result to stdout and its progress to stderr, and ends by itself', async () => {
    const sync = startCommand(['sync'], { environment: company.overDatabase() });
    const { code, out, err } = await sync.ended();
    expect([code, out.split('\n')[0]]).toEqual([0, expect.stringContaining('✓ sync completed')]);
    expect(err).toContain('sync running');
  });

  it('over HTTP leaves the run going when it is interrupted, and says how to look', async () => {
    const { connection } = company.database();
    await connection
      .collection('rocketchat_settings')
      .updateOne({ _id: 'LDAP_Host' as never }, { $set: { value: '10.255.255.1' } });
    await connection
      .collection('rocketchat_settings')
      .insertOne({ _id: 'LDAP_Connect_Timeout' as never, value: 60_000 });
    const sync = startCommand(['sync'], { environment: company.overHttp() });
    await sync.shows('sync running');
    sync.kill('SIGINT');
    const { code, err } = await sync.ended();
    expect([code, err]).toEqual([4, expect.stringMatching(/goes on\. Look: chat-ldap-sync run \w{17}\./)]);
  });
});

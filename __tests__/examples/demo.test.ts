import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  startEmbeddedDirectory,
  type EmbeddedDirectory,
} from '../../examples/embedded-directory/start-embedded-directory.js';
import { signIn } from '../../examples/demo/chat-client.js';
import type { Demo } from '../../examples/demo/demo.js';
import { toPageSteps } from '../../examples/demo/next-steps.js';
import { startDemoProcess, type DemoProcess } from '../setup/demo-process.js';
import { openTestDatabase } from '../setup/mongo.js';

const run = promisify(execFile);

const started: DemoProcess[] = [];

function start(...given: Parameters<typeof startDemoProcess>): DemoProcess {
  const demo = startDemoProcess(...given);
  started.push(demo);
  return demo;
}

async function findDemoDatabases(): Promise<string[]> {
  const { connection, close } = await openTestDatabase();
  const { databases } = await connection.listDatabases();
  await close();
  return databases.map(({ name }) => name).filter((name) => name.startsWith('chat_ldap_sync_demo'));
}

/** The lines of the part under a heading. */
function partOf(output: string, heading: string): string {
  return output.split(`\n${heading}`)[1]?.split('\n\n')[0] ?? '';
}

afterEach(async () => {
  // Only a test that has failed leaves one behind.
  await Promise.all(started.splice(0).map((demo) => demo.signal('SIGTERM')));
  expect(await findDemoDatabases()).toEqual([]);
});

describe('npm run demo -- --once', () => {
  let demo: DemoProcess;
  let code: number | null;

  beforeAll(async () => {
    demo = start(['--once']);
    code = await demo.ended();
  });

  it('ends well, without colours where there is no terminal', () => {
    expect({ code, output: demo.output() }).toMatchObject({ code: 0 });
    expect(demo.output()).not.toContain('\u001b');
  });

  it('shows who was taken over, and with a photo', () => {
    expect(demo.output()).toMatch(
      /^ {2}ada\.lovelace +Ada Lovelace +ada\.lovelace@example\.org +yes +created$/m,
    );
    expect(demo.output()).toMatch(/^ {2}taro\.yamada +山田 太郎 +taro\.yamada@example\.org +yes +created$/m);
    expect(demo.output()).toMatch(/^ {2}dora\.dormant .* created, off$/m);
    expect(demo.output()).toMatch(/^ {2}vera\.vector .* refused +created$/m);
  });

  it.each([
    ['uid=nomi.postless', 'no e-mail address'],
    ['uid=***', 'No character of the user name'],
    ['uid=bina.ryland', 'not UTF-8'],
    ['ada.lovelace, Ada Lovelace (2)', 'The user name ada.lovelace belongs to another account'],
    ['reception.evening, Evan Evensen', 'The address reception@example.org belongs to another account'],
    ['vera.vector, Vera Vector', 'SVG is not accepted'],
    ['trudy.truncated, Trudy Truncated', 'damaged or incomplete JPEG'],
    ['hattie.html, Hattie Html', 'an HTML page, not an image'],
  ])('names %s as somebody who needs a human, says why, and what to do', (who, reason) => {
    const lines = partOf(demo.output(), 'Who needs a human (8)').split('\n');
    const at = lines.findIndex((line) => line.startsWith(`  ${who}  `));
    expect(lines.slice(at, at + 4)).toEqual(
      expect.arrayContaining([expect.stringContaining(reason), expect.stringMatching(/^ {4}→ ./)]),
    );
  });

  it('shows what the second sync changed, person by person, and that nobody else was written to', () => {
    const changed = partOf(demo.output(), 'What it changed');
    const people = [...changed.matchAll(/^ {2}(\S+) {2}(\w+)$/gm)].map(
      ([, who, outcome]) => `${who} ${outcome}`,
    );
    expect(people).toEqual([
      'grace.hopper updated',
      'linus.berg updated',
      'nadia.new created',
      'tomas.novak deactivated',
      'vera.vector updated',
      'zoe.muller updated',
    ]);
    expect(changed).toContain('ou=Engineering,ou=people,dc=example,dc=org → uid=linus.berg,ou=Research,');
    expect(changed).toContain('user name  zoe.muller → zoe.schmidt');
    expect(changed).toContain('state  on → off');
    expect(changed).toContain('33 people were as they should be; nothing was written to them.');
  });

  it('describes photos, and prints no checksum', () => {
    const changed = partOf(demo.output(), 'What it changed');
    expect(changed).toMatch(/^ {4}photo {2}replaced: 200×200 JPEG, \d+\.\d kB$/m);
    expect(changed).toMatch(/^ {4}photo {2}none → 200×200 JPEG, \d+\.\d kB$/m);
    expect(changed).toMatch(/^ {4}photo {6}200×200 JPEG, \d+\.\d kB$/m);
    expect(demo.output()).not.toMatch(/[0-9a-f]{32}/);
  });

  it('lists with a remedy who still needs a human after the second sync', () => {
    const lines = partOf(demo.output(), 'Who still needs a human (7)').split('\n').slice(1);
    expect(lines).toHaveLength(14);
    expect(lines.filter((line) => /^ {4}→ \S/.test(line))).toHaveLength(7);
    expect(lines.join('\n')).not.toContain('vera.vector');
  });

  it('shows a held run with its list, and why two people are on it', () => {
    expect(partOf(demo.output(), 'A mistake in the settings')).toMatch(
      /^ {2}! .*30 of 37 linked users would be deactivated; .*\n {4}→ ./m,
    );
    const list = partOf(demo.output(), 'What waits');
    expect(list).toMatch(/^ {2}ada\.lovelace +Ada Lovelace +r-\d{7}-\d+ +switched off$/m);
    expect(list).toContain('… and 22 more');
    const why = partOf(demo.output(), 'Why are they on it?');
    expect(why).toMatch(/^ {2}ada\.lovelace .*LDAP_User_Search_Filter/m);
    expect(why).toMatch(/^ {2}ines\.kovac .*is no longer in the directory/m);
  });

  it('approves one of the list, reverts that, and nobody has lost anything in the end', () => {
    const approved = partOf(demo.output(), 'Ines Kovač is approved');
    expect(approved).toContain('ines.kovac  deactivated\n    state  on → off');
    expect(approved).toMatch(/ldap\.rejectRun[^]*ldap\.restoreSettings/);
    expect(partOf(demo.output(), 'Ines Kovač again')).toContain(
      'ines.kovac  reactivated\n    state  off → on',
    );
    const last = demo.output().split('\nThe last sync')[1];
    expect(last).toMatch(/completed · 43 read · 38 unchanged[^]*Nobody has lost anything by the mistake\./);
  });
});

describe('npm run demo, when it stays up', () => {
  it('prints commands that work as they stand, and ends well when it is told to', async () => {
    const demo = start(['--stay']);
    await demo.printed('Ctrl-C ends it.');
    const commands = [...demo.output().matchAll(/^ {4}((?:curl|node) .*)$/gm)].map(([, command]) => command!);
    expect(commands).toHaveLength(4);
    const answers = await Promise.all(
      commands.map(async (command) => (await run('/bin/sh', ['-c', command])).stdout),
    );
    expect(answers).toEqual([
      expect.stringMatching(/^HTTP\/1\.1 200 OK[^]*\{"message":"Sync_in_progress","success":true\}$/),
      expect.stringMatching(/^\d{6}\n$/),
      expect.stringContaining('"state":"completed"'),
      '{"message":"LDAP_Connection_successful","success":true}',
    ]);
    const photo = await fetch(/^ {4}(http\S+\/avatar\/\S+)$/m.exec(demo.output())![1]!);
    expect(photo.headers.get('content-type')).toBe('image/jpeg');
    expect(await demo.signal('SIGINT')).toBe(0);
  });

  it('leads to the built page, whom to sign in as, a second factor, and a held list to decide', async () => {
    const demo = start(['--stay']);
    await demo.printed('Ctrl-C ends it.');
    const part = partOf(demo.output(), 'Look at the admin page');
    const [, page = '', password = '', code = '', runId = ''] =
      /address +(\S+\/ldap-sync\/)\n.*admin, password (\S+)\n.*once: (\S+) [^]*decide it here \S+#\/held\/(\w+)/.exec(
        part,
      ) ?? [];
    expect(await (await fetch(page)).text()).toContain('<script type="module"');
    const client = await signIn(new URL(page).origin, { username: 'admin', password });
    const rows = await client.readDeactivations(runId);
    expect(rows.length).toBeGreaterThan(20);
    const decision = { runId, rows: [rows[0]!.id] };
    await client.rejectRun(decision, { method: 'totp', code });
    const [decided] = await client.readDeactivations(runId);
    expect(decided).toMatchObject({ id: decision.rows[0], decided: { verdict: 'rejected' } });
    expect(await demo.signal('SIGTERM')).toBe(0);
  });

  it('says what to do where the page could not be built', () => {
    const facts = { backupCodes: [], withPhoto: undefined, heldRun: 'r1', pageLack: 'no vite' };
    const server = { url: 'http://127.0.0.1:1' } as Demo;
    expect(toPageSteps(server, facts)).toEqual([
      expect.stringContaining('no vite'),
      expect.stringMatching(/^→ Run npm run build:page .*http:\/\/127\.0\.0\.1:1\/ldap-sync\//),
    ]);
  });
});

describe("npm run demo, with a directory of one's own", () => {
  let directory: EmbeddedDirectory;

  beforeAll(async () => {
    directory = await startEmbeddedDirectory();
  });
  afterAll(() => directory.stop());

  const own = (): Record<string, string> => ({
    LDAP_URL: directory.url,
    LDAP_BASE_DN: directory.baseDN,
    LDAP_BIND_DN: directory.bindDN,
    LDAP_BIND_PASSWORD: directory.bindPassword,
    LDAP_FILTER: '(ou=Research)',
  });

  it('only reads it, and changes nothing at the second sync', async () => {
    const demo = start(['--once'], own());
    expect({ code: await demo.ended(), output: demo.output() }).toMatchObject({ code: 0 });
    expect(demo.output()).toContain(`your directory at ${directory.url}, which is only read`);
    expect(partOf(demo.output(), 'What it changed')).toBe(
      '\n  6 people were as they should be; nothing was written to them.',
    );
    expect(demo.output()).not.toContain('Meanwhile');
  });

  it('shows a held run, an approval and a revert there, too, by a filter that leaves out almost everybody', async () => {
    const before = JSON.stringify(directory.people.list());
    const demo = start(['--once'], own());
    expect({ code: await demo.ended(), output: demo.output() }).toMatchObject({ code: 0 });
    expect(partOf(demo.output(), 'A mistake in the settings')).toContain(
      '5 of 6 linked users would be deactivated',
    );
    expect(demo.output()).toMatch(/deactivated\n {4}state {2}on → off[^]*reactivated\n {4}state {2}off → on/);
    expect(demo.output()).toContain('Nobody has lost anything by the mistake.');
    expect(JSON.stringify(directory.people.list())).toBe(before);
  });

  it.each([
    ['of few people', { LDAP_FILTER: '(uid=ada.lovelace)' }, 'What it changed'],
    [
      'whose filter the environment says',
      { OVERWRITE_SETTING_LDAP_User_Search_Filter: '(ou=Research)' },
      'LDAP_User_Search_Filter comes from the environment',
    ],
    [
      'whose missing people stay on',
      { OVERWRITE_SETTING_LDAP_Background_Sync_Disable_Missing_Users: 'false' },
      'Nothing is held here',
    ],
  ])('ends well without a held run in a directory %s', async (_, given, said) => {
    const demo = start(['--once'], { ...own(), ...given });
    expect({ code: await demo.ended(), output: demo.output() }).toMatchObject({ code: 0 });
    expect(demo.output()).toContain(said);
    expect(demo.output()).not.toContain('What waits');
  });

  it.each([
    [{ LDAP_URL: 'http://x' }, 'LDAP_URL is not the URL of a directory'],
    [{ LDAP_BASE_DN: '' }, 'LDAP_BASE_DN is missing'],
    [{ LDAP_BIND_PASSWORD: '' }, 'LDAP_BIND_PASSWORD is missing'],
    [{ LDAP_SERVER_TYPE: 'novell' }, 'LDAP_SERVER_TYPE is "ad"'],
    [{ LDAP_BIND_PASSWORD: 'a-wrong-password' }, 'The sync did not complete'],
    [{ LDAP_URL: 'ldap://127.0.0.1:1' }, 'The sync did not complete'],
  ])('%j ends it with a reason, and without a password', async (wrong, reason) => {
    const demo = start(['--once'], { ...own(), ...wrong });
    expect(await demo.ended()).toBe(1);
    expect(demo.output()).toContain(reason);
    expect(demo.output()).not.toMatch(/a-wrong-password|demo-service-password/);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, useCompany, type Result } from '../setup/command-line.js';

const company = useCompany();
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-cli-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PASSWORD = 'LDAP_Authentication_Password';
const NO_CHANGE = 'aaaaaaaaaaaaaaaaa';

describe.each([
  ['over HTTP', () => company.overHttp()],
  ['on the database', () => company.overDatabase()],
] as const)('changes of settings %s', (_way, toEnvironment) => {
  const run = (...argv: string[]): Promise<Result> => command(argv, { environment: toEnvironment() });
  const get = async (id: string): Promise<string> => (await run('settings', 'get', id)).out.trim();

  /** Three changes, the newest first. */
  async function change(): Promise<readonly string[]> {
    writeFileSync(join(folder, 'secret'), 'hunter2');
    for (const argv of [
      ['LDAP_Sync_History_Days=30'],
      ['LDAP_Sync_History_Days=31', 'LDAP_Search_Page_Size=200'],
      ['--secret-file', `${PASSWORD}=${join(folder, 'secret')}`],
    ])
      expect((await run('settings', 'set', '--yes', ...argv)).code).toBe(0);
    const { out } = await run('settings', 'history');
    return out
      .trim()
      .split('\n')
      .map((line) => line.slice(0, 17));
  }

  it('are listed by history, newest first, with who, what and no secret', async () => {
    const ids = await change();
    const { code, out } = await run('settings', 'history');
    expect([code, ids.length, new Set(ids).size]).toEqual([0, 3, 3]);
    const [secret = '', both = '', first = ''] = out.split('\n');
    expect(secret).toContain(`${PASSWORD}: (secret)`);
    expect(both).toContain('LDAP_Sync_History_Days: 30 → 31, LDAP_Search_Page_Size: ');
    expect(first).toMatch(/^\w{17}\t\d{4}-.*\t\S.*\t\tLDAP_Sync_History_Days: \(none\) → 30$/);
    expect(out).not.toContain('hunter2');
    const json = JSON.parse((await run('settings', 'history', '--limit', '2', '--json')).out) as object;
    expect(json).toMatchObject({ count: 2, changes: [{ _id: ids[0] }, { _id: ids[1] }] });
  });

  it('are shown and taken back by restore, with all that came after; a secret stays unless it is given', async () => {
    const [, both = ''] = await change();
    const dry = await run('settings', 'restore', both, '--dry-run');
    expect([dry.code, dry.err]).toEqual([0, expect.stringMatching(/LDAP_Sync_History_Days +31 +30/)]);
    expect(dry.err).toContain(`${PASSWORD} was changed, too; what it was is not kept`);
    const asked = await run('settings', 'restore', both);
    expect([asked.code, asked.err]).toEqual([2, expect.stringContaining('Say --yes')]);
    expect(await get('LDAP_Sync_History_Days')).toBe('31');
    const back = await run('settings', 'restore', both, '--yes');
    expect([back.code, back.out]).toEqual([0, expect.stringMatching(/^✓ 2 changed, change \w{17}\n$/)]);
    expect(await get('LDAP_Sync_History_Days')).toBe('30');
    expect((await run('settings', 'history', '--limit', '1')).out).toContain(`back to before ${both}`);
    const stored = await company
      .database()
      .connection.collection('rocketchat_settings')
      .findOne({ _id: PASSWORD as never });
    expect(stored?.value).toBe('hunter2');
  });

  it('are taken back with --json as the API answers, and with --dry-run --json as what would change', async () => {
    const [, , first = ''] = await change();
    const file = ['--secret-file', `${PASSWORD}=${join(folder, 'secret')}`];
    writeFileSync(join(folder, 'secret'), company.directory().bindPassword);
    const dry = JSON.parse((await run('settings', 'restore', first, '--dry-run', '--json', ...file)).out) as {
      changes: readonly { setting: string }[];
    };
    expect(dry.changes.map(({ setting }) => setting).sort()).toEqual([
      PASSWORD,
      'LDAP_Search_Page_Size',
      'LDAP_Sync_History_Days',
    ]);
    // As it was before the oldest of the changes, not before the newest.
    expect(dry.changes).toContainEqual({
      setting: 'LDAP_Sync_History_Days',
      isSecret: false,
      from: 31,
      to: 90,
    });
    const { code, out } = await run('settings', 'restore', first, '--yes', '--json', ...file);
    expect([code, JSON.parse(out)]).toMatchObject([0, { revision: expect.any(String), warnings: [] }]);
    expect((await run('test', 'p1')).code).toBe(0);
    expect(await get('LDAP_Sync_History_Days')).toBe('90');
  });

  it('that are not kept, and ids that cannot be one, are refused with where they are listed', async () => {
    for (const [id, code] of [[NO_CHANGE, 1] as const, ['../etc', 2] as const]) {
      const refused = await run('settings', 'restore', id, '--yes');
      expect([refused.code, refused.err]).toEqual([
        code,
        expect.stringContaining('chat-ldap-sync settings history lists'),
      ]);
    }
  });
});

it('settings restore over HTTP changes nothing without the second factor, and ends with 6', async () => {
  const environment = company.overHttp();
  await command(['settings', 'set', '--yes', 'LDAP_Sync_History_Days=30'], { environment });
  const { out } = await command(['settings', 'history'], { environment });
  for (const CHAT_LDAP_SYNC_PASSWORD of ['', 'wrong']) {
    const given = { environment: { ...environment, CHAT_LDAP_SYNC_PASSWORD } };
    expect((await command(['settings', 'restore', out.slice(0, 17), '--yes'], given)).code).toBe(6);
  }
  expect((await command(['settings', 'get', 'LDAP_Sync_History_Days'], { environment })).out).toBe('30\n');
});

it('settings restore leaves what the environment overrides, and says so', async () => {
  const environment = company.overDatabase();
  await command(['settings', 'set', '--yes', 'LDAP_Sync_History_Days=30'], { environment });
  const { out } = await command(['settings', 'history'], { environment });
  const overridden = { ...environment, OVERWRITE_SETTING_LDAP_Sync_History_Days: '40' };
  const { code, err } = await command(['settings', 'restore', out.slice(0, 17), '--yes'], {
    environment: overridden,
  });
  expect([code, err]).toEqual([0, expect.stringMatching(/LDAP_Sync_History_Days stays[^]*Nothing differs/)]);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN, sha256Hex } from '../setup/host.js';
import { command, useCompany } from '../setup/command-line.js';

const company = useCompany();
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-cli-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PASSWORD = 'LDAP_Authentication_Password';
function write(content: string): string {
  const path = join(folder, 'secret');
  writeFileSync(path, content);
  return path;
}

describe('a secret', () => {
  it.each([
    '--password',
    '--token=x',
    '--auth-token',
    '--totp',
    '--code',
    '--mongo-url',
    '--bind-password',
    '--secret',
  ])('is refused as the flag %s, with the place where it belongs', async (flag) => {
    const { code, err } = await command(['sync', flag, 'hunter2'], { environment: company.overDatabase() });
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/secrets are never given by a flag\.\n {2}→ Use /),
    ]);
    expect(err).not.toContain('hunter2');
  });

  it('is refused as ID=VALUE, and not printed', async () => {
    for (const verb of ['set', 'diff']) {
      const argv = ['settings', verb, `${PASSWORD}=hunter2`];
      const { code, err } = await command(argv, { environment: company.overDatabase() });
      expect([code, err]).toEqual([2, expect.stringContaining(`--secret-file ${PASSWORD}=PATH`)]);
      expect(err).not.toContain('hunter2');
    }
  });

  it.each([
    ['a file', () => ['--secret-file', `${PASSWORD}=${write('hunter2\n')}`], ''],
    ['stdin', () => ['--ask', PASSWORD], 'hunter2\n'],
  ])('is set from %s, and shown nowhere', async (_from, toArguments, input) => {
    const environment = company.overDatabase();
    const set = await command(['settings', 'set', '--yes', ...toArguments()], { environment, input });
    expect(set.code).toBe(0);
    const stored = await company
      .database()
      .connection.collection('rocketchat_settings')
      .findOne({ _id: PASSWORD as never });
    expect(stored?.value).toBe('hunter2');
    const shown = await Promise.all(
      [
        ['settings', 'get', PASSWORD],
        ['settings', 'get', '--json', '--all'],
        ['settings', 'get', '--csv'],
      ].map((argv) => command(argv, { environment })),
    );
    for (const { out, err } of [set, ...shown]) expect(out + err).not.toContain('hunter2');
    expect(shown[0]?.out).toBe('(secret)\n');
  });

  it.each([
    ['is empty', ''],
    ['holds a NUL', 'a\0b'],
  ])('of a file that %s is refused', async (_what, content) => {
    const argv = ['settings', 'set', '--yes', '--secret-file', `${PASSWORD}=${write(content)}`];
    expect((await command(argv, { environment: company.overDatabase() })).code).toBe(2);
  });

  it('of the service account may come from a file that the environment names', async () => {
    const { connection } = company.database();
    await connection.collection('rocketchat_settings').deleteOne({ _id: PASSWORD as never });
    const environment = company.overDatabase();
    expect((await command(['sync'], { environment })).code).toBe(1);
    const file = write(`${company.directory().bindPassword}\n`);
    const named = { ...environment, [`OVERWRITE_SETTING_${PASSWORD}_FILE`]: file };
    expect((await command(['sync'], { environment: named })).code).toBe(0);
  });

  it('that signs in may come from files', async () => {
    const { CHAT_LDAP_SYNC_AUTH_TOKEN: token, ...rest } = company.overHttp() as Record<string, string>;
    const environment = { ...rest, CHAT_LDAP_SYNC_AUTH_TOKEN_FILE: write(`${token ?? ''}\n`) };
    expect((await command(['status'], { environment })).code).toBe(0);
  });
});

describe('the second factor', () => {
  it('is taken from CHAT_LDAP_SYNC_PASSWORD_FILE, hashed as the contract says', async () => {
    const environment = {
      ...company.overHttp(),
      CHAT_LDAP_SYNC_PASSWORD: '',
      CHAT_LDAP_SYNC_PASSWORD_FILE: write(ADMIN.password),
    };
    expect((await command(['sync'], { environment })).code).toBe(0);
  });

  it('of CHAT_LDAP_SYNC_TOTP_CODE is given where the user has an authenticator app', async () => {
    const { connection } = company.database();
    const backup = 'abcdefgh';
    const totp = {
      enabled: true,
      secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      hashedBackup: [sha256Hex(backup)],
    };
    await connection
      .collection('users')
      .updateOne({ _id: ADMIN._id as never }, { $set: { 'services.totp': totp } });
    const environment = { ...company.overHttp(), CHAT_LDAP_SYNC_TOTP_CODE: backup };
    expect((await command(['sync'], { environment })).code).toBe(0);
    const again = await command(['sync'], { environment });
    expect([again.code, again.err]).toEqual([6, expect.stringContaining('each counts once')]);
  });

  it.each([
    ['', /A second factor is wanted: the password of the user.*\n {2}→ Set CHAT_LDAP_SYNC_PASSWORD_FILE/],
    ['wrong', /The password .* is wrong\.\n {2}→ Correct the password in CHAT_LDAP_SYNC_PASSWORD_FILE/],
  ])(
    'of a user without an app is named as the password, with the password %j and a code',
    async (given, said) => {
      const factors = { CHAT_LDAP_SYNC_PASSWORD: given, CHAT_LDAP_SYNC_TOTP_CODE: '123456' };
      const { code, err } = await command(['sync'], { environment: { ...company.overHttp(), ...factors } });
      expect([code, err]).toEqual([6, expect.stringMatching(said)]);
      expect(err).not.toContain('TOTP_CODE');
    },
  );

  it('is asked of nobody on the database', async () => {
    expect((await command(['sync'], { environment: company.overDatabase() })).code).toBe(0);
    const { connection } = company.database();
    const [run] = await connection.collection('ldap_sync_runs').find({}).toArray();
    expect(run?.requestedBy).toEqual({
      _id: 'command-line',
      username: expect.stringMatching(/ \(command line\)$/),
    });
  });
});

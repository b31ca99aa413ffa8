import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { readServeConfig } from '../../cli/serve/config.js';
import { toOverrideEnvironment } from '../../cli/serve/override-environment.js';
import { command, useCompany } from '../setup/command-line.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-config-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('the configuration of serve', () => {
  const trustProxy = (text: string) =>
    readServeConfig(undefined, { CHAT_LDAP_SYNC_TRUST_PROXY: text }).trustProxy;

  it.each(['false', 'off', '0', '2', 'loopback', '10.0.0.1, fd00::/8', '10.0.0.0/8,uniquelocal'])(
    'takes %s for the proxies, and Express does',
    (text) => {
      const value = trustProxy(text);
      expect(() => express().set('trust proxy', value)).not.toThrow();
      if (['false', 'off', '0'].includes(text)) expect(value).toBe(0);
    },
  );

  it.each(['true', 'flase', 'loopbak', '10.0.0.1/33', '10.0.0.0/0', '10.0.0', '99', 'a,,b'])(
    'refuses %s for the proxies, and names the variable',
    async (text) => {
      const environment = { CHAT_LDAP_SYNC_TRUST_PROXY: text, MONGO_URL: 'mongodb://db/chat' };
      const { code, err } = await command(['serve'], { environment });
      expect([code, err]).toEqual([2, expect.stringContaining('CHAT_LDAP_SYNC_TRUST_PROXY cannot be used')]);
    },
  );

  it.each(['', false, true, [], [80], null, '80 ', 65_536, -1, 1.5])(
    'refuses the port %j of a file',
    (port) => {
      expect(() => readServeConfig(write('c.json', { port }), {})).toThrow('serve cannot be started so');
    },
  );

  it.each([
    ['is not there', () => join(folder, 'nowhere.json'), 'ENOENT', 'no such file'],
    ['is a directory', () => folder, 'EISDIR', 'the file in it'],
    ['is not JSON', () => write('c.json', '# port = 3080'), 'not JSON', 'double quotes'],
  ])('that %s is refused with a remedy', async (_, path, why, remedy) => {
    const { code, err } = await command(['serve', '--config', path()], { environment: {} });
    expect([code, err]).toEqual([2, expect.stringContaining(why)]);
    expect(err).toContain(remedy);
  });

  it('lets a file that the environment names win over a setting of the configuration', () => {
    const name = 'OVERWRITE_SETTING_LDAP_Authentication_Password';
    const environment = { [`${name}_FILE`]: write('secret', 'of the file\n') };
    const settings = { LDAP_Authentication_Password: 'of the configuration', LDAP_Port: 636 };
    expect(toOverrideEnvironment(settings, environment)).toMatchObject({
      [name]: 'of the file',
      OVERWRITE_SETTING_LDAP_Port: '636',
    });
  });
});

describe('a command on the database with --config', () => {
  const company = useCompany();

  it('has the settings of the file, and takes the database from it', async () => {
    const mongoUrl = company.database().url;
    const config = write('config.json', { mongoUrl, settings: { LDAP_User_Search_Filter: '(uid=p1)' } });
    const filter = ['settings', 'get', 'LDAP_User_Search_Filter'];
    expect((await command([...filter, '--config', config])).out).toBe('(uid=p1)\n');
    expect((await command([...filter, '--config', config, '--url', 'https://chat.example'])).code).toBe(2);
    const set = await command(['settings', 'set', 'LDAP_User_Search_Filter=x', '--config', config, '--yes']);
    expect(set.err).toContain('overridden by an environment');
  });

  it('refuses --no-wait before anything is asked', async () => {
    const argv = ['revert', 'aaaaaaaaaaaaaaaaa', '--no-wait'];
    const { code, err } = await command(argv, { environment: company.overDatabase() });
    expect([code, err]).toEqual([2, expect.stringContaining('Leave out --no-wait')]);
  });
});

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startMongo } from '../../dev/mongodb.js';
import { startMongod } from '../../dev/mongod.js';
import { openConnection } from '../setup/mongo.js';

const PROGRAM = join(__dirname, '../setup/fake-mongod-program.ts');

let folder: string;
let record: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-test-'));
  record = join(folder, 'record');
  path = [folder, process.env.PATH].join(delimiter);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A `mongod` on the PATH that writes down what it is told. */
function installFakeMongod({ version = '7.0.14', code = 0 } = {}): void {
  const script = [
    '#!/bin/sh',
    `[ "$1" = --version ] && { echo 'db version v${version}'; exit 0; }`,
    `exec '${process.execPath}' --import tsx '${PROGRAM}' '${record}' ${code} "$@"`,
  ];
  writeFileSync(join(folder, 'mongod'), script.join('\n'), { mode: 0o755 });
}

function recorded(): { pid: number; args: readonly string[]; initiated: unknown } {
  const [start, initiation] = readFileSync(record, 'utf8').trim().split('\n');
  const { pid, args } = JSON.parse(start!) as { pid: number; args: readonly string[] };
  return { pid, args, initiated: JSON.parse(initiation ?? 'null') };
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const after = (args: readonly string[], option: string): string => args[args.indexOf(option) + 1] ?? '';

describe('mongod on the PATH', () => {
  it('is a replica set of one, with its primary elected, when it is handed over', async () => {
    installFakeMongod();
    const mongo = await startMongo({ PATH: path });
    try {
      const { args, initiated } = recorded();
      expect(args).toEqual([
        ...['--port', after(args, '--port'), '--bind_ip', '127.0.0.1', '--dbpath', after(args, '--dbpath')],
        ...['--quiet', '--replSet', 'rs0', '--oplogSize', '64'],
      ]);
      const host = `127.0.0.1:${after(args, '--port')}`;
      expect(initiated).toEqual({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } });
      expect(mongo).toMatchObject({ url: `mongodb://${host}/`, isStandIn: false });
      expect(mongo.description).toBe('mongod from the PATH, as a replica set of one');
      await (await openConnection(mongo.url)).close();
    } finally {
      await mongo.stop();
    }
  });

  it('that cannot be initiated is ended, and its data are removed', async () => {
    installFakeMongod({ code: 93 });
    await expect(startMongod(path)).rejects.toThrow('no');
    const { pid, args } = recorded();
    expect([isAlive(pid), existsSync(after(args, '--dbpath'))]).toEqual([false, false]);
  });

  it('that is older than mongoose needs is not started', async () => {
    installFakeMongod({ version: '5.0.9' });
    await expect(startMongod(path)).rejects.toThrow('mongod on the PATH is v5.0.9, which is too old');
    expect(existsSync(record)).toBe(false);
  });

  it('is not needed', async () => {
    expect(await startMongod(folder)).toBeUndefined();
  });
});

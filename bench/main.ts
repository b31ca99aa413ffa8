/**
 * How fast a sync is beside the fastest thing possible in the same run: first import and no-change sweep
 * against `ldapsearch` draining the same attributes and the raw driver moving the same documents. Prints a
 * table and writes bench/RESULTS.md. BENCH_SIZES and BENCH_ROUNDS change what is measured, BENCH_DATABASE is
 * how the report names the server of MONGO_URL.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { toDatabaseUrl } from '../dev/mongo-url.js';
import { startMongo } from '../dev/mongodb.js';
import { startSlapd, type Slapd } from '../dev/slapd.js';
import { measureDriver, measureLdapsearch } from './floors.js';
import { toLdif } from './people.js';
import { toReport, type Round, type Sync } from './report.js';

const SIZES = (process.env.BENCH_SIZES ?? '2000,20000').split(',').map(Number);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SUFFIX = 'dc=bench';
const ATTRIBUTES = [
  'entryUUID',
  'uid',
  'cn',
  'mail',
  'loginDisabled',
  'orclIsEnabled',
  'nsAccountLock',
  'userAccountControl',
];

const mongo = await startMongo();
const rounds: Round[] = [];
try {
  for (const people of SIZES) {
    const slapd = await startSlapd({ suffix: SUFFIX, ldif: toLdif(SUFFIX, people) });
    const url = toDatabaseUrl(mongo.url, `chatldapsync_bench_${people}`);
    await measureRounds(people, slapd, url).finally(() => slapd.stop());
  }
} finally {
  await mongo.stop();
}
const report = toReport(rounds, {
  database: process.env.BENCH_DATABASE ?? mongo.description,
  machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
  rounds: ROUNDS,
});
process.stdout.write(`${report}\n`);
writeFileSync(join(import.meta.dirname, 'RESULTS.md'), `${report}\n`);

async function measureRounds(people: number, slapd: Slapd, url: string): Promise<void> {
  for (let round = 1; round <= ROUNDS; round += 1) {
    process.stderr.write(`${people} people, round ${round} of ${ROUNDS}\n`);
    rounds.push(await measureRound(people, slapd, url));
  }
  await drop(url);
}

async function measureRound(people: number, slapd: Slapd, url: string): Promise<Round> {
  await drop(url);
  const firstImport = sync(slapd, url, people, 'created');
  const noChange = sync(slapd, url, people, 'unchanged');
  return {
    people,
    firstImport,
    noChange,
    ldapsearchMs: measureLdapsearch(slapd, ATTRIBUTES),
    read: measureDriver('read', url),
    insert: measureDriver('insert', url),
  };
}

function sync(
  { port, rootDN, rootPassword }: Slapd,
  url: string,
  people: number,
  outcome: 'created' | 'unchanged',
): Sync {
  const settings = {
    LDAP_Enable: 'true',
    LDAP_Background_Sync: 'true',
    LDAP_Background_Sync_Disable_Missing_Users: 'true',
    LDAP_Server_Type: '',
    LDAP_Host: '127.0.0.1',
    LDAP_Port: String(port),
    LDAP_Authentication: 'true',
    LDAP_Authentication_UserDN: rootDN,
    LDAP_Authentication_Password: rootPassword,
    LDAP_BaseDN: SUFFIX,
    LDAP_Unique_Identifier_Field: 'entryUUID',
  };
  const env = Object.fromEntries(
    Object.entries(settings).map(([id, value]) => [`OVERWRITE_SETTING_${id}`, value]),
  );
  const output = execFileSync(process.execPath, [join(import.meta.dirname, 'measure-sync.mjs'), url], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  const result = JSON.parse(output) as Sync & { state: string; counts: Record<string, number> };
  if (result.state !== 'completed' || result.counts[outcome] !== people)
    throw new Error(`The sync did not do its job: ${output}`);
  return result;
}

async function drop(url: string): Promise<void> {
  const connection = await mongoose.createConnection(url).asPromise();
  await connection.dropDatabase();
  await connection.close();
}

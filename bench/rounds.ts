import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import mongoose from 'mongoose';
import type { Slapd } from '../dev/slapd.js';
import { measureDriver, measureLdapsearch, type DriverTimes } from './floors.js';
import type { Tree } from './trees.js';

/** What one sync cost. */
export interface Sync {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMiB: number;
  readonly eventLoopP99Ms: number;
}

/** The syncs of one tree, and the floors beside them. */
export interface Measurement {
  readonly firstImport: Sync;
  readonly noChange: Sync;
  readonly ldapsearchMs: number;
  readonly read: DriverTimes;
  readonly insert: DriverTimes;
}

export interface Round {
  readonly people: number;
  readonly own: Measurement;
  readonly baseline?: Measurement;
}

/** What is measured, and against what. */
export interface Stage {
  readonly people: number;
  readonly slapd: Slapd;
  /** Of a database that is emptied. */
  readonly url: string;
  readonly own: Tree;
  readonly baseline?: Tree | undefined;
}

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

/** In turn, the other tree first each time: what slows the machine down for a while hits both. */
export async function measureRound(stage: Stage, number: number): Promise<Round> {
  const { people, own, baseline } = stage;
  if (!baseline) return { people, own: await measureTree(stage, own) };
  if (number % 2 === 1) {
    const first = await measureTree(stage, own);
    return { people, own: first, baseline: await measureTree(stage, baseline) };
  }
  const first = await measureTree(stage, baseline);
  return { people, own: await measureTree(stage, own), baseline: first };
}

export async function drop(url: string): Promise<void> {
  const connection = await mongoose.createConnection(url).asPromise();
  await connection.dropDatabase();
  await connection.close();
}

async function measureTree(stage: Stage, tree: Tree): Promise<Measurement> {
  const { slapd, url } = stage;
  await drop(url);
  const firstImport = sync(stage, tree, 'created');
  const noChange = sync(stage, tree, 'unchanged');
  return {
    firstImport,
    noChange,
    ldapsearchMs: measureLdapsearch(slapd, ATTRIBUTES),
    read: measureDriver('read', url),
    insert: measureDriver('insert', url),
  };
}

function sync({ slapd, url, people }: Stage, tree: Tree, outcome: 'created' | 'unchanged'): Sync {
  return measureSync({ url, folder: tree.folder, settings: toSettings(slapd) }, { [outcome]: people });
}

interface Measured {
  readonly url: string;
  /** Of a tree that is built. */
  readonly folder: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** One sync in a process of its own, which must come to these counts. */
export function measureSync(
  { url, folder, settings }: Measured,
  counts: Readonly<Record<string, number>>,
): Sync {
  const output = execFileSync(process.execPath, [join(folder, 'bench', 'measure-sync.mjs'), url], {
    encoding: 'utf8',
    env: { ...process.env, ...toEnvironment(settings) },
  });
  const result = JSON.parse(output) as Sync & { state: string; counts: Record<string, number> };
  const isAsWanted = Object.entries(counts).every(([outcome, people]) => result.counts[outcome] === people);
  if (result.state !== 'completed' || !isAsWanted)
    throw new Error(`The sync of ${folder} did not do its job: ${output}`);
  return result;
}

/** The settings of a sync of everybody. */
export function toSettings({ port, rootDN, rootPassword, suffix }: Slapd): Readonly<Record<string, string>> {
  return {
    LDAP_Enable: 'true',
    LDAP_Background_Sync: 'true',
    LDAP_Background_Sync_Disable_Missing_Users: 'true',
    LDAP_Server_Type: '',
    LDAP_Host: '127.0.0.1',
    LDAP_Port: String(port),
    LDAP_Authentication: 'true',
    LDAP_Authentication_UserDN: rootDN,
    LDAP_Authentication_Password: rootPassword,
    LDAP_BaseDN: suffix,
    LDAP_Unique_Identifier_Field: 'entryUUID',
  };
}

function toEnvironment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(settings).map(([id, value]) => [`OVERWRITE_SETTING_${id}`, value]),
  );
}

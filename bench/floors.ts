import { spawnSync } from 'node:child_process';
import mongoose, { type Connection } from 'mongoose';
import type { Slapd } from '../dev/slapd.js';

const BATCH = 1_000;
const READ_BATCH = 250;
const PARALLEL_READS = 4;

/** `ldapsearch` draining what a sync asks for to nowhere. */
export function measureLdapsearch({ url, rootDN, rootPassword, suffix }: Slapd, attributes: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(
    'ldapsearch',
    ['-x', '-LLL', '-H', url, '-D', rootDN, '-w', rootPassword, '-b', suffix, '-E', 'pr=1000/noprompt', '(&(objectClass=*)(uid=*))', ...attributes],
    { stdio: 'ignore' },
  );
  if (status !== 0) throw new Error('ldapsearch failed');
  return performance.now() - start;
}

/** The raw driver reading every user by id, in the batches and the number of requests at once that suit the server. */
export async function measureRead(url: string): Promise<number> {
  return withConnection(url, async (connection) => {
    const users = connection.collection('users');
    const ids = (await users.find({}, { projection: { 'services.ldap.id': 1 } }).toArray()).map(({ services }) => services.ldap.id as string);
    const start = performance.now();
    const batches: string[][] = [];
    for (let at = 0; at < ids.length; at += READ_BATCH) batches.push(ids.slice(at, at + READ_BATCH));
    const queue = batches.values();
    const work = async (): Promise<void> => {
      for (const batch of queue) await users.find({ 'services.ldap.id': { $in: batch } }, { batchSize: READ_BATCH + 1 }).toArray();
    };
    await Promise.all(Array.from({ length: PARALLEL_READS }, work));
    return performance.now() - start;
  });
}

/** The raw driver inserting the same documents into a collection with the same indexes. */
export async function measureInsert(url: string): Promise<number> {
  return withConnection(url, async (connection) => {
    const documents = await connection.collection('users').find({}).toArray();
    const copy = connection.collection('users_copy');
    await copy.drop().catch(() => undefined);
    for (const { key, unique, sparse } of await connection.collection('users').indexes()) {
      if (!('_id' in key)) await copy.createIndex(key, { unique: unique === true, sparse: sparse === true });
    }
    const start = performance.now();
    for (let at = 0; at < documents.length; at += BATCH) await copy.insertMany(documents.slice(at, at + BATCH), { ordered: false });
    const wallMs = performance.now() - start;
    await copy.drop();
    return wallMs;
  });
}

export async function dropUsers(url: string): Promise<void> {
  await withConnection(url, async (connection) => {
    await connection.collection('users').drop().catch(() => undefined);
  });
}

async function withConnection<T>(url: string, use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await mongoose.createConnection(url).asPromise();
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

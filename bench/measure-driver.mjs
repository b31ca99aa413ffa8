/**
 * What the raw driver needs for the same documents, in a process of its own. Prints milliseconds as JSON: of
 * each way to read them, or of inserting them.
 */
import mongoose from 'mongoose';

const READ_BATCH = 250;
const SCAN_BATCH = 1_000;
const INSERT_BATCH = 1_000;
/** What a sync compares. */
const COMPARED = {
  username: 1,
  name: 1,
  emails: 1,
  active: 1,
  sipExtension: 1,
  importIds: 1,
  'services.ldap': 1,
  ldapSync: 1,
};
/** What suits the server best; the floor is to be as low as it can be. */
const PARALLEL = { read: 4, insert: 2 };

const [, , kind, url] = process.argv;
const connection = await mongoose.createConnection(url, { autoIndex: false }).asPromise();
const users = connection.collection('users');
console.log(JSON.stringify(kind === 'read' ? await read() : { insert: await insert() }));
await connection.close();

async function read() {
  const ids = (await users.find({}, { projection: { _id: 0, 'services.ldap.id': 1 } }).toArray()).map(
    ({ services }) => services.ldap.id,
  );
  return {
    in: await timed(batches(ids, READ_BATCH), PARALLEL.read, (batch) =>
      users.find({ 'services.ldap.id': { $in: batch } }, { batchSize: READ_BATCH + 1 }).toArray(),
    ),
    scan: await timed([{ projection: COMPARED }], 1, drain),
    rawScan: await timed([{ raw: true }], 1, drain),
  };
}

/** Keeps nothing: a floor does not pay for memory. */
async function drain(options) {
  const cursor = users.find({}, { batchSize: SCAN_BATCH, ...options });
  while ((await cursor.next()) !== null);
}

async function insert() {
  const documents = await users.find({}).toArray();
  const copy = connection.collection('users_copy');
  await copy.drop().catch(() => undefined);
  for (const { key, unique, sparse } of await users.indexes()) {
    if (!('_id' in key)) await copy.createIndex(key, { unique: unique === true, sparse: sparse === true });
  }
  const wallMs = await timed(batches(documents, INSERT_BATCH), PARALLEL.insert, (batch) =>
    copy.insertMany(batch, { ordered: false }),
  );
  await copy.drop();
  return wallMs;
}

async function timed(items, parallel, work) {
  const start = performance.now();
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return performance.now() - start;
}

function batches(items, size) {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

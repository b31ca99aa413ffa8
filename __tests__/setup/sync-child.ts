import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { composeLdapSync } from '../../lib/create-ldap-sync.js';
import { LEASE_TIMES } from '../../lib/sync/run/lease.js';

// A host of its own: connects, says `ready`, and for each line `go N` on stdin makes N calls of sync() at
// once. It may send itself a signal right before its n-th commit: then a transaction is open that has passed
// the fence.
const {
  SYNC_CHILD_URL = '',
  SYNC_CHILD_LEASE_FACTOR = '1',
  SYNC_CHILD_SIGNAL = '',
  SYNC_CHILD_COMMIT = '',
} = process.env;
const connection = await mongoose
  .createConnection(SYNC_CHILD_URL, { autoIndex: false, maxPoolSize: 20 })
  .asPromise();
const factor = Number(SYNC_CHILD_LEASE_FACTOR);
const { life, heartbeat } = LEASE_TIMES;
const ldapSync = composeLdapSync(
  { connection, environment: {} },
  { life: life * factor, heartbeat: heartbeat * factor },
);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { prototype } = mongoose.mongo.ClientSession;
const { commitTransaction } = prototype;
let commits = 0;
prototype.commitTransaction = function (...args) {
  commits += 1;
  if (commits === Number(SYNC_CHILD_COMMIT)) process.kill(process.pid, SYNC_CHILD_SIGNAL);
  return commitTransaction.apply(this, args);
};

say('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const calls = Number(/^go (\d+)$/.exec(line)?.[1] ?? 0);
  say('going');
  await Promise.all(
    Array.from({ length: calls }, async () =>
      say(
        await ldapSync.sync().then(
          (report) => `report ${JSON.stringify(report)}`,
          (error: unknown) => `error ${String(error)}`,
        ),
      ),
    ),
  );
  say('done');
}
await connection.close();

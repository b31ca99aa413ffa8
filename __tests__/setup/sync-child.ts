import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { composeLdapSync } from '../../lib/create-ldap-sync.js';
import { LEASE_TIMES } from '../../lib/sync/run/lease.js';
import { createAppliedPlans } from './applied-plans.js';

// A host of its own: connects, says `ready`, and for each line `go N` on stdin makes N calls of sync() at
// once, for each line `apply ID` applies a preview. It may send itself a signal right before its n-th commit: then
// a transaction is open that has passed the fence. Or right after it: then all of it is written.
const {
  SYNC_CHILD_URL = '',
  SYNC_CHILD_LEASE_FACTOR = '1',
  SYNC_CHILD_SIGNAL = '',
  SYNC_CHILD_COMMIT = '',
  SYNC_CHILD_MOMENT = 'before',
  SYNC_CHILD_COUNT_FROM = '',
} = process.env;
const connection = await mongoose
  .createConnection(SYNC_CHILD_URL, { autoIndex: false, maxPoolSize: 20 })
  .asPromise();
const factor = Number(SYNC_CHILD_LEASE_FACTOR);
const leaseTimes = { life: LEASE_TIMES.life * factor, heartbeat: LEASE_TIMES.heartbeat * factor };
const ldapSync = composeLdapSync({ connection, environment: {} }, leaseTimes);
const plans = createAppliedPlans(connection, leaseTimes);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { prototype } = mongoose.mongo.ClientSession;
const { commitTransaction } = prototype;
let isCounting = SYNC_CHILD_COUNT_FROM === '';
let commits = 0;
prototype.commitTransaction = async function (...args) {
  if (isCounting) commits += 1;
  const isMeant = commits === Number(SYNC_CHILD_COMMIT);
  if (isMeant && SYNC_CHILD_MOMENT === 'before') process.kill(process.pid, SYNC_CHILD_SIGNAL);
  await commitTransaction.apply(this, args);
  if (isMeant && SYNC_CHILD_MOMENT === 'after') process.kill(process.pid, SYNC_CHILD_SIGNAL);
};

const { insertOne } = mongoose.mongo.Collection.prototype;
mongoose.mongo.Collection.prototype.insertOne = function (...args) {
  if (this.collectionName === SYNC_CHILD_COUNT_FROM) isCounting = true;
  return insertOne.apply(this, args);
};

/** What a line asks for. */
function toCalls(line: string): readonly (() => Promise<unknown>)[] {
  const [word, what = ''] = line.split(' ');
  if (word === 'apply') return [() => plans.apply(what)];
  return Array.from({ length: Number(what) }, () => () => ldapSync.sync());
}

say('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const calls = toCalls(line);
  say('going');
  await Promise.all(
    calls.map(async (call) =>
      say(
        await call().then(
          (report) => `report ${JSON.stringify(report)}`,
          (error: unknown) => `error ${String(error)}`,
        ),
      ),
    ),
  );
  say('done');
}
await connection.close();

import type { Connection } from 'mongoose';
import { readHello, type Hello } from './hello.js';
import type { Advice } from '../lib/advice.js';

/** What to tell whoever runs a MongoDB that gives no transactions. */
export const TRANSACTIONS_MISSING: Advice = {
  code: 'transactions-missing',
  params: {},
  reason: 'This MongoDB gives no transactions, since it is neither an initiated replica set nor sharded.',
  remedy:
    'Start it with mongod --replSet rs0 (in mongod.conf: replication.replSetName), then run rs.initiate() ' +
    'in mongosh once. One member is enough, and the data stay.',
};

/**
 * What is wrong when the server gives no transactions; `undefined` when it gives them. Asks the server. Throws
 * as `openDatabase` does, and what the driver throws when the server does not answer.
 */
export async function findTransactionLack(connection: Connection): Promise<Advice | undefined> {
  return givesTransactions(await readHello(connection)) ? undefined : TRANSACTIONS_MISSING;
}

/** A member of a replica set tells the name of its set once that is initiated; a router says `isdbgrid`. */
function givesTransactions({ setName, msg }: Hello): boolean {
  return (typeof setName === 'string' && setName !== '') || msg === 'isdbgrid';
}

import type { Connection } from 'mongoose';
import { openDatabase } from './database.js';

/** What a server of MongoDB's protocol says of itself. Nothing in it is parsed. */
export type Hello = Readonly<Record<string, unknown>>;

/** Asks the server at each call, since a connection may meet another server after a failover. */
export function readHello(connection: Connection): Promise<Hello> {
  return openDatabase(connection).command({ hello: 1 });
}

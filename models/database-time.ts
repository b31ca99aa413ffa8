import type { Connection } from 'mongoose';
import { readHello } from './hello.js';
import { LdapSyncError } from '../lib/errors.js';

/**
 * The database server's time, which all hosts share: a host whose clock is wrong neither refuses what is good
 * on the others nor accepts what has expired. A port, so that tests can pass time in. Asks the server at each
 * call.
 */
export type DatabaseTime = () => Promise<Date>;

/** By `hello`, which every server of MongoDB's protocol answers; `$$NOW` is not known to all of them. */
export function createDatabaseTime(connection: Connection): DatabaseTime {
  return async () => {
    const { localTime: time } = await readHello(connection);
    if (time instanceof Date && !Number.isNaN(time.getTime())) return time;
    throw new LdapSyncError('database-confused', 'The database server does not tell its time.', {
      remedy: 'Use a MongoDB server of version 6 or later, whose answer to hello holds localTime.',
    });
  };
}

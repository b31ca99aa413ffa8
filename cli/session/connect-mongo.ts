import mongoose, { type Connection } from 'mongoose';
import { CommandError } from '../command-error.js';

const URL_SHAPE = /^mongodb(?:\+srv)?:\/\/[^/?]+\/([^?]*)/;
const AUTHENTICATION_FAILED = 18;

const PATIENCE_MS = 10_000;

/** Connects, or throws a {@link CommandError}. */
export async function connectOnce(url: string): Promise<Connection> {
  return createMongoConnection(url, PATIENCE_MS).open();
}

/**
 * A connection that is not yet open; `open` may be called again when it has failed. Throws a {@link CommandError} where the string cannot be one; never shows it, since
 * it holds a password.
 */
export function createMongoConnection(
  url: string,
  patienceMs: number,
): { readonly connection: Connection; open(): Promise<Connection> } {
  const database = URL_SHAPE.exec(url)?.[1];
  if (!database)
    throw new CommandError(
      'usage',
      database === undefined ? 'MONGO_URL is not a connection string.' : 'MONGO_URL names no database.',
      { remedy: 'It looks like mongodb://user:password@host:27017/rocketchat?replicaSet=rs0 .' },
    );
  const connection = mongoose.createConnection();
  // An option given here would win over the same one in the URL.
  const patience = /[?&]serverSelectionTimeoutMS=/i.test(url) ? {} : { serverSelectionTimeoutMS: patienceMs };
  return {
    connection,
    async open() {
      try {
        return await connection.openUri(url, { autoIndex: false, appName: 'chat-ldap-sync', ...patience });
      } catch (error) {
        throw toCommandError(error);
      }
    },
  };
}

function toCommandError(error: unknown): CommandError {
  const { name, code } = error as { name?: string; code?: unknown };
  if (name === 'MongoParseError' || name === 'MongoInvalidArgumentError' || name === 'MongoAPIError')
    return new CommandError('usage', 'MONGO_URL is not a connection string that the driver understands.', {
      remedy: 'Compare its options with the manual of MongoDB; percent-encode signs in the password.',
    });
  if (code === AUTHENTICATION_FAILED || code === 8000)
    return new CommandError('forbidden', 'MongoDB refuses the user of MONGO_URL.', {
      remedy: 'Correct the user and the password of MONGO_URL, and authSource.',
    });
  return new CommandError('unreachable', `MongoDB does not answer (${name ?? 'unknown'}).`, {
    remedy: 'Start it, and check the hosts and replicaSet of MONGO_URL.',
  });
}

import { CommandError } from '../command-error.js';
import type { Terminal } from '../terminal/terminal.js';
import { openHttpSession } from './http-session.js';
import { readVariable } from './secret-files.js';
import type { Session } from './session.js';

/** What the command line says about the way. */
export interface Way {
  readonly url?: string | undefined;
  readonly database?: true | undefined;
  /** False with `--no-wait`. */
  readonly wait?: boolean | undefined;
}

const REMEDY =
  'Give --url https://chat.example.org (or CHAT_LDAP_SYNC_URL) to go over HTTP, or MONGO_URL (or MONGO_URL_FILE) ' +
  'to go straight to the database.';

/** Opens the one way that is meant; throws a {@link CommandError} where that is not clear. */
export async function openSession(way: Way, terminal: Terminal): Promise<Session> {
  const { environment } = terminal;
  const url = way.url ?? (way.database ? undefined : readVariable('CHAT_LDAP_SYNC_URL', environment));
  const mongoUrl = way.url === undefined ? readVariable('MONGO_URL', environment) : undefined;
  if (way.url !== undefined && way.database)
    throw new CommandError('usage', '--url and --database exclude each other.', { remedy: REMEDY });
  if (way.database && mongoUrl === undefined)
    throw new CommandError('usage', '--database needs MONGO_URL or MONGO_URL_FILE.', { remedy: REMEDY });
  if (url !== undefined && mongoUrl !== undefined)
    throw new CommandError('usage', 'CHAT_LDAP_SYNC_URL and MONGO_URL are both set.', {
      remedy: 'Say --url URL or --database.',
    });
  if (url !== undefined) return openHttpSession(url, terminal);
  if (mongoUrl === undefined)
    throw new CommandError('usage', 'It is not said which chat server is meant.', { remedy: REMEDY });
  if (way.wait === false)
    throw new CommandError('usage', 'Over the database this process does the run, and has to wait for it.', {
      remedy: 'Leave out --no-wait.',
    });
  // Loaded only here: over HTTP neither mongoose nor the engine is needed, and a command starts much faster.
  const { openDatabaseSession } = await import('./database-session.js');
  return openDatabaseSession(mongoUrl, terminal);
}

import { CommandError } from '../command-error.js';
import type { Terminal } from '../terminal/terminal.js';
import { readServeConfig, type ServeConfig } from '../serve/config.js';
import { checkAnswers } from './check-answers.js';
import { openHttpSession } from './http-session.js';
import { readVariable } from './secret-files.js';
import type { Session } from './session.js';

/** What the command line says about the way. */
export interface Way {
  /** A failure is a document on stdout, too. */
  readonly json?: true | undefined;
  readonly url?: string | undefined;
  readonly database?: true | undefined;
  /** The file of `serve`: it may name the database, and has settings that count before those of the database. */
  readonly config?: string | undefined;
  /** False with `--no-wait`. */
  readonly wait?: boolean | undefined;
}

const REMEDY =
  'Give --url https://chat.example.org (or CHAT_LDAP_SYNC_URL) to go over HTTP, or MONGO_URL (or MONGO_URL_FILE) ' +
  'to go straight to the database.';

/** Opens the one way that is meant; throws a {@link CommandError} where that is not clear. */
export async function openSession(way: Way, terminal: Terminal): Promise<Session> {
  const session = await open(way, terminal);
  return { ...session, client: checkAnswers(session.client) };
}

async function open(way: Way, terminal: Terminal): Promise<Session> {
  const { environment } = terminal;
  const isDatabase = way.database ?? way.config !== undefined;
  if (way.url !== undefined && isDatabase)
    throw new CommandError('usage', '--url excludes --database and --config.', { remedy: REMEDY });
  const url = way.url ?? (isDatabase ? undefined : readVariable('CHAT_LDAP_SYNC_URL', environment));
  const { mongoUrl, settings } = readDatabaseWay(way, terminal);
  if (isDatabase && mongoUrl === undefined)
    throw new CommandError(
      'usage',
      'The way to the database needs MONGO_URL or MONGO_URL_FILE, or mongoUrl in --config FILE.',
      { remedy: REMEDY },
    );
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
  return openDatabaseSession(mongoUrl, { terminal, settings });
}

function readDatabaseWay(
  { url, config }: Way,
  { environment }: Terminal,
): Pick<ServeConfig, 'mongoUrl' | 'settings'> {
  if (config !== undefined) return readServeConfig(config, environment);
  return { mongoUrl: url === undefined ? readVariable('MONGO_URL', environment) : undefined, settings: {} };
}

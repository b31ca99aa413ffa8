import { createClient } from '../../client/index.js';
import { CommandError } from '../command-error.js';
import type { Terminal } from '../terminal/terminal.js';
import { createSecondFactor } from './second-factor.js';
import { readVariable } from './secret-files.js';
import type { Session } from './session.js';

const API_PATH = '/api/v1';
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Over HTTP, as a user of the chat server. Throws a {@link CommandError} where it is not said who. */
export function openHttpSession(text: string, terminal: Terminal): Session {
  const url = parseUrl(text);
  const [userId, authToken] = ['CHAT_LDAP_SYNC_USER_ID', 'CHAT_LDAP_SYNC_AUTH_TOKEN'].map((name) =>
    readVariable(name, terminal.environment),
  );
  if (userId === undefined || authToken === undefined)
    throw new CommandError('forbidden', 'It is not said who you are.', {
      remedy:
        'Set CHAT_LDAP_SYNC_USER_ID, and CHAT_LDAP_SYNC_AUTH_TOKEN or CHAT_LDAP_SYNC_AUTH_TOKEN_FILE: a personal ' +
        'access token of the chat server, or the userId and authToken of a login.',
    });
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname))
    terminal.note(
      `${terminal.paintNote('yellow', 'warning:')} The token goes to ${url.host} without encryption; use https.`,
    );
  return {
    client: createClient({
      url: url.href.replace(/\/$/, ''),
      credentials: () => ({ userId, authToken }),
      secondFactor: createSecondFactor(terminal),
    }),
    runsIn: 'server',
    close: () => Promise.resolve(),
  };
}

/** A server without a path has the API where Rocket.Chat has it. */
function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new CommandError('usage', 'The URL of the chat server cannot be used.', {
      remedy: 'It looks like https://chat.example.org, without a user or a password in it.',
    });
  url.search = url.hash = '';
  if (url.pathname === '/') url.pathname = API_PATH;
  return url;
}

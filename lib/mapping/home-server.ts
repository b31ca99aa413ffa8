import type { DirectoryEntry } from '../directory/directory.js';
import { MAX_ID_LENGTH, parseServerName } from '../server-name.js';
import type { HomeServers } from '../settings/federation.js';
import { UnusableAttributeError } from './attribute-text.js';
import { fromSource } from './source-texts.js';

const FIELD = 'LDAP_FederationHomeServer_Field';

/**
 * The home server that an entry names, where it is not this chat server; `undefined`: the person is one of
 * this server. An entry that names what is none, or another server while nobody is federated, becomes nobody:
 * a local account would give the name away.
 */
export function readHomeServer(
  entry: DirectoryEntry,
  homeServers: HomeServers | undefined,
): string | undefined {
  if (!homeServers) return undefined;
  // As addresses: what is left out of a text might make it another server's.
  const servers = new Set(fromSource(entry, homeServers.source, 'address').map(toServer));
  const [server, another] = servers;
  if (another !== undefined)
    throw unusable(`names several home servers (${[...servers].slice(0, 5).join(', ')})`);
  if (server === undefined || server === homeServers.own) return undefined;
  if (!homeServers.isFederated) throw toUnfederated(server, homeServers);
  return server;
}

function toServer(text: string): string {
  const parsed = parseServerName(text);
  if ('name' in parsed) return parsed.name;
  throw unusable(
    `names the home server ${JSON.stringify(text.slice(0, 100))}, which is none: ${parsed.fault}`,
  );
}

function unusable(what: string): UnusableAttributeError {
  return new UnusableAttributeError({
    code: 'unusable-home-server',
    params: { why: what },
    reason: `The entry ${what}.`,
    remedy: `Give the entry one server name such as chat.example.org, or map another attribute in ${FIELD}.`,
  });
}

function toUnfederated(server: string, { own }: HomeServers): UnusableAttributeError {
  const why =
    own === undefined
      ? 'Federation_Service_Domain does not say which server this one is'
      : 'Federation_Service_Enabled is off';
  return new UnusableAttributeError({
    code: 'federation-off',
    params: { server },
    reason: `The person is of the home server ${server}, and ${why}, so the entry becomes no user.`,
    remedy:
      'Set Federation_Service_Domain and switch Federation_Service_Enabled on; or leave people of other ' +
      `servers out with LDAP_User_Search_Filter; or empty ${FIELD}, and they become users of this server.`,
  });
}

/** What a user name may be on a home server; a name from before may have capitals. */
const LOCAL_PART = /^[0-9A-Za-z._=/+-]+$/;

/** The user names on a home server, as Rocket.Chat writes them: `@ada:other.example`. */
export function toFederatedNames(usernames: readonly string[], server: string): readonly string[] {
  const names = usernames.filter((name) => LOCAL_PART.test(name)).map((name) => `@${name}:${server}`);
  const fitting = names.filter((name) => name.length <= MAX_ID_LENGTH);
  if (fitting.length === 0) throw toNameless(usernames[0], server);
  return fitting;
}

function toNameless(username: string | undefined, server: string): UnusableAttributeError {
  const shown = username?.slice(0, 100);
  const reason =
    shown === undefined
      ? `The person is of the home server ${server}, and the entry says no user name there.`
      : `Nobody can be called ${JSON.stringify(shown)} on the home server ${server}.`;
  return new UnusableAttributeError({
    code: 'unusable-username',
    params: { username: shown ?? '', server },
    reason,
    remedy:
      'Give the person the user name of the home server (letters, digits and ._=/+-, 255 characters with ' +
      'the server at most), or map another attribute in LDAP_Username_Field / LDAP_AD_Username_Field.',
  });
}

/** Whether a name has the form of those on home servers: `@`, and a colon behind it. */
export function hasFederatedForm(username: string): boolean {
  return username.startsWith('@') && username.includes(':');
}

/** The name on the home server: `ada` of `@ada:other.example`. */
export function toLocalPart(username: string): string {
  return hasFederatedForm(username) ? username.slice(1, username.indexOf(':')) : username;
}

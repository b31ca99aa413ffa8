import type { Credentials } from '../../client/index.js';

export interface Found {
  readonly credentials: Credentials;
  /** `host`: the chat server's own client is signed in on this origin. */
  readonly source: 'host' | 'page';
}

const OWN = 'chat-ldap-sync.session';
/** Where the chat server has a path of its own, each key ends in the same suffix. */
const TOKEN = 'Meteor.loginToken';
const USER_ID = 'Meteor.userId';
const EXPIRES = 'Meteor.loginTokenExpires';

/** Who is signed in already. What the chat server's client has stored is only ever read. */
export function findCredentials(): readonly Found[] {
  return [...fromOwn(), ...fromHost()];
}

function fromOwn(): readonly Found[] {
  try {
    const { userId, authToken } = JSON.parse(sessionStorage.getItem(OWN) ?? '{}') as Partial<Credentials>;
    return typeof userId === 'string' && typeof authToken === 'string'
      ? [{ credentials: { userId, authToken }, source: 'page' }]
      : [];
  } catch {
    return [];
  }
}

function fromHost(): readonly Found[] {
  try {
    return Object.keys(localStorage).flatMap((key) => {
      if (key !== TOKEN && !key.startsWith(`${TOKEN}:`)) return [];
      const suffix = key.slice(TOKEN.length);
      const authToken = localStorage.getItem(key);
      const userId = localStorage.getItem(USER_ID + suffix);
      const isOver = isPast(localStorage.getItem(EXPIRES + suffix));
      return authToken && userId && !isOver
        ? [{ credentials: { userId, authToken }, source: 'host' as const }]
        : [];
    });
  } catch {
    // A browser may forbid it.
    return [];
  }
}

function isPast(text: string | null): boolean {
  const at = Date.parse(text ?? '');
  return Number.isFinite(at) && at < Date.now();
}

/** For this tab, until it is closed. */
export function keepCredentials(credentials: Credentials): void {
  try {
    sessionStorage.setItem(OWN, JSON.stringify(credentials));
  } catch {
    // Then it is in memory only.
  }
}

export function forgetCredentials(): void {
  try {
    sessionStorage.removeItem(OWN);
  } catch {
    // There is nothing to forget.
  }
}

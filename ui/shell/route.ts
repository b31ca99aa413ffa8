import { useEffect, useState } from 'preact/hooks';

export type Route =
  | { readonly screen: 'health' }
  | { readonly screen: 'runs'; readonly offset: number }
  | { readonly screen: 'run'; readonly runId: string }
  | { readonly screen: 'held'; readonly runId?: string }
  | { readonly screen: 'person'; readonly by?: PersonKey; readonly text?: string }
  | FurtherRoute;

/** Screens that are loaded when they are opened. */
export type FurtherRoute =
  { readonly screen: 'settings'; readonly section?: string } | { readonly screen: 'schedule' };

export const PERSON_KEYS = ['username', 'email', 'dn', 'id'] as const;
export type PersonKey = (typeof PERSON_KEYS)[number];

const SECTION = /^[a-z]{1,20}$/;
const RUN_ID = /^[0-9A-Za-z]{17}$/;

/** The part after `#`, so that the server needs to know of no screen; what it cannot mean is Health. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [screen, id = ''] = path.split('/');
  const asked = new URLSearchParams(query);
  if (screen === 'runs' && RUN_ID.test(id)) return { screen: 'run', runId: id };
  if (screen === 'runs') return { screen: 'runs', offset: toOffset(asked.get('offset')) };
  if (screen === 'held') return RUN_ID.test(id) ? { screen: 'held', runId: id } : { screen: 'held' };
  if (screen === 'person') {
    const by = PERSON_KEYS.find((key) => asked.has(key));
    return by ? { screen: 'person', by, text: asked.get(by) ?? '' } : { screen: 'person' };
  }
  if (screen === 'settings') return SECTION.test(id) ? { screen, section: id } : { screen };
  if (screen === 'schedule') return { screen };
  return { screen: 'health' };
}

function toOffset(text: string | null): number {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : 0;
}

export function toPersonLink(by: PersonKey, text: string): string {
  return `#/person?${new URLSearchParams({ [by]: text }).toString()}`;
}

/** What a text looks like: a DN has `=`, an address `@`, an id is long and of hex. */
export function guessPersonKey(text: string): PersonKey {
  if (/^[^=,]+=[^=]/.test(text)) return 'dn';
  if (text.includes('@')) return 'email';
  return /^[0-9a-f]{24,}$/i.test(text) ? 'id' : 'username';
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(parseRoute(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

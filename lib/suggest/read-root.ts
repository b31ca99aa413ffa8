import type { Directory } from '../directory/directory.js';
import { toCanonicalDN } from '../directory/distinguished-name.js';
import { present } from '../directory/filter/search-filter.js';
import { readSamples } from '../survey/read-samples.js';
import type { SeenRoot } from './seen-directory.js';

/** Thousands of contexts are none that people look through. */
const KEEPING = { values: 500, bytes: 1_024 };

/** Reads where a directory says that its parts are; `undefined`: it does not say. Rejects when the connection fails. */
export async function readRoot(directory: Directory, signal: AbortSignal): Promise<SeenRoot | undefined> {
  const query = {
    baseDN: '',
    scope: 'base',
    filter: present('objectClass'),
    attributes: ['namingContexts', 'defaultNamingContext', 'supportedControl'],
    pageSize: 0,
    sizeLimit: 1,
  } as const;
  const [entry] = (await readSamples(directory, query, { signal, keeping: KEEPING })).entries;
  if (!entry) return undefined;
  const textsOf = (name: string): readonly string[] =>
    (entry.attributes.get(name.toLowerCase())?.values ?? []).map((value) => value.toString('utf8'));
  return {
    contexts: textsOf('namingContexts').filter((dn) => toCanonicalDN(dn) !== undefined),
    defaultContext: textsOf('defaultNamingContext').find((dn) => toCanonicalDN(dn) !== undefined),
    controls: new Set(textsOf('supportedControl')),
  };
}

/** Parts that hold the directory's own data. */
const OWN =
  /^(?:cn=(?:config|schema|monitor|changelog|accesslog|subschema|configuration|aggregate|retro changelog plugin)\b|o=(?:netscaperoot|ipaca)|dc=(?:domain|forest)dnszones|cn=schema,cn=configuration|ou=schema|ou=config)/i;
const MAX_LOOKED_AT = 8;

/** The parts that may hold people, the most likely first. Pure. */
export function toLikelyContexts(root: SeenRoot | undefined, current: string): readonly string[] {
  const told = [root?.defaultContext ?? [], ...(root?.contexts ?? [])].flat().filter((dn) => !OWN.test(dn));
  const own = toCanonicalDN(current) === undefined || told.length > 0 ? [] : [current];
  return [...new Map([...told, ...own].map((dn) => [toCanonicalDN(dn), dn])).values()].slice(
    0,
    MAX_LOOKED_AT,
  );
}

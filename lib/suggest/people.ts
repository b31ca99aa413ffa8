import { fittingServerType } from '../settings/directory-server-type.js';
import { PERSON_CLASSES, isByCategory } from './read-people.js';
import type { SeenContext, SeenDirectory, SeenEntry } from './seen-directory.js';

/** Who was seen that is taken for a person. */
export interface People {
  /** The part of the directory they are in. */
  readonly context: string;
  readonly entries: readonly SeenEntry[];
  readonly of: number;
  readonly isWhole: boolean;
  /** The settings for an Active Directory are meant. */
  readonly isAd: boolean;
  /** What they have in common; `undefined`: they were found by their category. */
  readonly personClass: string | undefined;
  having(name: string): number;
  /** The first values. */
  texts(name: string): readonly string[];
}

const ADDRESS = 'mail';

/** The part of the directory with the most people, and who is one there; `undefined`: nobody was seen. Pure. */
export function findPeople({ kind, contexts }: SeenDirectory): People | undefined {
  const isAd = isForAd(kind, contexts);
  const found = contexts.flatMap((context) => toPeople(context, isAd, isByCategory(kind)) ?? []);
  return found.sort((one, other) => other.of - one.of)[0];
}

function isForAd(kind: SeenDirectory['kind'], contexts: readonly SeenContext[]): boolean {
  const fitting = fittingServerType(kind);
  if (fitting !== undefined) return fitting === 'ad';
  const entries = contexts.flatMap((context) => context.entries);
  return countHaving(entries, 'sAMAccountName') > countHaving(entries, 'uid');
}

function toPeople(
  { dn, entries, isWhole }: SeenContext,
  isAd: boolean,
  byCategory: boolean,
): People | undefined {
  const personClass = byCategory ? undefined : findPersonClass(entries);
  const own = personClass === undefined ? entries : ofClass(entries, personClass);
  if (own.length === 0) return undefined;
  return {
    context: dn,
    entries: own,
    of: own.length,
    isWhole,
    isAd,
    personClass,
    having: (name) => countHaving(own, name),
    texts: (name) => own.flatMap(({ texts }) => texts.get(name.toLowerCase())?.[0] ?? []),
  };
}

/** The first class that as many with an address have as of any class; without addresses, as many entries. Pure. */
export function findPersonClass(entries: readonly SeenEntry[]): string | undefined {
  const rated = PERSON_CLASSES.map((name) => {
    const own = ofClass(entries, name);
    return { name, entries: own.length, addresses: countHaving(own, ADDRESS) };
  }).filter((one) => one.entries > 0);
  const by = rated.some(({ addresses }) => addresses > 0) ? 'addresses' : 'entries';
  const most = Math.max(...rated.map((one) => one[by]));
  return rated.find((one) => one[by] === most)?.name;
}

export function ofClass(entries: readonly SeenEntry[], name: string): readonly SeenEntry[] {
  const key = name.toLowerCase();
  return entries.filter(({ classes }) => classes.has(key));
}

function countHaving(entries: readonly SeenEntry[], name: string): number {
  const key = name.toLowerCase();
  return entries.filter(({ names }) => names.has(key)).length;
}

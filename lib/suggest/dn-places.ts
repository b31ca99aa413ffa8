import { toCanonicalDN } from '../directory/distinguished-name.js';

const MAX_DEPTH = 50;

/** The DNs above this one as the server writes them, the nearest first. Pure. */
export function toAncestors(dn: string): readonly string[] {
  const ancestors: string[] = [];
  let rest: string | undefined = dn;
  while (ancestors.length < MAX_DEPTH && (rest = toParent(rest)) !== undefined) ancestors.push(rest);
  return ancestors;
}

/** Behind the first comma that is not escaped. */
function toParent(dn: string): string | undefined {
  for (let at = 0; at < dn.length; at += 1) {
    if (dn[at] === '\\') at += 1;
    else if (dn[at] === ',') return dn.slice(at + 1).trim() || undefined;
  }
  return undefined;
}

export function isBelow(dn: string, base: string): boolean {
  const [one, other] = [toCanonicalDN(dn), toCanonicalDN(base)];
  return one !== undefined && other !== undefined && (one === other || one.endsWith(`,${other}`));
}

/** The deepest DN that all of these are below, no higher than `top`; `undefined`: there is none. Pure. */
export function toCommonPlace(dns: readonly string[], top: string): string | undefined {
  const [first] = dns;
  if (first === undefined) return undefined;
  return toAncestors(first).find((place) => isBelow(place, top) && dns.every((dn) => isBelow(dn, place)));
}

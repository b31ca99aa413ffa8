import { LIMITS } from '../wire/limits.js';

/**
 * The partitions that every Active Directory has under its root domain and that hold no people: its
 * configuration, its schema, and the zones of its DNS.
 */
const OWN_PARTITION =
  /^(?:cn=(?:schema,cn=)?configuration|dc=(?:domain|forest)dnszones)(?:,dc=[^,=]{1,200}){1,20}$/i;
const DN_OF_URL = /^ldaps?:\/\/[^/?]{0,300}\/([^?]{1,1000})/i;
const DOMAIN_ROOT = /^(?:dc=[^,=]{1,200}(?:,|$)){1,20}$/i;

/** Whether a reference (an LDAP URL) leads to such a partition alone. */
export function isOwnPartition(url: string): boolean {
  return OWN_PARTITION.test(toPlainDN(decode(DN_OF_URL.exec(url)?.[1] ?? '')));
}

/** The URLs of one reference that may lead to people; all of them when there may be more than were read. */
export function toForeign(urls: readonly Buffer[]): readonly Buffer[] {
  if (urls.length >= LIMITS.urlsOfReference) return urls;
  return urls.filter((url) => !isOwnPartition(url.toString()));
}

/** Whether a base may have partitions of a domain below it: it is made of the parts of a domain's name. */
export function isDomainRoot(dn: string): boolean {
  return DOMAIN_ROOT.test(toPlainDN(dn));
}

function toPlainDN(dn: string): string {
  return dn
    .slice(0, 2_000)
    .split(',')
    .map((part) => part.trim().replace(/\s{0,20}=\s{0,20}/, '='))
    .join(',');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

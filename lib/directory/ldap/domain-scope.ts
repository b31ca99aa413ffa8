import { equals } from '../filter/search-filter.js';
import type { SearchQuery } from '../directory.js';
import type { RootValues } from '../server-description.js';
import { askOnce } from './ask-once.js';
import type { LdapConnection } from './connection.js';
import { isDomainRoot } from './own-partitions.js';
import type { SearchTerms } from './search-page.js';

/** `LDAP_SERVER_DOMAIN_SCOPE_OID` (MS-ADTS 3.1.1.3.4.1.4): the server makes no references. */
const DOMAIN_SCOPE = '1.2.840.113556.1.4.1339';
/** No entry has it. What a server refers to does not depend on the filter. */
const NOBODY = equals('objectGUID', Buffer.alloc(16));

/** How a search of a domain's root is made, and which parts of it are on other servers. */
export interface DomainScope {
  readonly controls: readonly string[];
  readonly elsewhere: readonly string[];
}

export const NO_SCOPE: DomainScope = { controls: [], elsewhere: [] };

/** Whether a search may be answered with references to other partitions of an Active Directory. */
export function mayLeaveDomain({ baseDN, scope }: SearchQuery): boolean {
  return scope !== 'base' && isDomainRoot(baseDN);
}

/**
 * An Active Directory refers a search of its root to partitions that hold no people, in every page anew. The
 * control keeps it from that. It would hide a child domain, too, so the server is asked once without it.
 */
export async function findDomainScope(
  connection: LdapConnection,
  terms: SearchTerms,
  { query, root }: { readonly query: SearchQuery; readonly root: RootValues | undefined },
): Promise<DomainScope> {
  if (root?.get('supportedcontrol')?.includes(DOMAIN_SCOPE) !== true) return NO_SCOPE;
  const { references } = await askOnce(connection, terms, {
    baseDN: query.baseDN,
    scope: query.scope,
    filter: NOBODY,
    attributes: [],
  });
  return { controls: [DOMAIN_SCOPE], elsewhere: references };
}

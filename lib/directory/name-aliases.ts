import { LdapSyncError } from '../errors.js';
import { toFinding, type Finding } from '../findings/finding.js';
import type { Dereference, Directory, SearchQuery } from './directory.js';
import { equals } from './filter/search-filter.js';

/** What is wrong with where people are searched for. */
export interface AliasProblem extends Finding {
  readonly setting: 'LDAP_Dereference_Aliases';
}

/** Where and how nobody was found. */
interface Searched {
  readonly search: Pick<SearchQuery, 'baseDN'>;
  readonly address: { readonly dereferenceAliases?: Dereference };
}

/**
 * Says whether a base under which nobody was found holds aliases (RFC 4512 §2.6), which a server follows only
 * when it is told to. A search that cannot be made says nothing.
 */
export async function nameAliases(
  directory: Directory,
  { search: { baseDN }, address: { dereferenceAliases = 'never' } }: Searched,
  signal: AbortSignal,
): Promise<AliasProblem | undefined> {
  if (dereferenceAliases === 'always') return undefined;
  const query: SearchQuery = {
    baseDN,
    scope: 'sub',
    filter: equals('objectClass', 'alias'),
    attributes: [],
    pageSize: 0,
    sizeLimit: 1,
  };
  try {
    let found = 0;
    for await (const page of directory.sweep(query, signal)) found += page.length;
    return found > 0 ? toProblem(baseDN, dereferenceAliases) : undefined;
  } catch (error) {
    if (error instanceof LdapSyncError && error.code.startsWith('directory-')) return undefined;
    throw error;
  }
}

function toProblem(baseDN: string, dereference: Dereference): AliasProblem {
  return {
    setting: 'LDAP_Dereference_Aliases',
    ...toFinding('base-with-aliases', {
      base: JSON.stringify(baseDN.slice(0, 200)),
      value: dereference,
    }),
  };
}

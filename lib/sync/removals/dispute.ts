import type { AttentionRow } from '../../../models/run-report.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';

/**
 * A newcomer whose names belong to accounts that are linked and off. Whether their entries are gone is looked
 * up after the sweep: a server may mix up a search with a sweep on the same connection.
 */
export interface Dispute {
  /** What is told of the newcomer as long as nothing more is known. */
  readonly row: AttentionRow;
  readonly newcomer: LdapIdentity;
  readonly username: string;
  readonly addresses: readonly string[];
  /** The ids of the accounts. */
  readonly ownerIds: readonly string[];
}

/** So many are looked up after a sweep; the others are told of as ever. */
export const MAX_DISPUTES = 1_000;

import { toFailure, type LdapSyncError } from '../../errors.js';
import { toFinding } from '../../findings/finding.js';
import type { DirectoryAddress } from '../directory.js';
import { AwayError } from './away-error.js';
import { connectLdap } from './connect-ldap.js';
import type { LdapConnection } from './connection.js';
import { toNamedError } from './port-errors.js';

/** A connection, and the servers that may be asked in its stead. */
export interface OpenedHost {
  readonly connection: LdapConnection;
  readonly address: DirectoryAddress;
  readonly others: readonly DirectoryAddress[];
}

/** Why servers that were asked before do not serve. */
export type Absences = readonly AwayError[];

/**
 * Connects to the first server that serves. One that refuses the account, or whose certificate is not trusted,
 * ends the search: the others would say the same, or somebody is in between.
 */
export async function openFirst(
  candidates: readonly DirectoryAddress[],
  absences: Absences,
  signal: AbortSignal | undefined,
): Promise<OpenedHost> {
  const away = [...absences];
  for (const [index, address] of candidates.entries()) {
    try {
      return { connection: await connectLdap(address, signal), address, others: candidates.slice(index + 1) };
    } catch (error) {
      const named = await toNamedError(error, address, signal);
      if (!(named instanceof AwayError) || signal?.aborted) throw named;
      away.push(named);
    }
  }
  throw toAllAway(away);
}

/** The only error as it is; of several, all that was said. */
export function toAllAway(away: Absences): LdapSyncError {
  const [first] = away;
  if (!first) throw new TypeError('There is no host to ask.');
  if (away.length === 1) return first;
  const why = away.map(({ message }) => message).join(' ');
  const finding = toFinding('hosts-all-away', { count: away.length, why, todo: first.remedy ?? '' });
  return toFailure(first.code, finding, { cause: first });
}

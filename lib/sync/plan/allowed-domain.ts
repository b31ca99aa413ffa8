import type { Advice } from '../../advice.js';
import type { Person } from '../../mapping/map-entry.js';
import { toDomainKey } from '../../mapping/name-keys.js';

/**
 * Why no user is created for a person whose first address is in none of the domains that the host allows.
 * Pure.
 */
export function findDomainRejection(
  { emails, homeServer }: Pick<Person, 'emails' | 'homeServer'>,
  allowedDomains: readonly string[],
): Advice | undefined {
  // Rocket.Chat asks only for the domain of an address, and there is none.
  if (homeServer !== undefined) return undefined;
  const [address = ''] = emails;
  const domain = toDomainKey(address.slice(address.lastIndexOf('@') + 1));
  if (allowedDomains.length === 0 || allowedDomains.some((allowed) => toDomainKey(allowed) === domain))
    return undefined;
  return {
    code: 'domain-not-allowed',
    params: { address },
    reason:
      `The address ${address} is in none of the domains of Accounts_AllowedDomainsList, so no user is ` +
      'made of the entry.',
    remedy: 'Add the domain to Accounts_AllowedDomainsList, or correct the address in the directory.',
  };
}

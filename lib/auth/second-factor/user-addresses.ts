import type { FactorUser } from './factor.js';

const MAX_ADDRESSES = 10;

/** Where a user is mailed: the verified addresses, ten at most. */
export function toVerifiedAddresses({ emails }: Pick<FactorUser, 'emails'>): readonly string[] {
  if (!Array.isArray(emails)) return [];
  return (emails as readonly ({ address?: unknown; verified?: unknown } | null)[])
    .filter((email) => email?.verified === true)
    .map((email) => email?.address)
    .filter((address) => typeof address === 'string')
    .slice(0, MAX_ADDRESSES);
}

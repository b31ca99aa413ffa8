import type { MatchedBy } from '../../../models/account-pair.js';
import type { Advice } from '../../advice.js';

interface Merged {
  /** What people call the account, and the entry. */
  readonly account: string;
  readonly dn: string;
  readonly matchedBy: MatchedBy;
  readonly isOff?: boolean;
  /** Whether a revert of the run takes it back. */
  readonly isRevertible: boolean;
}

const BY: Readonly<Record<MatchedBy, string>> = {
  'verified-address': 'an address that the account has verified',
  address: 'an address that proves nothing by itself',
  username: 'the user name alone',
};

/**
 * What the report says of every account that is connected with an entry: nobody should find out by chance.
 * Pure.
 */
export function toMergedAdvice({ account, dn, matchedBy, isOff = false, isRevertible }: Merged): Advice {
  const isProven = matchedBy === 'verified-address';
  const removed = isProven
    ? ' It keeps its password, tokens and roles.'
    : ' Its password, second factors, tokens and other sign-ins were removed, and it has the addresses ' +
      'of the entry.';
  const off = isOff ? ' It is off, because the entry is disabled or does not show whether it is.' : '';
  return {
    code: 'merged',
    params: { account, dn, matchedBy },
    reason:
      `The account ${account} belongs to the entry ${dn} now: both have ` +
      `${BY[matchedBy]}.${removed}${off}`,
    remedy: isRevertible
      ? 'Nothing, if both are the same person, who signs in as the directory says from now on; else ' +
        'revert this run (ldap.revertRun).'
      : 'Nothing, if both are the same person; else change the address of one of the two, and remove ' +
        'services.ldap from the account.',
  };
}

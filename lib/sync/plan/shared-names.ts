import type { UserRecord } from '../../../models/user.js';
import type { Person } from '../../mapping/map-entry.js';
import { findSameAddress, isSameName } from './address-obstacles.js';

/** What an entry and an account both have, as the entry has it. */
export interface SharedNames {
  readonly username?: string;
  /** The first of the entry's addresses that the account has. */
  readonly address?: string;
}

/**
 * What both have, but for the case of ASCII letters; `undefined` when nothing: looking alike is not enough.
 */
export function findShared(
  account: Pick<UserRecord, 'username' | 'emails'>,
  { username, emails }: { readonly username: string | undefined } & Pick<Person, 'emails'>,
): SharedNames | undefined {
  const isNamed = username !== undefined && isSameName(account.username, username);
  const address = emails.find((one) => findSameAddress(account, one) !== undefined);
  if (!isNamed && address === undefined) return undefined;
  return { ...(isNamed ? { username } : {}), ...(address === undefined ? {} : { address }) };
}

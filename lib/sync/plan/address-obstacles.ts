import { toReadableEmails } from '../../../models/user.js';
import type { MergeObstacle } from './merge-obstacle.js';
import type { NameOwner } from './name-owners.js';

/**
 * An address of the account that is the same as this one. Case is ignored only for ASCII letters: outside
 * ASCII, ignoring it would make different letters equal.
 */
export function findSameAddress(
  { emails }: Pick<NameOwner, 'emails'>,
  address: string | undefined,
): string | undefined {
  return address === undefined ? undefined : sameAddresses(emails, address)[0]?.address;
}

/**
 * Why the account has not proven the first address of the entry; `undefined`: one that is made of the user
 * name.
 */
export function findAddressObstacles(
  { emails }: NameOwner,
  address: string | undefined,
): readonly MergeObstacle[] {
  if (address === undefined)
    return [
      {
        code: 'built-address',
        reason: 'the entry has no address of its own, only one made of the user name',
      },
    ];
  const same = sameAddresses(emails, address);
  if (same.length === 0) {
    return [
      {
        code: 'other-address',
        reason: `it does not have the entry's first address, ${address}`,
        step: `let its owner add and verify ${address}`,
      },
    ];
  }
  return same.every(({ verified }) => (verified as unknown) === true)
    ? []
    : [
        {
          code: 'unverified-address',
          reason: `the address ${address} is not verified there`,
          step: `let its owner verify ${address}`,
        },
      ];
}

function sameAddresses(emails: unknown, address: string): ReturnType<typeof toReadableEmails> {
  const wanted = toAsciiLowerCase(address);
  return toReadableEmails(emails).filter((email) => toAsciiLowerCase(email.address) === wanted);
}

/** The Kelvin sign, for one, becomes a k in `toLowerCase`. */
function toAsciiLowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/**
 * Whether two user names are one, whatever the case of ASCII letters. Letters that only look the same are
 * not.
 */
export function isSameName(one: string | undefined, other: string): boolean {
  return one !== undefined && toAsciiLowerCase(one) === toAsciiLowerCase(other);
}

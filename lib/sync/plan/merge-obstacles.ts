import { isActive } from '../../../models/active-user.js';
import { toReadableEmails } from '../../../models/user.js';
import type { NameOwner } from './name-owners.js';

/** Codes of obstacles, for translation. */
export type MergeObstacleCode =
  | 'linked'
  | 'federated'
  | 'no-type'
  | 'no-person'
  | 'no-role'
  | 'further-roles'
  | 'switched-off'
  | 'other-sign-in'
  | 'built-address'
  | 'other-address'
  | 'unverified-address';

/** What stands against connecting an account of the host with an entry. */
export interface MergeObstacle {
  readonly code: MergeObstacleCode;
  /** Goes after "It is not connected with the entry: ". */
  readonly reason: string;
  /** What removes the obstacle; absent where nothing should remove it. */
  readonly step?: string;
}

/** What the entry and the host's settings demand of an account that is to be connected. */
export interface MergeTerms {
  /** The first address of the entry; `undefined` when it is only made of the user name. */
  readonly address: string | undefined;
  /** The roles that every new user gets. */
  readonly defaultRoles: readonly string[];
}

/** More than this is not listed in a sentence. */
const MAX_LISTED = 5;

/**
 * Everything that stands against connecting an account, worst first; empty when it may be connected. A
 * connected account is led by the directory and keeps its password, tokens and roles. So a user name, or an
 * address that nobody has proven, is not enough to connect it; and an account with more rights than a new
 * user is never connected. Pure.
 */
export function findMergeObstacles(
  account: NameOwner,
  { address, defaultRoles }: MergeTerms,
): readonly MergeObstacle[] {
  if (account.linked) return [{ code: 'linked', reason: 'it is linked to another entry' }];
  return [
    ...ofType(account),
    ...ofRoles(account.roles, defaultRoles),
    ...(isActive(account)
      ? []
      : [{ code: 'switched-off' as const, reason: 'it is switched off', step: 'switch the account on' }]),
    ...ofServices(account.otherServices ?? []),
    ...ofAddress(account, address),
  ];
}

/** Any value of `federated` but `null` and `false` means that the account may belong to another server. */
export function isFederated({ federated }: { readonly federated?: unknown }): boolean {
  return federated !== undefined && federated !== null && federated !== false;
}

/**
 * An address of the account that is the same as this one. Case is ignored only for ASCII letters: outside
 * ASCII, ignoring it would make different letters equal.
 */
export function findSameAddress({ emails }: Pick<NameOwner, 'emails'>, address: string): string | undefined {
  return sameAddresses(emails, address)[0]?.address;
}

function ofType({ type, federated }: NameOwner): readonly MergeObstacle[] {
  if (isFederated({ federated }))
    return [{ code: 'federated', reason: 'it belongs to another server (federated)' }];
  if (type === 'user') return [];
  return [
    {
      code: typeof type !== 'string' ? 'no-type' : 'no-person',
      reason:
        typeof type !== 'string'
          ? 'it has no type'
          : `its type is ${toShown(type)}, which is nobody in person`,
    },
  ];
}

function ofRoles(roles: unknown, defaultRoles: readonly string[]): readonly MergeObstacle[] {
  if (!Array.isArray(roles) || roles.length === 0)
    return [{ code: 'no-role', reason: 'it has no role', step: 'give it the role of a new user' }];
  const harmless = new Set<unknown>(toHarmless(defaultRoles));
  const others = roles.filter((role) => !harmless.has(role));
  if (others.length === 0) return [];
  const listed = others.slice(0, MAX_LISTED).map(toShown).join(', ');
  const more = others.length > MAX_LISTED ? ` and ${others.length - MAX_LISTED} more` : '';
  const what = others.length === 1 ? `the role ${listed}` : `the roles ${listed}${more}`;
  return [
    {
      code: 'further-roles',
      reason: `it has ${what}, which new users do not get`,
      step: `take ${what} from it until it is connected`,
    },
  ];
}

/**
 * A site may give every new user a role that new users should not have. An address never gains the role of
 * administrators.
 */
function toHarmless(defaultRoles: readonly string[]): readonly string[] {
  return defaultRoles.filter((role) => role !== 'admin');
}

function ofServices(services: readonly string[]): readonly MergeObstacle[] {
  if (services.length === 0) return [];
  const listed = services.slice(0, MAX_LISTED).map(toShown).join(', ');
  return [
    {
      code: 'other-sign-in',
      reason: `somebody signs in to it through ${listed}, which vouches for addresses in its own way`,
    },
  ];
}

function ofAddress({ emails }: NameOwner, address: string | undefined): readonly MergeObstacle[] {
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

function toShown(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 60) : 'something that is no text';
}

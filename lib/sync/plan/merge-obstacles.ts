import { isActive } from '../../../models/active-user.js';
import { findAddressObstacles } from './address-obstacles.js';
import type { MergeObstacle } from './merge-obstacle.js';
import type { NameOwner } from './name-owners.js';

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
 * user is not connected without somebody's decision. Pure.
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
    ...findAddressObstacles(account, address),
  ];
}

/** Any value of `federated` but `null` and `false` means that the account may belong to another server. */
export function isFederated({ federated }: { readonly federated?: unknown }): boolean {
  return federated !== undefined && federated !== null && federated !== false;
}

function ofType({ type, federated }: NameOwner): readonly MergeObstacle[] {
  if (isFederated({ federated }))
    return [{ code: 'federated', reason: 'it belongs to another server (federated)' }];
  if (type === 'user') return [];
  if (type === 'bot') return [{ code: 'bot', reason: 'it is a bot' }];
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

function toShown(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 60) : 'something that is no text';
}

import { isDeepStrictEqual } from 'node:util';
import type { AccountPair, MatchedBy } from '../../../models/account-pair.js';
import { isActive } from '../../../models/active-user.js';
import type { UserRecord } from '../../../models/user.js';
import { showInvisible } from '../../invisible-characters.js';
import { toLdapIdentity } from '../../mapping/ldap-identity.js';
import type { Person } from '../../mapping/map-entry.js';
import type { MatchedPair } from './match.js';
import { isUnproven } from './merge-obstacle.js';
import type { NameOwner } from './name-owners.js';
import { toWarnings } from './pair-warnings.js';

const MAX_TEXT = 256;
const MAX_LISTED = 20;

interface Shown {
  /** What a decision would do. */
  readonly kind: 'merge' | 'relink';
  /** The account's document. */
  readonly stored: UserRecord;
}

/** The pair as it is shown. Pure. */
export function toAccountPair(
  person: Person,
  { account, obstacles, shared }: MatchedPair,
  { kind, stored }: Shown,
): AccountPair {
  const { username, name, emails, dn } = person;
  const shown = toShownAccount(account, { kind, stored });
  const matchedBy = toMatchedBy(isUnproven(obstacles), shared);
  return {
    matchedBy,
    shared: toShownTexts(shared),
    entry: {
      dn: toShown(person.dn),
      ...toShownTexts({ username, name }),
      addresses: toShownList(emails),
      state: toState(person.disabled),
    },
    account: shown,
    obstacles: obstacles.map(({ code }) => code),
    warnings: toWarnings(kind, {
      isAdministrator: shown.isAdministrator,
      matchedBy,
      type: account.type,
      disabled: person.disabled,
      dn: toShown(dn),
    }),
  };
}

function toShownAccount(account: NameOwner, { kind, stored }: Shown): AccountPair['account'] {
  const { _id, type, roles, otherServices = [] } = account;
  const { lastLogin } = stored;
  const linkedBy = kind === 'relink' ? toLdapIdentity(stored) : undefined;
  return {
    userId: _id,
    ...toShownTexts({ username: account.username, name: stored.name }),
    type: toShown(type),
    active: isActive(account),
    roles: toShownList(roles),
    isAdministrator: Array.isArray(roles) && roles.includes('admin'),
    otherSignIns: toShownList(otherServices),
    ...(lastLogin instanceof Date ? { lastLogin } : {}),
    ...(linkedBy
      ? { linkedBy: { id: toShown(linkedBy.id), idAttribute: toShown(linkedBy.idAttribute) } }
      : {}),
  };
}

/**
 * Whether somebody who decided about one of these pairs has decided about the other. `passing`: what of the
 * account may differ all the same.
 */
export function isSamePair(one: AccountPair, other: AccountPair, passing: readonly 'active'[] = []): boolean {
  return isDeepStrictEqual(toDecisive(one, passing), toDecisive(other, passing));
}

/** Everything but what changes while both stay what they are. */
function toDecisive(
  { matchedBy, shared, account, obstacles }: AccountPair,
  passing: readonly 'active'[],
): object {
  const decisive = Object.entries(account).filter(
    ([name]) => !PASSING.has(name) && !passing.some((one) => one === name),
  );
  return { matchedBy, shared, account: Object.fromEntries(decisive), obstacles };
}

/** What of an account changes while it stays what it is. */
const PASSING: ReadonlySet<string> = new Set([
  'lastLogin',
  'name',
] satisfies (keyof AccountPair['account'])[]);

function toMatchedBy(unproven: boolean, { address }: MatchedPair['shared']): MatchedBy {
  if (!unproven) return 'verified-address';
  return address === undefined ? 'username' : 'address';
}

function toState(disabled: boolean | undefined): AccountPair['entry']['state'] {
  if (disabled === undefined) return 'unknown';
  return disabled ? 'disabled' : 'enabled';
}

function toShownTexts<Name extends string>(
  texts: Readonly<Partial<Record<Name, unknown>>>,
): { readonly [Key in Name]?: string } {
  const shown = Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [[key, toShown(text)]] : [],
  );
  return Object.fromEntries(shown) as { [Key in Name]?: string };
}

function toShownList(texts: unknown): readonly string[] {
  return Array.isArray(texts) ? texts.slice(0, MAX_LISTED).map(toShown) : [];
}

/** What the directory or the host has stored may be any text, or none. */
function toShown(text: unknown): string {
  return typeof text === 'string' ? showInvisible(text.slice(0, MAX_TEXT)).slice(0, MAX_TEXT) : 'no text';
}

import { isDeepStrictEqual } from 'node:util';
import type { AccountPair, MatchedBy } from '../../../models/account-pair.js';
import { isActive } from '../../../models/active-user.js';
import type { UserRecord } from '../../../models/user.js';
import { showInvisible } from '../../invisible-characters.js';
import type { Person } from '../../mapping/map-entry.js';
import type { MatchedPair } from './match.js';
import { isUnproven } from './merge-obstacle.js';

const MAX_TEXT = 256;
const MAX_LISTED = 20;

/** The pair as it is shown. `stored`: the account's document. Pure. */
export function toAccountPair(
  person: Person,
  { account, obstacles, shared }: MatchedPair,
  stored: UserRecord,
): AccountPair {
  const { username, name, emails, dn } = person;
  const { _id, type, roles, otherServices = [] } = account;
  const isAdministrator = Array.isArray(roles) && roles.includes('admin');
  const matchedBy = toMatchedBy(isUnproven(obstacles), shared);
  const { lastLogin } = stored;
  return {
    matchedBy,
    shared: toShownTexts(shared),
    entry: {
      dn: toShown(person.dn),
      ...toShownTexts({ username, name }),
      addresses: toShownList(emails),
      state: toState(person.disabled),
    },
    account: {
      userId: _id,
      ...toShownTexts({ username: account.username, name: stored.name }),
      type: toShown(type),
      active: isActive(account),
      roles: toShownList(roles),
      isAdministrator,
      otherSignIns: toShownList(otherServices),
      ...(lastLogin instanceof Date ? { lastLogin } : {}),
    },
    obstacles: obstacles.map(({ code }) => code),
    warnings: toWarnings({ isAdministrator, matchedBy, type, disabled: person.disabled, dn }),
  };
}

/** Whether somebody who decided about one of these pairs has decided about the other. */
export function isSamePair(one: AccountPair, other: AccountPair): boolean {
  return isDeepStrictEqual(toDecisive(one), toDecisive(other));
}

/** Everything but what changes while both stay what they are. */
function toDecisive({ matchedBy, shared, account, obstacles }: AccountPair): object {
  return { matchedBy, shared, account: withoutPassing(account), obstacles };
}

function withoutPassing({ lastLogin: _lastLogin, name: _name, ...account }: AccountPair['account']): object {
  return account;
}

function toMatchedBy(unproven: boolean, { address }: MatchedPair['shared']): MatchedBy {
  if (!unproven) return 'verified-address';
  return address === undefined ? 'username' : 'address';
}

function toState(disabled: boolean | undefined): AccountPair['entry']['state'] {
  if (disabled === undefined) return 'unknown';
  return disabled ? 'disabled' : 'enabled';
}

interface Consequences {
  readonly isAdministrator: boolean;
  readonly matchedBy: MatchedBy;
  readonly type: unknown;
  readonly disabled: boolean | undefined;
  readonly dn: string;
}

function toWarnings({ isAdministrator, matchedBy, type, disabled, dn }: Consequences): readonly string[] {
  return [
    ...(isAdministrator
      ? [
          `ADMINISTRATOR: whoever signs in as the entry ${toShown(dn)} gets all rights over the chat server. ` +
            'Ask the administrator in person before you approve.',
        ]
      : []),
    ...(matchedBy === 'verified-address' ? [] : [REMOVES_SIGN_INS]),
    ...(type === 'bot'
      ? ['The bot becomes a person (type "user"); what signs in as the bot may break.']
      : []),
    ...(disabled === true
      ? ['The entry is disabled, so the account is switched off where that is followed.']
      : []),
    ...(disabled === undefined
      ? [
          'The directory does not show whether the entry is disabled, so the account goes off where that is followed.',
        ]
      : []),
  ];
}

const REMOVES_SIGN_INS =
  'Nothing proves that the account belongs to the person of the entry: its password, second factors, tokens ' +
  'and other sign-ins are removed, and it gets the addresses of the entry.';

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

import type { MatchedBy } from '../../../models/account-pair.js';

interface Consequences {
  readonly isAdministrator: boolean;
  readonly matchedBy: MatchedBy;
  readonly type: unknown;
  readonly disabled: boolean | undefined;
  /** As it is shown. */
  readonly dn: string;
}

/** What to know before a decision about a pair, the worst first. */
export function toWarnings(
  kind: 'merge' | 'relink',
  { isAdministrator, matchedBy, type, disabled, dn }: Consequences,
): readonly string[] {
  const administrator = isAdministrator
    ? [
        `ADMINISTRATOR: whoever signs in as the entry ${dn} gets all rights over the chat server. ` +
          'Ask the administrator in person before you approve.',
      ]
    : [];
  if (kind === 'relink') return [...administrator, KEEPS_SIGN_INS];
  return [
    ...administrator,
    ...(matchedBy === 'verified-address' ? [] : [REMOVES_SIGN_INS]),
    ...(type === 'bot'
      ? ['The bot becomes a person (type "user"); what signs in as the bot may break.']
      : []),
    ...(disabled === true
      ? ['The entry is disabled, so the account is switched off where that is followed.']
      : []),
    ...(disabled === undefined
      ? [
          'The directory does not show whether the entry is disabled, so the account goes off where that ' +
            'is followed.',
        ]
      : []),
  ];
}

const KEEPS_SIGN_INS =
  'The entry that the account is linked to is gone. If another person has got the name and the address ' +
  'since, approving gives them the account with everything in it.';

const REMOVES_SIGN_INS =
  'Nothing proves that the account belongs to the person of the entry: its password, second factors, ' +
  'tokens and other sign-ins are removed, and it gets the addresses of the entry.';

import { describeAbsence } from '../sync/removals/describe-absence.js';
import type { MatchExplanation } from './match-explanation.js';
import type { FoundEntry } from '../sync/person/found-entry.js';
import type { Understood } from './understand.js';

export const NOT_LINKED =
  'This account belongs to the chat server: it is not linked to an entry, so no sync changes it.';

/** How somebody belongs together with an entry that is not there. Pure. */
export function explainWithoutEntry({ user, found, absence }: Understood): MatchExplanation {
  if (user && found && found.kind !== 'present') {
    return {
      rule: 'immutable-id',
      explanation: `The user is linked, but the person ${whereIs(found)}. ${absence ?? ''}`.trim(),
    };
  }
  if (found && found.kind !== 'present') {
    return {
      rule: 'not-synced',
      explanation:
        'Nobody is linked to this entry, and it is not among those that are synced: the ' +
        `person ${whereIs(found)}.`,
      remedy:
        found.kind === 'outside-group'
          ? 'Put the person into the group, or correct LDAP_Group_Filter_Group_Name, if it should be.'
          : 'Correct LDAP_BaseDN, LDAP_User_Search_Scope or LDAP_User_Search_Filter, if it should be.',
    };
  }
  if (user?.services?.ldap?.id === undefined)
    return {
      rule: 'not-synced',
      explanation: `${NOT_LINKED} No entry that is synced has its user name or one of its addresses.`,
    };
  return {
    rule: 'not-synced',
    explanation:
      'The user has a services.ldap.id that no directory can be asked for: it is not lower-case ' +
      'hex, or the attribute it came from is not known.',
    remedy: 'Remove services.ldap from the user, or restore both its fields.',
  };
}

function whereIs({ kind, dn = '', group }: FoundEntry): string {
  if (kind === 'present' || kind === 'gone') return describeAbsence({ kind: 'gone' });
  return kind === 'outside-group'
    ? describeAbsence({ kind, dn, group: group?.name ?? '' })
    : describeAbsence({ kind, dn });
}

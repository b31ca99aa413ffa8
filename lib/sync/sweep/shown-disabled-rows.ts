import type { RemovalRow } from '../../../models/change-row.js';
import type { Outcome } from '../../../models/run-report.js';
import { followsDisabling } from '../../settings/active-state.js';
import type { SyncPolicy } from '../../settings/sync-settings.js';
import { isSwitchable } from '../plan/federation.js';
import { findLinkedUsers, type StoredPeople } from '../plan/plan-page.js';
import { toSwitchOffRow } from '../removals/switch-off-row.js';
import type { ReadPage, ShownDisabled } from './read-page.js';

interface Shown {
  readonly linked: StoredPeople['linked'];
  readonly policy: SyncPolicy;
}

/**
 * The rows that switch off the users of people who are shown as disabled, and for whom no plan says so: of entries that
 * cannot be mapped, and of entries that several accounts are linked to. A script that disables somebody may take the
 * address away, too. Pure.
 */
export function toShownDisabledRows(
  { shownDisabled, people }: Pick<ReadPage, 'shownDisabled' | 'people'>,
  shown: Shown,
): RemovalRow[] {
  const ambiguous = people.filter(
    (person) => person.disabled === true && findLinkedUsers(person, shown.linked).length > 1,
  );
  return [
    ...shownDisabled.flatMap((one) => toRows(one, 'rejected', shown)),
    ...ambiguous.flatMap((one) => toRows(one, 'conflicted', shown)),
  ];
}

function toRows(person: ShownDisabled, countedAs: Outcome, { linked, policy }: Shown): readonly RemovalRow[] {
  if (!policy.syncUsers || !policy.keepUpdated || !followsDisabling(policy.activeState)) return [];
  return findLinkedUsers(person, linked)
    .filter(isSwitchable)
    .map((user, index) => ({
      ...toSwitchOffRow(
        user,
        // Who is linked by what identified the entry before is looked up by that.
        person.former ?? {
          id: person.id,
          idAttribute: user.services?.ldap?.idAttribute ?? person.idAttribute,
        },
        'disabled-in-directory',
      ),
      dn: person.dn,
      ...(person.disabledBy === undefined ? {} : { disabledBy: person.disabledBy }),
      // The entry was counted once, whoever is linked to it.
      ...(index === 0 ? { countedAs } : {}),
    }));
}

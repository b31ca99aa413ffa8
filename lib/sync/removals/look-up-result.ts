import type { DirectoryEntry } from '../../directory/directory.js';
import type { Grants } from '../../mapping/grants.js';
import type { GrantKind } from '../../settings/sync-settings.js';
import type { BelongingNow } from '../belonging/belonging-check.js';

/** Where a person is, by a direct look-up. */
export type LookUpResult =
  /** Among those the sweep asks for. */
  | {
      readonly kind: 'present';
      readonly dn: string;
      readonly entry: DirectoryEntry;
      /** It is not known whether the person is in the group whose members are synced. */
      readonly isMembershipUnknown?: true;
      /** What groups give the person; absent: they were not asked. */
      readonly given?: GivenNow;
    }
  /** Asked for by the filter, but not in the group whose members are synced. */
  | { readonly kind: 'outside-group'; readonly dn: string; readonly group: string }
  /** Under the base, but not among those the filter and the scope ask for. */
  | { readonly kind: 'outside-filter'; readonly dn: string }
  | { readonly kind: 'outside-base'; readonly dn: string }
  | { readonly kind: 'gone' };

/** What groups give somebody who is looked up. */
export interface GivenNow {
  readonly grants: Grants;
  /** As `BelongingNow.isWithheld`. */
  isWithheld(kind: GrantKind, name: string): Promise<boolean>;
}

export type LookUpKind = LookUpResult['kind'];

/** The result, with what the group says whose members are synced, and with what groups give. */
export function withGroups(
  where: LookUpResult & { kind: 'present' },
  now: BelongingNow | undefined,
): LookUpResult {
  const { entry, dn } = where;
  const groups = now?.groups.get(entry);
  if (!now || !groups) return where;
  const { membership, grants } = groups;
  if (membership === 'not-member') return { kind: 'outside-group', dn, group: now.group };
  const given: GivenNow = { grants, isWithheld: (kind, name) => now.isWithheld(entry, kind, name) };
  return {
    ...where,
    ...(membership === 'unknown' ? { isMembershipUnknown: true } : {}),
    ...(Object.keys(grants).length > 0 ? { given } : {}),
  };
}

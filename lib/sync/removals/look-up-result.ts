import type { DirectoryEntry } from '../../directory/directory.js';
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
    }
  /** Asked for by the filter, but not in the group whose members are synced. */
  | { readonly kind: 'outside-group'; readonly dn: string; readonly group: string }
  /** Under the base, but not among those the filter and the scope ask for. */
  | { readonly kind: 'outside-filter'; readonly dn: string }
  | { readonly kind: 'outside-base'; readonly dn: string }
  | { readonly kind: 'gone' };

export type LookUpKind = LookUpResult['kind'];

/** The result, with what the group says whose members are synced. */
export function withMembership(
  where: LookUpResult & { kind: 'present' },
  now: BelongingNow | undefined,
): LookUpResult {
  if (!now) return where;
  switch (now.groups.get(where.entry)?.membership) {
    case 'not-member':
      return { kind: 'outside-group', dn: where.dn, group: now.group };
    case 'unknown':
      return { ...where, isMembershipUnknown: true };
    default:
      return where;
  }
}

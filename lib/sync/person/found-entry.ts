import type { DirectoryEntry } from '../../directory/directory.js';
import type { GroupReading, Membership } from '../../directory/groups.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';
import type { GivenByGroups } from './given-by-groups.js';
import type { LookUpResult } from '../removals/look-up-people.js';

/**
 * Where an entry is. Attributes are read only of people who are `present`; other entries are no concern of
 * this package.
 */
export interface FoundEntry {
  readonly kind: LookUpResult['kind'];
  readonly dn?: string;
  readonly entry?: DirectoryEntry;
  readonly identity?: LdapIdentity;
  /** What the group says whose members are synced; absent where there is none, or it was not asked. */
  readonly group?: GroupAnswer;
  /** What groups give the person; absent where the settings ask none for it, or the person is not present. */
  readonly given?: GivenByGroups | undefined;
}

/** Which group was asked for a person, and what it said. */
export interface GroupAnswer extends GroupReading {
  readonly name: string;
  readonly membership: Membership;
}

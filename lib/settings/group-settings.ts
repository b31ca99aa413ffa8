import type { MembershipQuestion } from '../directory/groups.js';

/** Only the members of one group are synced. */
export interface GroupFilter {
  readonly question: MembershipQuestion;
  /** The one group of the question. */
  readonly group: string;
}

/** What groups of the directory give people. */
export type GrantKind = 'roles' | 'channels' | 'teams';

/** What the members of groups get. */
export interface GroupGrants {
  readonly question: MembershipQuestion;
  /** Group → the names of roles, channels or teams, as the setting has them. */
  readonly byGroup: ReadonlyMap<string, readonly string[]>;
}

/** Which roles groups give. */
export interface RoleRules {
  /** By id. No other role is ever given or taken. */
  readonly mapped: ReadonlySet<string>;
  /** Whether whoever is in none of its groups loses a role. */
  readonly areTaken: boolean;
}

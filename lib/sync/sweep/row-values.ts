import type { ChangeRow, RemovalRow } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import type { Decision } from '../plan/plan-page.js';
import { who } from './person-outcome.js';

/** What all rows about one person have. */
export type CommonParts = Omit<RemovalRow, 'kind' | 'outcome' | 'fields'>;

/** How a row names its user. The ids of users whom a preview would create are made up and mean nothing. */
type Named = Pick<ChangeRow, 'userId' | 'username' | 'name' | 'dn'>;

/** Names the user that a row of the history is about. */
export function whoIs({ person }: Decision, user: UserRecord): Named {
  const named = who(person, user);
  return named.username === undefined ? named : { ...named, username: user.username ?? named.username };
}

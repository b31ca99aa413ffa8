import { isActive } from '../../../models/active-user.js';
import type { Collection } from '../../../models/database.js';
import type { UserRecord } from '../../../models/user.js';
import type { LinkSurvey } from './user-store.js';

interface LinkGroup {
  readonly _id: { readonly attribute?: unknown; readonly ldap?: unknown; readonly active?: unknown };
  readonly users: number;
}

/** The database counts users who are alike in what matters here, so that few groups come back. */
const GROUPS = [
  { $match: { 'services.ldap.id': { $type: 'string' } } },
  {
    $group: {
      _id: { attribute: '$services.ldap.idAttribute', ldap: '$ldap', active: '$active' },
      users: { $sum: 1 },
    },
  },
];

/** Reads once through all users who are linked. */
export async function surveyLinks(users: Pick<Collection<UserRecord>, 'aggregate'>): Promise<LinkSurvey> {
  const groups = (await users.aggregate(GROUPS).toArray()) as unknown as readonly LinkGroup[];
  const sum = (some: readonly LinkGroup[]): number => some.reduce((count, group) => count + group.users, 0);
  return {
    all: sum(groups),
    active: sum(groups.filter(({ _id }) => _id.ldap === true && isActive(_id))),
    idAttributes: [...new Set(groups.map(({ _id }) => _id.attribute))],
  };
}

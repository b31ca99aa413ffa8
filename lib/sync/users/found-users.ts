import { toReadableEmails, type UserRecord } from '../../../models/user.js';
import { storedIdOf } from '../../mapping/ldap-identity.js';

/** The host's documents may hold anything; copies only what has to be mended. */
export function toReadable(user: UserRecord): UserRecord {
  const emails = toReadableEmails(user.emails);
  const hasEmails = user.emails === undefined || emails === user.emails;
  const hasImportIds = user.importIds === undefined || Array.isArray(user.importIds);
  return hasEmails && hasImportIds
    ? user
    : { ...user, ...(hasEmails ? {} : { emails }), ...(hasImportIds ? {} : { importIds: [] }) };
}

/** The users by the id they are linked with. */
export function groupByLdapId(found: readonly UserRecord[]): ReadonlyMap<string, readonly UserRecord[]> {
  const groups = new Map<string, UserRecord[]>();
  for (const user of found) {
    const id = storedIdOf(user);
    const group = groups.get(id);
    if (group) group.push(user);
    else groups.set(id, [user]);
  }
  return groups;
}

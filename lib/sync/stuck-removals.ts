import type { ChangeLog } from './change-log.js';
import type { RemovalRow } from './change-row.js';
import { ownersOf, type Owners } from './claims.js';
import { toLostAddresses, toNewAddresses } from './field-exchange.js';
import { toRenaming } from './removal-slots.js';
import type { RemovalCounts } from './report.js';
import type { UserStore } from './user-store.js';

/**
 * How many renamings and clearings cannot happen, in people, since somebody has the name or an address who is not about to give it up.
 * They end as conflicts, and so take nothing away from anybody.
 */
export async function countStuck({ changes, users }: { readonly changes: ChangeLog; readonly users: UserStore }): Promise<Pick<RemovalCounts, 'renames' | 'clearings'>> {
  /** User ids by what they give up, lower-cased. */
  const givenUp = { usernames: new Map<string, string>(), emails: new Map<string, string>() };
  const losingOthers = new Set<string>();
  for await (const { rows } of changes.removals()) {
    for (const row of rows) {
      if (row.kind === 'rename') givenUp.usernames.set((toRenaming(row).from ?? '').toLowerCase(), row.userId);
      for (const address of toLostAddresses(row.fields)) givenUp.emails.set(address.toLowerCase(), row.userId);
      if (row.kind === 'clear' && row.fields.some(({ field }) => field !== 'emails')) losingOthers.add(row.userId);
    }
  }
  const stuck = { renames: 0, clearings: 0 };
  for await (const { rows } of changes.removals()) {
    const renames = rows.filter(({ kind }) => kind === 'rename');
    const clearings = rows.filter(({ kind, userId }) => kind === 'clear' && !losingOthers.has(userId));
    const claims = await users.findClaims(renames.map((row) => toRenaming(row).to), clearings.flatMap(({ fields }) => toNewAddresses(fields)));
    stuck.renames += renames.filter((row) => isKept([toRenaming(row).to], row, claims.usernames, givenUp.usernames)).length;
    stuck.clearings += clearings.filter((row) => isKept(toNewAddresses(row.fields), row, claims.emails, givenUp.emails)).length;
  }
  return stuck;
}

function isKept(texts: readonly string[], { userId }: RemovalRow, owners: Owners, givenUp: ReadonlyMap<string, string>): boolean {
  return texts.some((text) => ownersOf(owners, text).some(({ _id }) => _id !== userId && givenUp.get(text.toLowerCase()) !== _id));
}

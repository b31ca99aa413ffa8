import type { Collection } from '../../../models/database.js';
import type { UnfinishedWork, UserRecord } from '../../../models/user.js';

/** Versions before the list of marks had an index for each of them. */
const FORMER_INDEXES: Readonly<Record<UnfinishedWork, string>> = {
  renamedFrom: 'ldapSync.renamedFrom',
  namedFrom: 'ldapSync.namedFrom',
  switching: 'ldapSync.switching',
  joins: 'ldapSync.joins',
  mail: 'ldapSync.mail.runId',
};

const INDEX_NOT_FOUND = 27;

/** An index as the database tells of it. */
export interface ExistingIndex {
  readonly name?: string;
  readonly key: object;
}

/**
 * Lists the marks that an earlier version has left, as long as its indexes show that there was one, and drops these
 * indexes: each makes every insertion into `users` dearer.
 */
export async function adoptMarks(
  users: Collection<UserRecord>,
  existing: readonly ExistingIndex[],
): Promise<void> {
  for (const [work, key] of Object.entries(FORMER_INDEXES)) {
    const former = existing.find((index) => JSON.stringify(index.key) === JSON.stringify({ [key]: 1 }));
    if (former?.name === undefined) continue;
    const marked = { [key]: { $gt: '' }, 'ldapSync.unfinished': { $ne: work } };
    await users.updateMany(marked, { $addToSet: { 'ldapSync.unfinished': work } });
    await users.dropIndex(former.name).catch(ignoreMissing);
  }
}

/** Another host was faster. */
function ignoreMissing(error: unknown): void {
  if ((error as { code?: number }).code !== INDEX_NOT_FOUND) throw error;
}

import type { Directory } from '../directory/directory.js';
import { isAttributeName } from '../directory/search-filter.js';
import { isHexId } from '../mapping/unique-id.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import type { ActiveRun } from './active-run.js';
import { carryOut } from './carry-out.js';
import type { RemovalRow } from './change-row.js';
import type { RunDependencies, RunEnd } from './run.js';
import type { UserStore } from './user-store.js';
import { findWhereabouts } from './whereabouts.js';

/** So many are asked whether they know the directory. */
const VOUCHERS = 100;

/**
 * Does what another run held. The list is copied first, so that what was asked for and what came of it can both be read
 * afterwards; everybody on it is looked up again, and only what still holds happens. Whoever the held run has linked while
 * it was in doubt is known from then on.
 */
export async function runApproval(run: ActiveRun, settings: SyncSettings, dependencies: RunDependencies): Promise<RunEnd> {
  const { changes, phase, avatars, clock: now, createUserStore, openDirectory, runs } = dependencies;
  const users = createUserStore(run);
  const of = run.of ?? '';
  const listed = new Set<string>();
  for await (const { rows } of changes.removals(of)) {
    for (const { userId } of rows) listed.add(userId);
    await changes.collect(rows.map(toFresh));
  }
  await changes.flush();
  const { deactivations = 0, renames = 0, clearings = 0 } = (await runs.get(of))?.held ?? {};
  if (listed.size === 0 && deactivations + renames + clearings > 0) {
    run.tally.problem({ message: 'The list of the held run is gone: it is older than LDAP_Sync_History_Days.', remedy: 'Run the sync again, and decide about its list.' });
    return { state: 'failed' };
  }
  const directory = await phase('connect', () => openDirectory(settings.address, run.signal));
  try {
    if (listed.size > 0 && !(await isVouchedFor(directory, listed, users, settings, run.signal))) {
      run.tally.problem({
        message: 'The directory shows nobody of those who are to stay, so whom it does not show proves nothing.',
        remedy: 'Check LDAP_Host, LDAP_BaseDN and LDAP_User_Search_Filter, then run the sync again.',
      });
      return { state: 'failed' };
    }
    await phase('removals', () => carryOut({ users, avatars, directory, changes, run, settings, now }));
    await users.confirmLinksOf(of);
    await run.markProven();
  } finally {
    directory.close();
  }
  return { state: 'completed' };
}

/** Whether the directory is still the one the list was made from: it shows somebody who is not on it, if there is anybody. */
async function isVouchedFor(directory: Directory, listed: ReadonlySet<string>, users: UserStore, { search }: SyncSettings, signal: AbortSignal): Promise<boolean> {
  const others: { readonly ldapId: string; readonly idAttribute: string }[] = [];
  for await (const { _id, services } of users.activeLinked()) {
    const { id, idAttribute } = services?.ldap ?? {};
    if (!listed.has(_id) && isHexId(id) && typeof idAttribute === 'string' && isAttributeName(idAttribute)) others.push({ ldapId: id, idAttribute });
    if (others.length === VOUCHERS) break;
  }
  if (others.length === 0) return true;
  const whereabouts = await findWhereabouts(others, directory, search, [], signal);
  return [...whereabouts.values()].some(({ kind }) => kind === 'present');
}

/** In this run nobody has been counted yet. */
function toFresh({ countedAs: _countedAs, ...row }: RemovalRow): RemovalRow {
  return row;
}

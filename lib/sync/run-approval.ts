import type { RemovalRow } from '../../models/change-row.js';
import type { Directory } from '../directory/directory.js';
import { toLdapIdentity, type LdapIdentity } from '../mapping/ldap-identity.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { withRoleIds } from './belonging/with-role-ids.js';
import { createApprovedStates } from './newly-counting.js';
import type { ActiveRun } from './run/active-run.js';
import type { RunEnd } from './run/run-end.js';
import { RUN_KINDS } from './run/run-kinds.js';
import { carryOut } from './removals/carry-out.js';
import { KINDS } from './removals/kinds/removal-kinds.js';
import { lookUpPeople } from './removals/look-up-people.js';
import { withStateReading } from './removals/state-reading.js';
import { openRunRooms } from './open-run-rooms.js';
import type { RunDependencies } from './run-dependencies.js';
import { confirmLinks } from './users/remove-marks.js';
import type { UserStore } from './users/user-store.js';

/** At most this many users who are to stay are looked up, to see whether it is the same directory. */
const ASKED_AT_MOST = 100;

/**
 * Does those rows of a held list that were approved for this run. They are copied first, so that the request and
 * its result can both be read afterwards. Everybody is looked up again, and only the removals that still hold
 * happen. Afterwards the links that were in doubt in the held run are confirmed.
 */
export async function runApproval(
  run: ActiveRun,
  asked: SyncSettings,
  dependencies: RunDependencies,
): Promise<RunEnd> {
  const { changes, phase, files, clock: now, createUserStore, openDirectory, runs } = dependencies;
  const users = createUserStore();
  const of = run.of ?? '';
  const { missing, stateAttributes } = await collectApproved(run, of, { changes, runs });
  const held = await runs.get(of);
  // What somebody knows of one person says nothing of the directory, nor of a setting that counts for everybody.
  const isAboutOne = held !== undefined && RUN_KINDS[held.kind].isAboutOne;
  const directory = await phase('connect', () => openDirectory(asked.address, run.signal));
  try {
    const known = await withRoleIds(asked, users);
    const settings = await withStateReading(known, {
      directory,
      users,
      signal: run.signal,
      now: run.startedAt,
    });
    // Where the directory was unverified, there may be no user left to look up. Then the approval itself says
    // that the directory is the right one.
    const isAsked = held?.doubted === undefined && missing.size > 0;
    const comparison = { missing, users, search: settings.search, signal: run.signal };
    if (isAsked && !(await isSameDirectory(directory, comparison))) {
      run.tally.problem(UNKNOWN_DIRECTORY);
      return { state: 'failed' };
    }
    const opened = await openRunRooms(run, settings, dependencies);
    const removing = { users, ...opened, files, directory, changes, run, settings, now, phase };
    await carryOut(removing, { isDecided: true });
    if (!isAboutOne) {
      await confirmLinks(await users.findUnconfirmed([of, ...(held?.doubted ?? [])]), { users, run });
      await run.markProven();
    }
  } finally {
    directory.close();
  }
  return { state: 'completed', ...(isAboutOne ? { weighed: false } : { stateAttributes }) };
}

interface Approved {
  /** The ids of the users whom the list says are missing. */
  readonly missing: ReadonlySet<string>;
  /** The attributes of `LDAP_Active_State_Attributes` that need no decision any more. */
  readonly stateAttributes: readonly string[];
}

/** Copies the rows of the held list that were approved into the list of this run. */
async function collectApproved(
  run: ActiveRun,
  of: string,
  { changes, runs }: Pick<RunDependencies, 'changes' | 'runs'>,
): Promise<Approved> {
  const missing = new Set<string>();
  const counted = await runs.stateAttributes();
  const states = createApprovedStates();
  for await (const { rows } of changes.removals(of)) {
    for (const row of rows) if (isAboutAbsence(row)) missing.add(row.userId);
    const approved = rows.filter(({ decided }) => decided?.runId === run.id);
    states.add(rows);
    await changes.collect(approved.map(toFresh));
  }
  await changes.flush();
  return { missing, stateAttributes: [...new Set([...counted, ...states.settled()])] };
}

const UNKNOWN_DIRECTORY = {
  message: 'The directory shows nobody of those who are to stay, so whom it does not show proves nothing.',
  remedy: 'Check LDAP_Host, LDAP_BaseDN and LDAP_User_Search_Filter, then run the sync again.',
};

/** Whether only the absence of the entry shows that it still holds. */
function isAboutAbsence({ kind, because }: RemovalRow): boolean {
  return because === 'missing-from-directory' || KINDS[kind].absence !== undefined;
}

interface Comparison {
  /** The ids of the users whom the list says are missing. */
  readonly missing: ReadonlySet<string>;
  readonly users: UserStore;
  readonly search: SyncSettings['search'];
  readonly signal: AbortSignal;
}

/**
 * Whether the directory is still the one the list was made from: it shows a user who was not missing, if
 * there is such a user.
 */
async function isSameDirectory(
  directory: Directory,
  { missing, users, search, signal }: Comparison,
): Promise<boolean> {
  const others: LdapIdentity[] = [];
  for await (const user of users.activeLinked()) {
    const identity = missing.has(user._id) ? undefined : toLdapIdentity(user);
    if (identity) others.push(identity);
    if (others.length === ASKED_AT_MOST) break;
  }
  if (others.length === 0) return true;
  const lookedUp = await lookUpPeople(others, directory, { search, attributes: [], signal });
  return [...lookedUp.values()].some(({ kind }) => kind === 'present');
}

/** This run has not counted anybody yet, and its rows wait for nobody's decision. */
function toFresh({ countedAs: _countedAs, decided: _decided, ...row }: RemovalRow): RemovalRow {
  return row;
}

import type { RunProblem } from '../../models/run-report.js';
import type { Directory } from '../directory/directory.js';
import { toStateAttributes } from '../mapping/active-state.js';
import { followsDisabling } from '../settings/active-state.js';
import type { MappingSettings, SyncSettings } from '../settings/sync-settings.js';
import { findTooMany } from './logout/check-many.js';
import { findSignedOut, type Leaver, type SignedOut } from './logout/find-signed-out.js';
import { isAnybodyShown, toNobodyShown } from './logout/find-witness.js';
import type { StateQuestion } from './logout/look-up-states.js';
import { signOut } from './logout/sign-out.js';
import { findNewlyCounting } from './newly-counting.js';
import type { RunDependencies } from './run-dependencies.js';
import type { ActiveRun } from './run/active-run.js';
import type { RunEnd } from './run/run-end.js';
import { isAnybodySignedIn, signedInUsers } from './users/signed-in.js';

type Dependencies = RunDependencies & { readonly signsOutGone: boolean };

/**
 * Signs out people whom the directory shows as disabled, between two syncs. They stay on: switching off is the sync's.
 * Whatever cannot be known signs nobody out.
 */
export async function runAutoLogout(
  run: ActiveRun,
  settings: SyncSettings,
  dependencies: Dependencies,
): Promise<RunEnd> {
  const { connection, phase, clock: now, changes, runs } = dependencies;
  if (!(await isAnybodySignedIn(connection))) return { state: 'completed' };
  const users = dependencies.createUserStore();
  const { leavers, wanted, counts, problems } = await lookUp(run, settings, dependencies);
  const tooMany = await findTooMany({ wanted, users, guard: settings.guard });
  const told = [...problems, ...(tooMany ? [tooMany] : [])];
  for (const problem of told) run.tally.problem(problem);

  const { disabled, present, several } = counts;
  run.tally.read(disabled + present + several);
  const unchanged = present + several + (tooMany ? disabled : 0);
  for (let person = 0; person < unchanged; person += 1) run.tally.count('unchanged');
  if (!tooMany && leavers.length > 0)
    await phase('sign-out', () => signOut(leavers, { connection, users, changes, run, now }));
  if (told.length > 0 || leavers.length > 0) await runs.prune(settings.history.runs, [run.kind]);
  return { state: told.length > 0 ? 'failed' : 'completed' };
}

interface Found extends Pick<SignedOut, 'counts' | 'problems'> {
  readonly leavers: readonly Leaver[];
  /** How many there are, kept or not. */
  readonly wanted: number;
}

async function lookUp(run: ActiveRun, settings: SyncSettings, dependencies: Dependencies): Promise<Found> {
  const { connection, openDirectory, phase, signsOutGone: asksWhoIsGone } = dependencies;
  const rules = await toRules(run, settings, dependencies);
  const { search, guard } = settings;
  const question: StateQuestion = { search, rules, signal: run.signal, asksWhoIsGone };
  const directory = await phase('connect', () => openDirectory(settings.address, run.signal));
  try {
    return await phase('look-up', async () => {
      const keepAtMost = guard.deactivations.maximum;
      const found = await findSignedOut(signedInUsers(connection), { directory, question, keepAtMost });
      const problems = [...found.problems, ...(toStateAttributes(rules).length === 0 ? [NOTHING_SAYS] : [])];
      const { disabled, gone, counts } = found;
      if (await isKnown(found, { directory, question, dependencies }))
        return { counts, leavers: [...disabled, ...gone], wanted: counts.disabled + counts.gone, problems };
      const unproven = [...problems, toNobodyShown(counts.gone)];
      return { counts, leavers: disabled, wanted: counts.disabled, problems: unproven };
    });
  } finally {
    directory.close();
  }
}

/** Whether somebody whom the directory does not show may be taken for gone. */
async function isKnown(
  { counts: { gone, disabled, present, several } }: SignedOut,
  {
    directory,
    question,
    dependencies,
  }: {
    readonly directory: Directory;
    readonly question: StateQuestion;
    readonly dependencies: Dependencies;
  },
): Promise<boolean> {
  if (gone === 0 || disabled + present + several > 0) return true;
  return isAnybodyShown(dependencies.createUserStore().activeLinked(), directory, question);
}

/**
 * What counts as being disabled. An attribute about which a sync still has to ask for a decision does not: whoever could
 * sign in until now would be signed out again and again before anybody has decided.
 */
async function toRules(
  { startedAt }: ActiveRun,
  settings: SyncSettings,
  { runs }: Dependencies,
): Promise<MappingSettings> {
  const { mapping, policy } = settings;
  const isDecided = policy.syncUsers && policy.keepUpdated && followsDisabling(policy.activeState);
  const newly = isDecided ? await findNewlyCounting(settings, runs) : new Set<string>();
  const furtherState = (mapping.furtherState ?? []).filter((attribute) => !newly.has(attribute));
  return { ...mapping, furtherState, stateAt: startedAt };
}

const NOTHING_SAYS: RunProblem = {
  message: 'No attribute that says who is disabled may be read, so nobody is signed out for being disabled.',
  remedy: 'Name the one that the directory uses in LDAP_User_Search_AttributesToQuery, or *.',
  setting: 'LDAP_User_Search_AttributesToQuery',
};

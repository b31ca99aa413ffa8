import type { RunProblem } from '../../models/run-report.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { createSurvey } from '../survey/survey.js';
import { createGroupTeller, judgeBelonging } from './judge-belonging.js';
import { judgeAllFields, judgeFirstPages, judgeNobody, judgeServer } from './judge-settings.js';
import { concludeSync, type Swept } from './conclude-sync.js';
import type { RemovalDependencies } from './removals/removal-dependencies.js';
import type { ActiveRun } from './run/active-run.js';
import { createDryPhotoFiles } from './avatars/dry-photo-files.js';
import { withFormerIdAttributes } from './users/former-id-attributes.js';
import { createPreviewUserStore } from './users/preview-user-store.js';
import { EVERYBODY_BELONGS, readBelonging, type Belonging } from './belonging/belonging.js';
import { asksForGroups } from './belonging/read-groups.js';
import { withRoleIds } from './belonging/with-role-ids.js';
import { forWrittenPeople } from './for-written-people.js';
import { findJoins } from './rooms/find-joins.js';
import { openRunRooms } from './open-run-rooms.js';
import type { RunDependencies } from './run-dependencies.js';
import type { RunEnd } from './run/run-end.js';
import { RUN_KINDS } from './run/run-kinds.js';
import type { GuardRefusal } from './removals/guard.js';
import { toCutOff, toUndecided } from './removals/hold-removals.js';
import { withStateReading } from './removals/state-reading.js';
import { settlePhotoRows } from './sweep/photo-rows.js';
import { sweepPeople } from './sweep/sweep-people.js';
import { findNewlyCounting } from './newly-counting.js';
import { reportStates, reportSweep } from './report-sweep.js';

/** What a run does once everybody has been read. */
export type Conclude = (
  swept: Swept,
  removing: RemovalDependencies,
  dependencies: RunDependencies,
) => Promise<RunEnd>;

/** The steps of a sync. A preview takes the same steps, with stores that write nothing. */
export async function runSync(
  run: ActiveRun,
  asked: SyncSettings,
  dependencies: RunDependencies & { readonly conclude?: Conclude },
): Promise<RunEnd> {
  const { clock: now, changes, phase, events } = dependencies;
  const { writes } = RUN_KINDS[run.kind];
  // By settings that are not saved nothing is deleted.
  if (writes && !run.trial) await pruneHistory(run, asked, dependencies);
  const stored = dependencies.createUserStore();
  const users = writes ? stored : createPreviewUserStore(stored);
  const files = writes ? dependencies.files : createDryPhotoFiles();
  const undecided = await findUndecided(dependencies.runs);
  const directory = await phase('connect', () => dependencies.openDirectory(asked.address, run.signal));
  let belonging: Belonging = EVERYBODY_BELONGS;
  const tellOfGroups = createGroupTeller(run.tally);
  try {
    const links = await users.surveyLinks();
    const tell = (problem: RunProblem): void => run.tally.problem(problem);
    const used = withFormerIdAttributes(forWrittenPeople(asked), links);
    const known = await withRoleIds(used, users, tell);
    const settings = await withStateReading(known, {
      directory,
      users,
      signal: run.signal,
      now: run.startedAt,
    });
    const progress = (): void =>
      events.emit('run:progress', { runId: run.id, kind: run.kind, counts: run.tally.counts() });
    const judged = { run, settings, dependencies };
    await judgeServer(directory, judged);
    const newlyCounting = await findNewlyCounting(settings, dependencies.runs);
    const joins = await findJoins(settings, run.tally, dependencies);
    const opened = await openRunRooms(run, settings, dependencies);
    const openBeside = () => dependencies.openDirectory(settings.address, run.signal);
    const readGroups = () => readBelonging(settings, { directory, openBeside, signal: run.signal });
    if (asksForGroups(settings)) belonging = await phase('groups', readGroups);
    const survey = createSurvey(settings, { isFirstImport: links.all === 0 });
    const { state, end } = await phase('sweep', () =>
      sweepPeople({
        users,
        files,
        decoder: dependencies.decoder,
        directory,
        changes,
        run,
        settings,
        belonging,
        now,
        joins,
        ...opened,
        progress,
        survey,
        newlyCounting,
        linkedBefore: links.active,
        mayBegin: () => judgeFirstPages(survey, judged),
      }),
    );
    if (end === 'stopped') return { state: 'failed' };
    await settlePhotoRows(state, { changes, tally: run.tally });
    reportSweep(state, end, { run, survey });
    tellOfGroups(belonging);
    const isSomebodyThere = judgeBelonging(belonging, state, judged);
    reportStates(state, settings, run.tally);
    await (state.read === 0 ? judgeNobody(directory, judged) : judgeAllFields(survey, directory, judged));
    const removing = { users, ...opened, files, directory, changes, run, settings, now, phase };
    const swept = { state, end, undecided, isSomebodyThere };
    const { conclude = concludeSync } = dependencies;
    return await conclude(swept, removing, dependencies);
  } finally {
    tellOfGroups(belonging);
    belonging.close();
    directory.close();
  }
}

/** The refusal of a sync while an earlier list waits. */
async function findUndecided(runs: RunDependencies['runs']): Promise<GuardRefusal | undefined> {
  const waiting = await runs.undecided();
  // What needs a decision by its nature holds nothing else back.
  if (waiting && waiting.held?.code !== 'decision-needed') return toUndecided(waiting._id);
  const cutOff = await runs.cutOffApplication();
  return cutOff === undefined ? undefined : toCutOff(cutOff);
}

async function pruneHistory(
  run: ActiveRun,
  { history }: SyncSettings,
  { runs, history: kept }: RunDependencies,
): Promise<void> {
  await runs.prune(history.runs);
  // Goes by the database server's time, so that a host whose clock is ahead deletes nothing too early.
  await kept.prune(run.startedAt);
}

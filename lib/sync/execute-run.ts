import type { AnsweringServer, RunKind, RunReport, RunState } from '../../models/run-report.js';
import { LdapSyncError } from '../errors.js';
import type { Logger } from '../logger.js';
import { parseAutoLogout } from '../settings/auto-logout.js';
import { parseHistory, parseSyncSettings } from '../settings/parse-sync-settings.js';
import type { Settings } from '../settings/settings.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { createChangeLog } from './history/change-log.js';
import { followUp } from './follow-up.js';
import { mailSwitched } from './mails/mail-switched.js';
import { prepareRun } from './prepare-run.js';
import { runApplication } from './run-application.js';
import { runApproval } from './run-approval.js';
import { runAutoLogout } from './run-auto-logout.js';
import type { RunDependencies, SyncDependencies } from './run-dependencies.js';
import { runPerson } from './run-person.js';
import { runRevert } from './run-revert.js';
import { runSync } from './run-sync.js';
import type { ActiveRun } from './run/active-run.js';
import { createRunClock } from './run/run-clock.js';
import { RUN_KINDS } from './run/run-kinds.js';
import { toUnsaved } from './run/trial.js';
import { toLastPhase, type RunEnd } from './run/run-end.js';
import { createPhases } from './run/run-phases.js';

/** Does a run from its start to its end. Never throws: how it ended is in the report. */
export async function executeRun(run: ActiveRun, dependencies: SyncDependencies): Promise<void> {
  const { events, logger, clock } = dependencies;
  const { id: runId, kind, of, asked, trial, requestedBy, startedAt } = run;
  events.emit('run:started', { runId, kind, requestedBy, startedAt });
  let end: RunEnd;
  let server: AnsweringServer | undefined;
  try {
    end = await execute(run, dependencies, (answering) => void (server = answering));
  } catch (error) {
    end = { state: reportFailure(error, run, logger) };
  }
  if (server) end = { ...end, server };
  await run.finish(end);
  const report: RunReport = {
    _id: runId,
    kind,
    state: end.state,
    ...(of === undefined ? {} : { of }),
    ...(asked === undefined ? {} : { asked }),
    ...toUnsaved(trial),
    ...(end.settingsChange === undefined ? {} : { settingsChange: end.settingsChange }),
    ...(end.plan ? { plan: end.plan } : {}),
    ...(end.held ? { held: end.held } : {}),
    ...(end.server ? { server: end.server } : {}),
    host: run.host,
    ...toLastPhase(end, run.phase),
    requestedBy,
    startedAt,
    finishedAt: clock(),
    ...(end.weighed === false ? { weighed: false } : {}),
    ...run.tally.snapshot(),
  };
  if (end.state === 'held') events.emit('run:held', report);
  events.emit('run:finished', report);
}

/** How a kind of run goes on once the settings are read and the database is ready. */
type Execute = (run: ActiveRun, settings: Settings, dependencies: RunDependencies) => Promise<RunEnd>;

const EXECUTE: Readonly<Record<RunKind, Execute>> = {
  sync: withDirectory(runSync),
  // The same steps, with stores that write nothing.
  preview: withDirectory(runSync),
  trial: withDirectory(runSync),
  application: withDirectory(runApplication),
  approval: withDirectory(runApproval),
  // Taking something back needs no directory, and so no settings that reach it.
  revert: runRevert,
  'person-sync': (run, stored, dependencies) =>
    withDirectory((own, parsed, others) => runPerson(own, parsed, { ...others, stored }))(
      run,
      stored,
      dependencies,
    ),
  async 'auto-logout'(run, settings, dependencies) {
    const { isOn, signsOutGone } = parseAutoLogout(settings);
    // Switched off between the call and now.
    if (!isOn) return { state: 'completed' };
    const work = withDirectory((own, parsed, others) =>
      runAutoLogout(own, parsed, { ...others, signsOutGone }),
    );
    return work(run, settings, dependencies);
  },
};

async function execute(
  run: ActiveRun,
  dependencies: SyncDependencies,
  answered: RunDependencies['answered'],
): Promise<RunEnd> {
  const { connection, events } = dependencies;
  const phase = createPhases(run, events);
  run.assertGoingOn();
  const { trial } = run;
  const readSettings = trial ? () => Promise.resolve(trial.settings) : dependencies.readSettings;
  const settings = await phase('settings', readSettings);
  if (!(await phase('database', () => prepareRun(run, dependencies)))) return { state: 'failed' };
  const { days } = parseHistory(settings);
  const changes = createChangeLog(connection, run, { days, clock: createRunClock(run) });
  const end = await EXECUTE[run.kind](run, settings, { ...dependencies, changes, phase, answered });
  if (!RUN_KINDS[run.kind].followsUp) return end;
  const { phase: reached } = run;
  try {
    await phase('follow-up', async () => {
      await followUp(run, dependencies);
      await mailSwitched(run, dependencies);
    });
  } catch (error) {
    const state = reportFailure(error, run, dependencies.logger);
    // A list that waits goes on waiting: the next run does what should have followed.
    return end.held ? end : { ...end, state };
  }
  return { ...end, phase: reached };
}

/** For a run that reads the directory: only with settings that can be used. */
function withDirectory(
  work: (run: ActiveRun, settings: SyncSettings, dependencies: RunDependencies) => Promise<RunEnd>,
): Execute {
  return async (run, settings, dependencies) => {
    const parsed = parseSyncSettings(settings);
    // What happens every few minutes leaves the warnings to the syncs and the status.
    const warnings = RUN_KINDS[run.kind].isRoutine ? [] : parsed.warnings;
    for (const problem of [...(parsed.ok ? [] : parsed.problems), ...warnings]) run.tally.problem(problem);
    if (!settings.get('LDAP_Enable')) {
      run.tally.problem({
        message: 'LDAP is switched off.',
        remedy: 'Switch LDAP_Enable on.',
        setting: 'LDAP_Enable',
      });
      return { state: 'failed' };
    }
    return parsed.ok ? work(run, parsed.settings, dependencies) : { state: 'failed' };
  };
}

function reportFailure(error: unknown, { id, tally }: ActiveRun, logger: Logger): RunState {
  if (error instanceof LdapSyncError) {
    tally.problem({ message: error.message, remedy: error.remedy ?? 'Run the sync again.' });
    logger.warn({ runId: id, code: error.code }, error.message);
    if (error.code === 'run-cancelled') return 'cancelled';
    return error.code === 'run-stopped' ? 'interrupted' : 'failed';
  }
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  logger.error({ runId: id, error: `${name}: ${message}` }, 'LDAP sync failed');
  const isDatabase = name.startsWith('Mongo');
  tally.problem(
    isDatabase
      ? {
          message: `The database failed: ${message}`,
          remedy: 'Check MongoDB, then run the sync again: it goes on where it stopped.',
        }
      : {
          message: 'The sync ended with an unexpected error.',
          remedy: 'Look it up in the log of the chat server under the id of this run.',
        },
  );
  return 'failed';
}

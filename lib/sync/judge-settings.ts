import { describeQuietly } from '../directory/describe-quietly.js';
import type { Directory } from '../directory/directory.js';
import { judgeServerType } from '../settings/directory-server-type.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { explainNobody } from '../survey/explain-nobody.js';
import { findFieldLacks, findRareFields, judgeFields } from '../survey/judge-fields.js';
import { findNeededLacks, judgeFirstLook } from '../survey/judge-first-look.js';
import { NOTHING_SHOWN, tryToReadShown, type Shown } from '../survey/shown-attributes.js';
import type { Survey } from '../survey/survey.js';
import type { ActiveRun } from './run/active-run.js';
import type { RunDependencies } from './run-dependencies.js';

/** What the settings of a run are compared with. */
interface Judged {
  readonly run: ActiveRun;
  readonly settings: SyncSettings;
  readonly dependencies: Pick<RunDependencies, 'openDirectory' | 'answered'>;
}

/** Notes who answers, and says when the settings are for another server. */
export async function judgeServer(
  directory: Directory,
  { run, settings, dependencies }: Judged,
): Promise<void> {
  const server = await describeQuietly(directory, run.signal);
  if (!server) return;
  const { host, port, kind, name, version, certificate } = server;
  dependencies.answered({
    ...{ host, port, kind, name },
    ...(version === undefined ? {} : { version }),
    ...(certificate ? { certificate: certificate.firstToEnd } : {}),
  });
  const mismatch = judgeServerType(server, settings.survey.serverType);
  if (mismatch) run.tally.problem(mismatch);
}

/** Whether the run may write anybody, by what the first entries show; what is wrong is in the report. */
export async function judgeFirstPages(
  survey: Survey,
  { run, settings, dependencies }: Judged,
): Promise<boolean> {
  const isLacking = findNeededLacks(survey, settings).length > 0;
  const shown = isLacking ? await readShownBeside(settings, { run, dependencies }) : NOTHING_SHOWN;
  const { mistakes, warnings } = judgeFirstLook(survey, settings, shown);
  for (const problem of [...mistakes, ...warnings]) run.tally.problem(problem);
  return mistakes.length === 0;
}

/** The sweep has not ended, so another connection is asked. */
async function readShownBeside(
  { address, search }: SyncSettings,
  { run, dependencies }: Pick<Judged, 'run' | 'dependencies'>,
): Promise<Shown> {
  const directory = await dependencies.openDirectory(address, run.signal);
  try {
    return await tryToReadShown(directory, { query: search, signal: run.signal });
  } finally {
    directory.close();
  }
}

/** Says which fields nobody has, or far fewer people than before. Only after a sweep. */
export async function judgeAllFields(
  survey: Survey,
  directory: Directory,
  { run, settings }: Pick<Judged, 'run' | 'settings'>,
): Promise<void> {
  const lacks = findFieldLacks(survey, settings);
  const shown =
    lacks.length > 0
      ? await tryToReadShown(directory, { query: settings.search, signal: run.signal })
      : NOTHING_SHOWN;
  for (const problem of [...judgeFields(lacks, survey, shown), ...findRareFields(survey, settings)])
    run.tally.problem(problem);
}

/** Says why nobody was found. */
export async function judgeNobody(
  directory: Directory,
  { run, settings }: Pick<Judged, 'run' | 'settings'>,
): Promise<void> {
  const problem = await explainNobody(directory, settings, run.signal);
  if (problem) run.tally.problem(problem);
}

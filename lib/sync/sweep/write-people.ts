import type { ChangeRow } from '../../../models/change-row.js';
import type { Clock } from '../../clock.js';
import { inParallel } from '../../in-parallel.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import {
  PhotoGoneError,
  type AdoptedFile,
  type PhotoFiles,
  type ReplacedFiles,
} from '../avatars/photo-files.js';
import type { ChangeLog } from '../history/change-log.js';
import { NO_DIFF } from '../plan/diff.js';
import { isWrite } from '../plan/plan-page.js';
import type { ActiveRun } from '../run/active-run.js';
import { commitUnits, type Failures, type Unit } from '../run/commit-units.js';
import { RefusedWrite } from '../run/write-failure.js';
import type { Tally } from '../run/tally.js';
import type { Scope } from '../run/transactions.js';
import type { Transaction } from '../run/transaction.js';
import { toUpdated } from '../users/apply-update.js';
import type { UserStore, UserWrite } from '../users/user-store.js';
import { toUpdate } from '../users/user-updates.js';
import type { PagePhotos, PhotoResult } from './page-photos.js';
import { toOutcome } from './person-outcome.js';
import { isLinking, newUserOf, type PersonPlan, type PersonTask } from './person-task.js';
import { planAgain, type PresentUsers } from './plan-again.js';
import { toPlannedRow } from './plan-people.js';
import { toAttentionRows } from './report-person.js';
import { toActualRow } from './write-row.js';

interface Dependencies {
  readonly users: UserStore;
  readonly photos: PagePhotos;
  readonly files: PhotoFiles;
  readonly changes: Pick<ChangeLog, 'write'>;
  readonly run: Pick<ActiveRun, 'transactions' | 'signal'>;
  readonly settings: SyncSettings;
  readonly now: Clock;
  /** The run that links users while nothing shows that it reads the right directory. */
  readonly unconfirmedBy: string | undefined;
}

interface PersonUnit extends Unit {
  readonly plan: PersonPlan;
  readonly photoResult: PhotoResult | undefined;
}

interface Written {
  readonly tasks: readonly PersonTask[];
  readonly writes: readonly UserWrite[];
  readonly replaced: readonly ReplacedFiles[];
}

/** Two photos are decoded while two are stored. */
const PHOTOS_AT_ONCE = 4;

/** Writes people: the bytes of photos first, then everything else in transactions. Gives what became of them. */
export async function writePeople(
  plans: readonly PersonPlan[],
  dependencies: Dependencies,
): Promise<readonly PersonTask[]> {
  const { users, photos, files, run } = dependencies;
  const units = await inParallel(plans, PHOTOS_AT_ONCE, async (plan): Promise<PersonUnit> => {
    const { photo, user } = plan;
    const photoResult = photo && user ? await photos.prepare(photo, user) : undefined;
    return { plan, photoResult, userIds: user ? [user._id] : [] };
  });
  const tasks: PersonTask[] = [];
  await commitUnits(units, {
    ...run,
    write: (batch, failures, scope) => writeUnits({ batch, failures, scope }, dependencies),
    async committed(written) {
      tasks.push(...written.tasks);
      await users.committed(written.writes);
      await files.removeReplaced(written.replaced);
      await files.discard(written.tasks.filter(({ failure }) => failure).flatMap(toFileIds));
    },
  });
  return tasks;
}

interface Batch {
  readonly batch: readonly PersonUnit[];
  readonly failures: Failures<PersonUnit>;
  readonly scope: Scope;
}

async function writeUnits(
  { batch, failures, scope: { tx, tally } }: Batch,
  dependencies: Dependencies,
): Promise<Written> {
  const { users, files, changes, settings } = dependencies;
  const present = await readPresent(
    batch.filter((unit) => !failures.has(unit)),
    users,
    tx,
  );
  const tasks = batch.map((unit): PersonTask => {
    const { plan, photoResult } = unit;
    const failure = failures.get(unit);
    const again = failure ? { failure } : planAgain(plan, present, settings);
    if ('failure' in again) return { ...plan, photoResult, isChanged: true, failure: again.failure };
    const isChanged = photoResult?.change !== undefined || isWrite(again.decision);
    return { ...plan, ...again, photoResult, isChanged, failure: undefined };
  });
  // Those of a kind together: the driver sends one command for each change of kind.
  const writes = tasks
    .flatMap((task) => toUserWrite(task, dependencies) ?? [])
    .sort((one, other) => one.kind.localeCompare(other.kind));
  await users.write(writes, tx);
  const replaced = await adoptFiles(tasks, files, tx);
  await changes.write(
    tasks.flatMap((task) => toRow(task) ?? []),
    tx,
  );
  for (const task of tasks) tell(task, tally);
  return { tasks, writes, replaced };
}

async function readPresent(
  units: readonly PersonUnit[],
  users: UserStore,
  tx: Transaction,
): Promise<PresentUsers> {
  const stored = units.filter(({ plan }) => newUserOf(plan) === undefined);
  const linking = stored.filter(({ plan }) => isLinking(plan));
  return {
    users: await users.findById(
      stored.flatMap(({ userIds }) => userIds),
      tx,
    ),
    accounts: await users.findOwnersById(
      linking.flatMap(({ userIds }) => userIds),
      tx,
    ),
  };
}

function toUserWrite(
  task: PersonTask,
  { now, unconfirmedBy }: Pick<Dependencies, 'now' | 'unconfirmedBy'>,
): UserWrite | undefined {
  const { decision, user, photoResult, isChanged, failure } = task;
  const { change: photo, refused: refusedPhoto } = photoResult ?? {};
  if (user === undefined || failure || (!isChanged && refusedPhoto === undefined)) return undefined;
  const link = isLinking(task) ? { unconfirmedBy } : {};
  const diff = decision.kind === 'existing' ? decision.diff : NO_DIFF;
  const update = toUpdate({ diff, photo, refusedPhoto, ...link }, now());
  if (!newUserOf(task)) return { kind: 'update', userId: user._id, ...update };
  return { kind: 'insert', user: photo || refusedPhoto ? toUpdated(user, update) : user };
}

function toAdopted({ user, photoResult, failure }: PersonTask): readonly AdoptedFile[] {
  const file = photoResult?.file;
  if (!file || !user || failure) return [];
  return [{ ...file, avatar: { ...file.avatar, username: user.username ?? file.avatar.username } }];
}

/** A person whose photo is gone is left out; the next run stores it again. */
async function adoptFiles(
  tasks: readonly PersonTask[],
  files: PhotoFiles,
  tx: Transaction,
): Promise<readonly ReplacedFiles[]> {
  const adopted = tasks.flatMap(toAdopted);
  try {
    return await files.adopt(adopted, tx);
  } catch (error) {
    const gone =
      error instanceof PhotoGoneError && adopted.find(({ fileId }) => error.fileIds.includes(fileId));
    if (!gone) throw error;
    throw new RefusedWrite(gone.avatar.userId, { kind: 'failed', message: error.message }, error);
  }
}

function toFileIds({ photoResult }: PersonTask): readonly string[] {
  return photoResult?.file ? [photoResult.file.fileId] : [];
}

/** The row tells what happened: what was only wanted, when the user was not written. */
function toRow(task: PersonTask): ChangeRow | undefined {
  const { photo, photoResult, failure } = task;
  const row = toPlannedRow(task, photo);
  const rejection = photoResult?.rejection;
  return row && (failure || rejection)
    ? toActualRow(row, { outcome: toOutcome(task), failure, rejection })
    : row;
}

function tell(task: PersonTask, tally: Tally): void {
  const outcome = toOutcome(task);
  tally.read(1);
  tally.count(outcome);
  for (const row of toAttentionRows(task, outcome)) tally.attention(row);
}

import type { ChangeRow } from '../../../models/change-row.js';
import type { Clock } from '../../clock.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { PhotoFiles, ReplacedFiles } from '../avatars/photo-files.js';
import type { ChangeLog } from '../history/change-log.js';
import { NO_DIFF } from '../plan/diff.js';
import type { RoomStore } from '../rooms/room-store.js';
import type { Failures } from '../run/commit-units.js';
import { writeFor } from '../run/shared-refusal.js';
import type { Tally } from '../run/tally.js';
import type { Transaction } from '../run/transaction.js';
import type { Scope } from '../run/transactions.js';
import { toUpdated } from '../users/apply-update.js';
import { withNameMark } from '../users/name-mark.js';
import type { UserStore, UserWrite } from '../users/user-store.js';
import { toUpdate } from '../users/user-updates.js';
import { toAccessEvents } from './access-events.js';
import { adoptFiles } from './adopt-files.js';
import { toCounted, toOutcome } from './person-outcome.js';
import { isLinking, newUserOf, type PersonTask } from './person-task.js';
import type { PresentUsers } from './plan-again.js';
import { joinRooms } from './join-rooms.js';
import { toPlannedRow } from './plan-people.js';
import { toPresentTask, type PersonUnit } from './present-task.js';
import { toAttentionRows } from './report-person.js';
import { toActualRow } from './write-row.js';

export interface WriteDependencies {
  readonly users: UserStore;
  readonly files: PhotoFiles;
  readonly changes: Pick<ChangeLog, 'write'>;
  readonly rooms: Pick<RoomStore, 'begin'>;
  readonly settings: SyncSettings;
  readonly now: Clock;
  /** The run that links users while nothing shows that it reads the right directory. */
  readonly unconfirmedBy: string | undefined;
}

/** What a transaction has written. */
export interface WrittenPeople {
  readonly tasks: readonly PersonTask[];
  readonly writes: readonly UserWrite[];
  readonly replaced: readonly ReplacedFiles[];
}

interface Batch {
  readonly batch: readonly PersonUnit[];
  readonly failures: Failures<PersonUnit>;
  readonly scope: Scope;
}

/**
 * Writes people in a transaction: the users as they have to change from what they are inside it, their pictures,
 * the rows that tell of it, the counts.
 */
export async function writeUnits(
  { batch, failures, scope: { tx, tally } }: Batch,
  dependencies: WriteDependencies,
): Promise<WrittenPeople> {
  const { users, files, changes, rooms } = dependencies;
  const possible = batch.filter((unit) => !failures.has(unit));
  const present = await readPresent(possible, users, tx);
  const planned = batch.map((unit) =>
    toPresentTask(unit, { failure: failures.get(unit), present, ...dependencies }),
  );
  // Those of a kind together: the driver sends one command for each change of kind.
  const writes = planned
    .flatMap((task) => toUserWrite(task, dependencies) ?? [])
    .sort((one, other) => one.kind.localeCompare(other.kind));
  await users.write(writes, tx);
  const replaced = await adoptFiles(planned, files, tx);
  const writer = rooms.begin(tx);
  const entering = batch.filter((_, index) => followsRooms(planned[index] as PersonTask));
  const tasks = await writeFor(entering, async () => {
    const joined = await joinRooms(planned, writer);
    await writer.audit(joined.flatMap(toAccessEvents));
    return joined;
  });
  await changes.write(
    tasks.flatMap((task) => toRow(task) ?? []),
    tx,
  );
  for (const task of tasks) tell(task, tally);
  await writeFor(entering, () => writer.writeCounts());
  return { tasks, writes, replaced };
}

async function readPresent(
  units: readonly PersonUnit[],
  users: UserStore,
  tx: Transaction,
): Promise<PresentUsers> {
  const stored = units.filter(({ plan }) => newUserOf(plan) === undefined);
  const newcomers = units.flatMap(({ plan }) => newUserOf(plan)?.username ?? []);
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
    teams: await users.findTeams(newcomers, tx),
  };
}

/** Whether something is written of rooms for the person, or of the access to them. */
function followsRooms(task: PersonTask): boolean {
  return !task.failure && (task.memberships.joins.length > 0 || toAccessEvents(task).length > 0);
}

function toUserWrite(
  task: PersonTask,
  { now, unconfirmedBy }: Pick<WriteDependencies, 'now' | 'unconfirmedBy'>,
): UserWrite | undefined {
  const { decision, user, photoResult, isChanged, failure } = task;
  const { change: photo, refused: refusedPhoto } = photoResult ?? {};
  if (user === undefined || failure || (!isChanged && refusedPhoto === undefined)) return undefined;
  const link = isLinking(task) ? { unconfirmedBy } : {};
  const diff = decision.kind === 'existing' ? decision.diff : NO_DIFF;
  const update = toUpdate({ diff, photo, refusedPhoto, ...link }, now());
  if (!newUserOf(task)) return { kind: 'update', userId: user._id, ...withNameMark(user, update) };
  return { kind: 'insert', user: photo || refusedPhoto ? toUpdated(user, update) : user };
}

/** The row tells what happened: what was only wanted, when the user was not written. */
function toRow(task: PersonTask): ChangeRow | undefined {
  const { photo, photoResult, memberships, joined, failure } = task;
  const row = toPlannedRow(task, {
    photo: failure || photoResult ? photo : undefined,
    joins: failure ? memberships.joins : joined,
  });
  const rejection = photoResult?.rejection;
  if (!row || !(failure || rejection)) return row;
  return toActualRow(row, { outcome: toOutcome(task), failure, rejection });
}

function tell(task: PersonTask, tally: Tally): void {
  const outcome = toCounted(task);
  tally.read(1);
  tally.count(outcome);
  tally.roomsJoined(task.joined.length);
  for (const row of toAttentionRows(task, outcome)) tally.attention(row);
}

import { inParallel } from '../../in-parallel.js';
import type { ActiveRun } from '../run/active-run.js';
import { commitUnits } from '../run/commit-units.js';
import type { PagePhotos } from './page-photos.js';
import type { PersonPlan, PersonTask } from './person-task.js';
import type { PersonUnit } from './present-task.js';
import { writeUnits, type WriteDependencies, type WrittenPeople } from './write-units.js';

interface Dependencies extends WriteDependencies {
  readonly photos: PagePhotos;
  readonly run: Pick<ActiveRun, 'transactions' | 'signal'>;
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
    const weight = 1 + plan.memberships.joins.length;
    return { plan, photoResult, userIds: user ? [user._id] : [], weight };
  });
  const tasks: PersonTask[] = [];
  const shown = new Set<string>();
  await commitUnits(units, {
    transactions: run.transactions,
    signal: run.signal,
    write: (batch, failures, scope) => writeUnits({ batch, failures, scope }, dependencies),
    async committed(written: WrittenPeople) {
      tasks.push(...written.tasks);
      for (const { adopted } of written.replaced) shown.add(adopted.fileId);
      await users.committed(written.writes);
      await files.removeReplaced(written.replaced);
    },
  });
  const stored = units.flatMap(({ photoResult }) => photoResult?.file?.fileId ?? []);
  await files.discard(stored.filter((fileId) => !shown.has(fileId)));
  return tasks;
}

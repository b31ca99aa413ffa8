import type { Connection } from 'mongoose';
import { settingsChangeCollection } from '../../../models/settings-change.js';
import { syncRunCollection } from '../../../models/sync-run.js';

/** Most applications that are looked at, of those since the newest sync. */
const MOST = 50;

/**
 * The newest application after `since` whose settings are saved and whose removals were not all done. A host may be gone
 * between the two documents that say so: the change of the settings counts where the run does not have it yet.
 */
export async function findCutOffApplication(
  connection: Connection,
  since: Date | undefined,
): Promise<string | undefined> {
  const runs = syncRunCollection(connection);
  const filter = {
    kind: 'application',
    plan: { $exists: false },
    state: { $nin: ['queued', 'running'] },
    ...(since ? { startedAt: { $gt: since } } : {}),
  } as const;
  const projection = { of: 1, settingsChange: 1 } as const;
  const ended = await runs
    .find(filter, { projection })
    .sort({ startedAt: -1, _id: -1 })
    .limit(MOST)
    .toArray();
  const unsaid = ended.flatMap(({ of, settingsChange }) => (of && settingsChange === undefined ? [of] : []));
  const saved = unsaid.length === 0 ? new Set<string>() : await findSaved(connection, unsaid);
  return ended.find(({ of = '', settingsChange }) => settingsChange !== undefined || saved.has(of))?._id;
}

/** Of the previews, those whose settings are saved, and that no application has done to its end. */
async function findSaved(connection: Connection, previews: readonly string[]): Promise<ReadonlySet<string>> {
  const changes = await settingsChangeCollection(connection)
    .find({ applies: { $in: [...previews] } }, { projection: { applies: 1 } })
    .toArray();
  const done = await syncRunCollection(connection)
    .find(
      { kind: 'application', of: { $in: [...previews] }, plan: { $exists: true } },
      { projection: { of: 1 } },
    )
    .toArray();
  const saved = new Set(changes.flatMap(({ applies = [] }) => applies));
  for (const { of = '' } of done) saved.delete(of);
  return saved;
}

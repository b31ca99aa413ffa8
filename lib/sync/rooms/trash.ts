import { trashCollection, type TrashedKind, type TrashRecord } from '../../../models/trash.js';
import { within } from '../run/transaction.js';
import type { RoomScene } from './room-scene.js';

/** Puts documents into the trash, as they are, before they are deleted. */
export async function throwAway(
  kind: TrashedKind,
  documents: readonly { readonly _id: string }[],
  { connection, tx, now }: Pick<RoomScene, 'connection' | 'tx' | 'now'>,
): Promise<void> {
  if (documents.length === 0) return;
  const writes = documents.map((document) => {
    const replacement: TrashRecord = { ...document, _deletedAt: now, __collection__: kind };
    return { replaceOne: { filter: { _id: document._id }, replacement, upsert: true } };
  });
  await trashCollection(connection).bulkWrite(writes, within(tx));
}

const OF_TRASH = ['_deletedAt', '__collection__'];

/** The document as it was, without what the trash has added, and without these fields. */
export function takeOut(kept: TrashRecord, without: readonly string[]): Record<string, unknown> {
  const dropped = new Set([...OF_TRASH, ...without]);
  return Object.fromEntries(Object.entries(kept).filter(([field]) => !dropped.has(field)));
}

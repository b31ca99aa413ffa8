import type { Connection } from 'mongoose';
import { openCollection } from '../../../../models/database.js';
import { switchedCollection, type SwitchedKind } from '../../../../models/switched-document.js';
import { within, type Transaction } from '../../run/transaction.js';
import { TOUCHED } from '../name-place.js';
import { SWITCHED_FIELDS, toChangedFields, toFieldsUpdate, type Fields } from './switched-fields.js';

export interface Scene {
  readonly connection: Connection;
  readonly tx: Transaction;
}

/** A document as the transaction sees it, and the users who are off, for whom it is changed. */
export interface Affected {
  readonly document: Fields & { readonly _id: string };
  readonly because: readonly string[];
}

type Kind = keyof typeof SWITCHED_FIELDS;

/** Under which id it is noted that a document was changed. */
export function toNoteId(kind: SwitchedKind, document: string): string {
  return `${kind}/${document}`;
}

/**
 * Changes documents because users are off, and notes what they were before. What was so already is not noted,
 * unless it was so because of another user: then it stays so until both are on. May be repeated.
 */
export async function switchDocuments(
  kind: Kind,
  affected: readonly Affected[],
  { connection, tx }: Scene,
): Promise<void> {
  const { collection, off } = SWITCHED_FIELDS[kind];
  const notes = switchedCollection(connection);
  const ids = affected.map(({ document: { _id } }) => toNoteId(kind, _id));
  const noted = await notes.find({ _id: { $in: ids } }, within(tx)).toArray();
  const before = new Map(noted.map((note) => [note._id, note.before]));

  const writes: object[] = [];
  const noteWrites: object[] = [];
  for (const { document, because } of affected) {
    const _id = toNoteId(kind, document._id);
    const changed = toChangedFields(document, off);
    const formerly = before.get(_id);
    if (changed.length === 0 && formerly === undefined) continue;
    const $addToSet = { because: { $each: [...because] } };
    const $set = { kind, document: document._id, before: toBefore(document, changed, formerly ?? document) };
    noteWrites.push({ updateOne: { filter: { _id }, update: { $set, $addToSet }, upsert: true } });
    if (changed.length === 0) continue;
    const update = { ...toFieldsUpdate(off), ...TOUCHED };
    writes.push({ updateOne: { filter: { _id: document._id }, update } });
  }
  if (writes.length > 0)
    await openCollection(connection, collection).bulkWrite(writes as never[], within(tx));
  if (noteWrites.length > 0) await notes.bulkWrite(noteWrites as never[], within(tx));

  /** Somebody may have changed some of the fields again since they were noted. */
  function toBefore(document: Fields, changed: readonly string[], formerly: Fields): Fields {
    const entries = Object.keys(off).map(
      (field) => [field, (changed.includes(field) ? document : formerly)[field]] as const,
    );
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
}

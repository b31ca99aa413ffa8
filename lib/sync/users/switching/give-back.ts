import { openCollection } from '../../../../models/database.js';
import { switchedCollection, type SwitchedDocument } from '../../../../models/switched-document.js';
import { within } from '../../run/transaction.js';
import { TOUCHED } from '../name-place.js';
import type { AgentRecord } from './agents.js';
import { SWITCHED_FIELDS, toChangedFields, toFieldsUpdate, type Fields } from './switched-fields.js';
import type { Scene } from './switch-documents.js';
import { readStates } from './users-off.js';

type Kind = keyof typeof SWITCHED_FIELDS;
type HostDocument = Fields & { readonly _id: string; readonly uids?: unknown };

/**
 * Gives documents back what they were before their users were switched off. What somebody has changed since stays,
 * and a conversation stays read-only while the other person is off.
 */
export async function giveBack(kind: Kind, notes: readonly SwitchedDocument[], scene: Scene): Promise<void> {
  if (notes.length === 0) return;
  const { connection, tx } = scene;
  const { collection, off } = SWITCHED_FIELDS[kind];
  const documents = openCollection<HostDocument>(connection, collection);
  const projection = Object.fromEntries([...Object.keys(off), 'uids'].map((field) => [field, 1]));
  const ids = notes.map(({ document }) => document);
  const found = await documents.find({ _id: { $in: ids } }, { ...within(tx), projection }).toArray();
  const byId = new Map(found.map((document) => [document._id, document]));
  const people = ({ because, document }: SwitchedDocument): string[] => [
    ...new Set([...because, ...toUserIds(byId.get(document))]),
  ];
  const states = await readStates(connection, notes.flatMap(people), tx);
  const taken = kind === 'agent' ? await readExtensions(notes, scene) : new Set<unknown>();

  const writes: object[] = [];
  const noteWrites: object[] = [];
  for (const note of notes) {
    const filter = { _id: note._id };
    const document = byId.get(note.document);
    const because = document ? people(note).filter((id) => states.off.has(id)) : [];
    noteWrites.push(
      because.length > 0
        ? { updateOne: { filter, update: { $set: { because } } } }
        : { deleteOne: { filter } },
    );
    if (!document || because.length > 0) continue;
    const values = toGivenBack(document, note, off);
    // No two agents have the same extension.
    if (taken.has(values['extension'])) delete values['extension'];
    else if (values['extension'] !== undefined) taken.add(values['extension']);
    const update = { ...toFieldsUpdate(values), ...TOUCHED };
    if (Object.keys(values).length > 0) writes.push({ updateOne: { filter: { _id: document._id }, update } });
  }
  if (writes.length > 0) await documents.bulkWrite(writes as never[], within(tx));
  await switchedCollection(connection).bulkWrite(noteWrites as never[], within(tx));
}

function toUserIds(document: HostDocument | undefined): string[] {
  const uids = document?.uids;
  return Array.isArray(uids) ? uids.filter((id): id is string => typeof id === 'string') : [];
}

/** The values of the fields that are still as they were while the user was off. */
function toGivenBack(document: Fields, { before }: SwitchedDocument, off: Fields): Record<string, unknown> {
  const changed = new Set(toChangedFields(document, off));
  const kept = Object.keys(off).filter((field) => !changed.has(field));
  return Object.fromEntries(kept.map((field) => [field, before[field]]));
}

/** The extensions of these agents that somebody else has by now. */
async function readExtensions(
  notes: readonly SwitchedDocument[],
  { connection, tx }: Scene,
): Promise<Set<unknown>> {
  const wanted = notes.flatMap(({ before }) =>
    typeof before['extension'] === 'string' ? before['extension'] : [],
  );
  if (wanted.length === 0) return new Set();
  const owners = await openCollection<AgentRecord>(connection, 'users')
    .find({ extension: { $in: wanted } }, { ...within(tx), projection: { extension: 1 } })
    .toArray();
  return new Set(owners.map(({ extension }) => extension));
}

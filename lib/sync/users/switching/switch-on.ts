import {
  switchedCollection,
  type SwitchedDocument,
  type SwitchedKind,
} from '../../../../models/switched-document.js';
import { inBatches } from '../../../batches.js';
import { within } from '../../run/transaction.js';
import { CURSOR_BATCH, DOCUMENTS_AT_ONCE, type Following } from './off-step.js';
import { giveBack } from './give-back.js';
import type { Scene } from './switch-documents.js';
import { forget, takeOwnershipBack } from './take-ownership-back.js';

type GiveBack = (notes: readonly SwitchedDocument[], scene: Scene) => Promise<void>;

const GIVE_BACK: Readonly<Record<SwitchedKind, GiveBack>> = {
  agent: (notes, scene) => giveBack('agent', notes, scene),
  room: (notes, scene) => giveBack('room', notes, scene),
  subscription: (notes, scene) => giveBack('subscription', notes, scene),
  owner: takeOwnershipBack,
};

/** The document, the note, and for an owner the user. */
const WEIGHT = 3;

/**
 * Around users who are on again: what was changed when they were switched off is given back. Only a run that takes
 * their switching off back takes ownership from those who got it.
 */
export async function switchOn(
  userIds: readonly string[],
  direction: 'on' | 'back',
  { connection, transact, signal }: Following,
): Promise<void> {
  const notes = switchedCollection(connection);
  const found = notes.find(
    { because: { $in: [...userIds] } },
    { projection: { _id: 1 }, batchSize: CURSOR_BATCH },
  );
  for await (const batch of inBatches(found, DOCUMENTS_AT_ONCE, () => WEIGHT)) {
    signal.throwIfAborted();
    const ids = batch.map(({ _id }) => _id);
    await transact(async (tx) => {
      const present = await notes.find({ _id: { $in: ids } }, within(tx)).toArray();
      for (const [kind, giveKindBack] of Object.entries(GIVE_BACK)) {
        const own = present.filter((note) => note.kind === kind);
        const isKept = kind === 'owner' && direction === 'on';
        await (isKept ? forget : giveKindBack)(own, { connection, tx });
      }
    });
  }
}

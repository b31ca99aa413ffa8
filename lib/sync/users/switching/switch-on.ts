import {
  switchedCollection,
  type SwitchedDocument,
  type SwitchedKind,
} from '../../../../models/switched-document.js';
import { within } from '../../run/transaction.js';
import { followDocuments, type Following } from '../follow-documents.js';
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
  following: Following,
): Promise<void> {
  const { connection } = following;
  const notes = switchedCollection(connection);
  const filter = { because: { $in: [...userIds] } };
  const documents = { collection: notes.collectionName, filter, weigh: () => WEIGHT };
  await followDocuments(documents, following, async (tx, ids) => {
    const present = await notes.find({ _id: { $in: [...ids] } }, within(tx)).toArray();
    for (const [kind, giveKindBack] of Object.entries(GIVE_BACK)) {
      const own = present.filter((note) => note.kind === kind);
      const isKept = kind === 'owner' && direction === 'on';
      await (isKept ? forget : giveKindBack)(own, { connection, tx });
    }
  });
}

import { openCollection } from '../../../../models/database.js';
import { within } from '../../run/transaction.js';
import type { OffStep } from './off-step.js';
import { switchDocuments, type Affected } from './switch-documents.js';
import { readStates } from './users-off.js';

interface RoomRecord {
  readonly _id: string;
  readonly uids: readonly string[];
}

interface SubscriptionRecord {
  readonly _id: string;
  readonly rid: string;
  readonly u?: { readonly _id?: string };
}

/** Nobody goes on writing to somebody who is off: a conversation of two is read-only, and archived for the other. */
export const DIRECT_ROOMS: OffStep = {
  collection: 'rocketchat_room',
  find: (userIds) => ({ t: 'd', uids: { $size: 2, $in: [...userIds] } }),
  // The room, and both subscriptions where both people are off, each with a note of what was.
  weight: 6,

  update: (found, { connection, transact }) =>
    transact(async (tx) => {
      const rooms = await openCollection<RoomRecord>(connection, 'rocketchat_room')
        .find(
          { _id: { $in: [...found] } },
          { ...within(tx), projection: { uids: 1, ro: 1, reactWhenReadOnly: 1 } },
        )
        .toArray();
      const members = await openCollection<SubscriptionRecord>(connection, 'rocketchat_subscription')
        .find(
          { rid: { $in: [...found] }, t: 'd' },
          { ...within(tx), projection: { rid: 1, u: 1, archived: 1 } },
        )
        .toArray();
      const ids = rooms.flatMap(({ uids }) => uids);
      const { off } = await readStates(connection, ids, tx);
      const offIn = new Map(rooms.map(({ _id, uids }) => [_id, uids.filter((id) => off.has(id))]));
      const scene = { connection, tx };
      await switchDocuments(
        'room',
        rooms.flatMap((room) => toAffected(room, offIn.get(room._id))),
        scene,
      );
      const archived = members.flatMap((member) =>
        toAffected(
          member,
          offIn.get(member.rid)?.filter((id) => id !== member.u?._id),
        ),
      );
      await switchDocuments('subscription', archived, scene);
    }),
};

function toAffected<T extends Affected['document']>(
  document: T,
  because: readonly string[] = [],
): Affected[] {
  return because.length > 0 ? [{ document, because }] : [];
}

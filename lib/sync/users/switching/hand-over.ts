import type { Connection } from 'mongoose';
import { openCollection } from '../../../../models/database.js';
import { switchedCollection } from '../../../../models/switched-document.js';
import { inBatches, LOOK_UP_BATCH } from '../../../batches.js';
import { within } from '../../run/transaction.js';
import { TOUCHED } from '../name-place.js';
import type { OffStep } from './off-step.js';
import { readRoomOwners, userIdOf, type MemberRecord, type RoomOwners } from './room-owners.js';
import { readPriorities, toPriorityPath } from './room-priorities.js';
import { toNoteId, type Scene } from './switch-documents.js';
import { readStates } from './users-off.js';

const SUBSCRIPTIONS = 'rocketchat_subscription';

/**
 * A channel or group all of whose owners are off gets the member as an owner who is there longest and is on. The
 * former owners stay owners. Where nobody is on, the room stays as it is; it is never deleted.
 */
export const HAND_OVER: OffStep = {
  collection: SUBSCRIPTIONS,
  find: (userIds) => ({ 'u._id': { $in: [...userIds] }, roles: 'owner', t: { $in: ['c', 'p'] } }),
  // The subscription of the new owner, the user, and the note of what was.
  weight: 3,

  async update(found, { connection, transact }) {
    const owned = await openCollection<MemberRecord>(connection, SUBSCRIPTIONS)
      .find({ _id: { $in: [...found] } }, { projection: { rid: 1 } })
      .toArray();
    const rids = [...new Set(owned.map(({ rid }) => rid))];
    const owners = await readRoomOwners(rids, { connection, tx: undefined });
    const heirs: string[] = [];
    for (const rid of rids.filter((one) => isWithoutOwner(owners.get(one)))) {
      const heir = await findHeir(rid, connection);
      if (heir) heirs.push(heir._id);
    }
    if (heirs.length > 0) await transact((tx) => appoint(heirs, { connection, tx }));
  },
};

function isWithoutOwner(owners: RoomOwners | undefined): owners is RoomOwners {
  return owners !== undefined && owners.on.length === 0 && owners.off.length > 0;
}

/** Looked for outside transactions, since a room may have any number of members. */
async function findHeir(rid: string, connection: Connection): Promise<MemberRecord | undefined> {
  const members = openCollection<MemberRecord>(connection, SUBSCRIPTIONS).find(
    { rid },
    { projection: { rid: 1, u: 1, roles: 1 }, sort: { ts: 1 }, allowDiskUse: true, batchSize: 1_000 },
  );
  for await (const batch of inBatches(members, LOOK_UP_BATCH)) {
    const { on } = await readStates(connection, batch.map(userIdOf), undefined);
    const heir = batch.find((member) => on.has(userIdOf(member)) && canTakeRole(member));
    if (heir) return heir;
  }
  return undefined;
}

/** A host's document may hold anything; only a list takes a role. */
function canTakeRole({ roles }: MemberRecord): boolean {
  return roles === undefined || Array.isArray(roles);
}

/** What was found before is looked at again: somebody may have got an owner, or been switched off, meanwhile. */
async function appoint(heirs: readonly string[], scene: Scene): Promise<void> {
  const { connection, tx } = scene;
  const subscriptions = openCollection<MemberRecord>(connection, SUBSCRIPTIONS);
  const found = await subscriptions
    .find({ _id: { $in: [...heirs] } }, { ...within(tx), projection: { rid: 1, u: 1, roles: 1 } })
    .toArray();
  const owners = await readRoomOwners(
    found.map(({ rid }) => rid),
    scene,
  );
  const { on } = await readStates(connection, found.map(userIdOf), tx);
  const appointed = found.flatMap((member) => {
    const { rid } = member;
    const of = owners.get(rid);
    return isWithoutOwner(of) && on.has(userIdOf(member)) && canTakeRole(member)
      ? [{ member, off: of.off }]
      : [];
  });
  if (appointed.length === 0) return;
  const priorities = await readPriorities(
    appointed.map(({ member }) => member),
    scene,
  );

  const writes = appointed.map(({ member: { _id } }) => ({
    updateOne: { filter: { _id }, update: { $addToSet: { roles: 'owner' }, ...TOUCHED } },
  }));
  await subscriptions.bulkWrite(writes as never[], within(tx));
  const ranked = appointed.filter(({ member }) => priorities.has(member._id));
  const userWrites = ranked.map(({ member }) => ({
    updateOne: { filter: { _id: userIdOf(member) }, update: { $set: { [toPriorityPath(member.rid)]: 0 } } },
  }));
  if (userWrites.length > 0) await openCollection(connection, 'users').bulkWrite(userWrites, within(tx));
  const notes = appointed.map(({ member: { _id: document, roles }, off }) => {
    const priority = priorities.get(document);
    const before = {
      ...(roles === undefined ? {} : { roles }),
      ...(priority === undefined ? {} : { priority }),
    };
    const $set = { kind: 'owner', document, because: off, before };
    return { updateOne: { filter: { _id: toNoteId('owner', document) }, update: { $set }, upsert: true } };
  });
  await switchedCollection(connection).bulkWrite(notes as never[], within(tx));
}

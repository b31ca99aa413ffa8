import { openCollection } from '../../../../models/database.js';
import { switchedCollection, type SwitchedDocument } from '../../../../models/switched-document.js';
import { within } from '../../run/transaction.js';
import { TOUCHED } from '../name-place.js';
import { readRoomOwners, userIdOf, type MemberRecord } from './room-owners.js';
import { readPriorities, toPriorityPath } from './room-priorities.js';
import type { Scene } from './switch-documents.js';
import { toFieldsUpdate } from './switched-fields.js';

/** A room gets the former owner back as the only one, where that one still is an owner, and on. */
export async function takeOwnershipBack(notes: readonly SwitchedDocument[], scene: Scene): Promise<void> {
  if (notes.length === 0) return;
  const { connection, tx } = scene;
  const subscriptions = openCollection<MemberRecord>(connection, 'rocketchat_subscription');
  const ids = notes.map(({ document }) => document);
  const found = await subscriptions
    .find({ _id: { $in: ids } }, { ...within(tx), projection: { rid: 1, u: 1, roles: 1 } })
    .toArray();
  const owners = await readRoomOwners(
    found.map(({ rid }) => rid),
    scene,
  );
  const noted = new Map(notes.map((note) => [note.document, note]));
  const returned = found.flatMap((member) => {
    const note = noted.get(member._id);
    const isOwned = owners.get(member.rid)?.on.some((id) => note?.because.includes(id)) ?? false;
    return note && isOwned && Array.isArray(member.roles) ? [{ member, before: note.before }] : [];
  });
  const priorities = await readPriorities(
    returned.map(({ member }) => member),
    scene,
  );

  const writes = returned.map(({ member: { _id, roles }, before }) => ({
    updateOne: {
      filter: { _id },
      update: { ...toFieldsUpdate(toRoles(roles as unknown[], before)), ...TOUCHED },
    },
  }));
  if (writes.length > 0) await subscriptions.bulkWrite(writes as never[], within(tx));
  const ranked = returned.filter(({ member }) => priorities.get(member._id) === 0);
  const userWrites = ranked.map(({ member, before: { priority } }) => ({
    updateOne: {
      filter: { _id: userIdOf(member) },
      update: toFieldsUpdate({ [toPriorityPath(member.rid)]: priority }),
    },
  }));
  if (userWrites.length > 0)
    await openCollection(connection, 'users').bulkWrite(userWrites as never[], within(tx));
  await forget(notes, scene);
}

/** Roles that the member got or lost since stay as they are. */
function toRoles(
  roles: readonly unknown[],
  { roles: before }: SwitchedDocument['before'],
): { roles: unknown } {
  const others = roles.filter((role) => role !== 'owner');
  return { roles: others.length === 0 && before === undefined ? undefined : others };
}

/** Whoever was made an owner stays one, as in Rocket.Chat. */
export async function forget(notes: readonly SwitchedDocument[], { connection, tx }: Scene): Promise<void> {
  if (notes.length === 0) return;
  const ids = notes.map(({ _id }) => _id);
  await switchedCollection(connection).deleteMany({ _id: { $in: ids } }, within(tx));
}

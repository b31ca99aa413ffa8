import { openCollection } from '../../../models/database.js';
import { within } from '../run/transaction.js';
import { TOUCHED, type NameBatch, type ShownNamePlace } from './name-place.js';
import { readPresentNames } from './present-names.js';

/** Somebody as a document has them: `path` is where the display name stands. */
interface NamedInDocument {
  readonly userId: unknown;
  readonly path: string;
  readonly stored: unknown;
}

type CallRecord = { readonly _id: string } & Readonly<Record<string, unknown>>;

/** Video conferences: who called, who ended the call, who took part. */
export const CONFERENCES: ShownNamePlace = {
  collection: 'rocketchat_video_conference',
  find: (userIds) => ({
    $or: ['createdBy._id', 'endedBy._id', 'users._id'].map((path) => ({ [path]: { $in: userIds } })),
  }),
  update: (batch) =>
    writeCalls(batch, 'rocketchat_video_conference', (call) => [
      ...toPerson(call.createdBy, 'createdBy'),
      ...toPerson(call.endedBy, 'endedBy'),
      ...(Array.isArray(call.users) ? call.users : []).flatMap((user: unknown, index) =>
        toPerson(user, `users.${index}`),
      ),
    ]),
};

/** The list of everybody's voice calls. Only newer versions of Rocket.Chat write a name into it. */
export const CALLS: ShownNamePlace = {
  collection: 'rocketchat_call_history',
  find: (userIds) => ({ contactId: { $in: userIds }, contactName: { $gt: '' } }),
  update: (batch) =>
    writeCalls(batch, 'rocketchat_call_history', ({ contactId, contactName }) => [
      { userId: contactId, path: 'contactName', stored: contactName },
    ]),
};

function toPerson(value: unknown, path: string): readonly NamedInDocument[] {
  if (typeof value !== 'object' || value === null) return [];
  const { _id: userId, name: stored } = value as { readonly _id?: unknown; readonly name?: unknown };
  return [{ userId, path: `${path}.name`, stored }];
}

/** Everybody in these documents gets the present name. */
async function writeCalls(
  { connection, tx, ids }: Omit<NameBatch, 'user'>,
  collection: string,
  toPeople: (call: CallRecord) => readonly NamedInDocument[],
): Promise<void> {
  const calls = openCollection<CallRecord>(connection, collection);
  const projection = { createdBy: 1, endedBy: 1, users: 1, contactId: 1, contactName: 1 };
  const found = await calls.find({ _id: { $in: [...ids] } }, { ...within(tx), projection }).toArray();
  const people = found.map((call) => ({ _id: call._id, named: toPeople(call as CallRecord) }));
  const userIds = people.flatMap(({ named }) => named.map(({ userId }) => userId));
  const isId = (userId: unknown): userId is string => typeof userId === 'string';
  const names = await readPresentNames(connection, userIds.filter(isId), tx);
  const writes = people.flatMap(({ _id, named }) => {
    const set = named.flatMap(({ userId, path, stored }) => {
      const shown = isId(userId) ? names.get(userId)?.shown : undefined;
      return shown === undefined || shown === stored ? [] : [[path, shown] as const];
    });
    if (set.length === 0) return [];
    return [{ updateOne: { filter: { _id }, update: { $set: Object.fromEntries(set), ...TOUCHED } } }];
  });
  if (writes.length > 0) await calls.bulkWrite(writes as never[], within(tx));
}

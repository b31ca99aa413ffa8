import { openCollection } from '../../../../models/database.js';
import { within } from '../../run/transaction.js';
import type { Scene } from './switch-documents.js';
import { readStates } from './users-off.js';

export interface MemberRecord {
  readonly _id: string;
  readonly rid: string;
  readonly u?: { readonly _id?: string };
  readonly roles?: unknown;
}

/** The owners of a room, by whether they are on. */
export interface RoomOwners {
  readonly on: readonly string[];
  readonly off: readonly string[];
}

export async function readRoomOwners(
  rids: readonly string[],
  { connection, tx }: Scene,
): Promise<ReadonlyMap<string, RoomOwners>> {
  const owners = await openCollection<MemberRecord>(connection, 'rocketchat_subscription')
    .find({ rid: { $in: [...rids] }, roles: 'owner' }, { ...within(tx), projection: { rid: 1, u: 1 } })
    .toArray();
  const states = await readStates(connection, owners.map(userIdOf), tx);
  const ofRoom = (rid: string, state: ReadonlySet<string>): readonly string[] =>
    owners.filter((one) => one.rid === rid && state.has(userIdOf(one))).map(userIdOf);
  return new Map(rids.map((rid) => [rid, { on: ofRoom(rid, states.on), off: ofRoom(rid, states.off) }]));
}

export function userIdOf({ u }: Pick<MemberRecord, 'u'>): string {
  return u?._id ?? '';
}

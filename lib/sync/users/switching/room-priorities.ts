import { openCollection } from '../../../../models/database.js';
import { within } from '../../run/transaction.js';
import { userIdOf, type MemberRecord } from './room-owners.js';
import type { Scene } from './switch-documents.js';

/**
 * The place of members in the lists of members, which newer versions of Rocket.Chat keep at the user
 * (`roomRolePriorities`: 0 for an owner).
 */
interface RankedRecord {
  readonly _id: string;
  readonly roomRolePriorities?: Readonly<Record<string, unknown>>;
}

/** Ids of rooms that can be a part of a path. */
const FIELD_NAME = /^[\w-]+$/;

export function canBePathPart(rid: string): boolean {
  return FIELD_NAME.test(rid);
}

export function toPriorityPath(rid: string): string {
  return `roomRolePriorities.${rid}`;
}

/**
 * The priorities of members in their rooms, by subscription; `undefined` where there is none. Members whose users
 * have no such list are left out.
 */
export async function readPriorities(
  members: readonly MemberRecord[],
  { connection, tx }: Scene,
): Promise<ReadonlyMap<string, unknown>> {
  const named = members.filter(({ rid }) => canBePathPart(rid));
  const paths = named.map(({ rid }) => [toPriorityPath(rid), 1] as const);
  if (paths.length === 0) return new Map();
  const users = await openCollection<RankedRecord>(connection, 'users')
    .find(
      { _id: { $in: named.map(userIdOf) }, roomRolePriorities: { $type: 'object' } },
      { ...within(tx), projection: Object.fromEntries(paths) },
    )
    .toArray();
  const ranked = new Map(users.map((user) => [user._id, user.roomRolePriorities ?? {}]));
  return new Map(
    named.flatMap((member) => {
      const priorities = ranked.get(userIdOf(member));
      return priorities ? [[member._id, priorities[member.rid]] as const] : [];
    }),
  );
}

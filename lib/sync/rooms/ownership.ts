import type { SubscriptionRecord } from '../../../models/room.js';
import { readRoomOwners, type RoomOwners } from '../users/switching/room-owners.js';
import type { RoomReading } from './room-scene.js';

/** Who owns rooms that people leave. */
export interface Ownership {
  /**
   * Whether the room keeps an owner without this member. An owner who is off can do nothing, so one who is on
   * has to stay, unless nobody of them is on. Remembers who leaves, so that not all owners leave together.
   */
  mayLeave(member: SubscriptionRecord): boolean;
  /** The member leaves in any case. */
  leaves(member: SubscriptionRecord): void;
}

export async function readOwnership(
  members: readonly SubscriptionRecord[],
  { connection, tx }: RoomReading,
): Promise<Ownership> {
  const rids = [...new Set(members.filter(isOwner).map(({ rid }) => rid))];
  const owners = createOwners(rids.length === 0 ? new Map() : await readRoomOwners(rids, { connection, tx }));
  return {
    leaves: ({ rid, u }) => owners.leaves(rid, u._id),
    mayLeave(member) {
      const { rid, u } = member;
      if (!isOwner(member)) return true;
      if (owners.isLast(rid, u._id)) return false;
      owners.leaves(rid, u._id);
      return true;
    },
  };
}

/** Who owns rooms or teams, while people leave. */
export interface Owners {
  /** Whether nobody else who could do anything would own it. An owner who is off can, only when nobody is on. */
  isLast(of: string, userId: string): boolean;
  leaves(of: string, userId: string): void;
}

export function createOwners(found: ReadonlyMap<string, RoomOwners>): Owners {
  const staying = new Map(
    [...found].map(([of, { on, off }]) => [of, { on: new Set(on), off: new Set(off) }] as const),
  );
  return {
    isLast(of, userId) {
      const { on, off } = staying.get(of) ?? NOBODY;
      const isOwner = on.has(userId) || off.has(userId);
      return isOwner && (on.size > 0 ? countOthers(on, userId) === 0 : countOthers(off, userId) === 0);
    },
    leaves(of, userId) {
      staying.get(of)?.on.delete(userId);
      staying.get(of)?.off.delete(userId);
    },
  };
}

const NOBODY = { on: new Set<string>(), off: new Set<string>() };

function countOthers(ids: ReadonlySet<string>, id: string): number {
  return ids.has(id) ? ids.size - 1 : ids.size;
}

/** As a database finds `roles: 'owner'`. */
function isOwner({ roles }: { readonly roles?: unknown }): boolean {
  return roles === 'owner' || (Array.isArray(roles) && roles.includes('owner'));
}

import type { SubscriptionRecord } from '../../../models/room.js';
import { readRoomOwners } from '../users/switching/room-owners.js';
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
  const owners = rids.length === 0 ? undefined : await readRoomOwners(rids, { connection, tx });
  const staying = new Map(rids.map((rid) => [rid, toSets(owners?.get(rid))]));
  const leaves: Ownership['leaves'] = ({ rid, u }) => {
    staying.get(rid)?.on.delete(u._id);
    staying.get(rid)?.off.delete(u._id);
  };
  return {
    leaves,
    mayLeave(member) {
      const of = staying.get(member.rid);
      if (!of || !isOwner(member)) return true;
      const id = member.u._id;
      const others = { on: countOthers(of.on, id), off: countOthers(of.off, id) };
      if (of.on.size > 0 ? others.on === 0 : others.off === 0) return false;
      leaves(member);
      return true;
    },
  };
}

type Owners = { readonly on: readonly string[]; readonly off: readonly string[] };

function toSets(owners: Owners | undefined): { readonly on: Set<string>; readonly off: Set<string> } {
  return { on: new Set(owners?.on), off: new Set(owners?.off) };
}

function countOthers(ids: ReadonlySet<string>, id: string): number {
  return ids.has(id) ? ids.size - 1 : ids.size;
}

/** As a database finds `roles: 'owner'`. */
function isOwner({ roles }: { readonly roles?: unknown }): boolean {
  return roles === 'owner' || (Array.isArray(roles) && roles.includes('owner'));
}

import type { Connection } from 'mongoose';
import { roleCollection, type RoleRecord } from '../../../models/role.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';

/** What the host says of roles that are looked for. */
export interface FoundRoles {
  /** Those whose id or name is among the texts. */
  readonly roles: readonly RoleRecord[];
  /** Whether there is any role at all. */
  readonly isAny: boolean;
}

/** So many roles of one name are read: two are already too many to know which is meant. */
const ALIKE_AT_MOST = 10;

/** Looks for the roles that have one of these texts as their id or as their name. */
export async function findRoles(connection: Connection, texts: readonly string[]): Promise<FoundRoles> {
  const roles = roleCollection(connection);
  const found = new Map<string, RoleRecord>();
  for (const batch of toBatches([...new Set(texts)], LOOK_UP_BATCH)) {
    const filter = { $or: [{ _id: { $in: batch } }, { name: { $in: batch } }] };
    const options = { projection: { name: 1, scope: 1 }, limit: batch.length * ALIKE_AT_MOST } as const;
    for (const role of await roles.find(filter, options).toArray())
      if (typeof role._id === 'string') found.set(role._id, role);
  }
  const isAny = found.size > 0 || (await roles.findOne({}, { projection: { _id: 1 } })) !== null;
  return { roles: [...found.values()], isAny };
}

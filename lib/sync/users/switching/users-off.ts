import type { Connection } from 'mongoose';
import { isActive } from '../../../../models/active-user.js';
import { userCollection } from '../../../../models/user.js';
import { LOOK_UP_BATCH, toBatches } from '../../../batches.js';
import { within, type Transaction } from '../../run/transaction.js';

/** Which of these users are on, and which are off; who is gone is neither. */
export interface UserStates {
  readonly on: ReadonlySet<string>;
  readonly off: ReadonlySet<string>;
}

export async function readStates(
  connection: Connection,
  userIds: readonly string[],
  tx: Transaction,
): Promise<UserStates> {
  const states = { on: new Set<string>(), off: new Set<string>() };
  for (const batch of toBatches([...new Set(userIds)], LOOK_UP_BATCH)) {
    const users = await userCollection(connection)
      .find({ _id: { $in: batch } }, { ...within(tx), projection: { active: 1 } })
      .toArray();
    for (const user of users) states[isActive(user) ? 'on' : 'off'].add(user._id);
  }
  return states;
}

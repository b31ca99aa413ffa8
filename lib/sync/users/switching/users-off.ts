import type { Connection } from 'mongoose';
import { isActive } from '../../../../models/active-user.js';
import type { Transaction } from '../../run/transaction.js';
import { readUsers } from '../read-users.js';

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
  const users = await readUsers(connection, { ids: userIds, projection: { active: 1 } }, tx);
  for (const user of users) states[isActive(user) ? 'on' : 'off'].add(user._id);
  return states;
}

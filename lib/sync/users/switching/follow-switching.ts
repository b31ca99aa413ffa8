import type { Connection } from 'mongoose';
import { openCollection } from '../../../../models/database.js';
import { userCollection, type Switching } from '../../../../models/user.js';
import { inBatches, toBatches } from '../../../batches.js';
import { within } from '../../run/transaction.js';
import { revokeTokens } from '../revoke-tokens.js';
import { AGENTS } from './agents.js';
import { DIRECT_ROOMS } from './direct-rooms.js';
import { HAND_OVER } from './hand-over.js';
import { CURSOR_BATCH, DOCUMENTS_AT_ONCE, type Following, type Found, type OffStep } from './off-step.js';
import { switchOn } from './switch-on.js';
import { readStates } from './users-off.js';

/** What is most urgent comes first. */
const OFF_STEPS: readonly OffStep[] = [AGENTS, DIRECT_ROOMS, HAND_OVER];

type Follow = (userIds: readonly string[], following: Following) => Promise<void>;

/** In this order. */
const FOLLOW: Readonly<Record<Switching, Follow>> = {
  off: switchOff,
  on: (userIds, following) => switchOn(userIds, 'on', following),
  back: (userIds, following) => switchOn(userIds, 'back', following),
};

/**
 * After switching users off or on was committed in `users`: what has no bound follows, as Rocket.Chat does it when
 * an administrator switches, in transactions of a hundred documents at most. It may be cut off anywhere and is then
 * done again; `ldapSync.switching` goes with the last transaction.
 */
export async function followSwitching(following: Following): Promise<void> {
  for (const [direction, follow] of Object.entries(FOLLOW) as [Switching, Follow][]) {
    const userIds = await findSwitching(following.connection, direction);
    for (const group of toBatches(userIds, DOCUMENTS_AT_ONCE)) {
      await follow(group, following);
      following.signal.throwIfAborted();
      await finish(group, direction, following);
    }
  }
}

async function findSwitching(connection: Connection, direction: Switching): Promise<readonly string[]> {
  const users = await userCollection(connection)
    .find({ 'ldapSync.switching': direction }, { projection: { _id: 1 } })
    .toArray();
  return users.map(({ _id }) => _id);
}

async function switchOff(userIds: readonly string[], following: Following): Promise<void> {
  const { connection, signal, transact } = following;
  // The host may have issued some while the users were being switched off.
  await transact(async (tx) => {
    const { off } = await readStates(connection, userIds, tx);
    await revokeTokens(connection, [...off], tx);
  });
  for (const { collection, find, weight, update } of OFF_STEPS) {
    const documents = openCollection<Found>(connection, collection).find(find(userIds), {
      projection: { _id: 1 },
      batchSize: CURSOR_BATCH,
    });
    for await (const batch of inBatches(documents, DOCUMENTS_AT_ONCE, () => weight)) {
      signal.throwIfAborted();
      await update(
        batch.map(({ _id }) => _id),
        following,
      );
    }
  }
}

/** Users who were switched again meanwhile keep their mark. */
async function finish(
  userIds: readonly string[],
  direction: Switching,
  { connection, transact }: Following,
): Promise<void> {
  const users = userCollection(connection);
  const _id = { $in: [...userIds] };
  await transact(async (tx) => {
    const unset = { $unset: { 'ldapSync.switching': '' } } as const;
    await users.updateMany({ _id, 'ldapSync.switching': direction }, unset, within(tx));
    await users.updateMany({ _id, ldapSync: {} }, { $unset: { ldapSync: '' } }, within(tx));
  });
}

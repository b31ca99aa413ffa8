import type { Switching } from '../../../../models/user.js';
import { toBatches } from '../../../batches.js';
import { DOCUMENTS_AT_ONCE, eachBatch, type Following } from '../follow-documents.js';
import { revokeTokens } from '../revoke-tokens.js';
import { AGENTS } from './agents.js';
import { DIRECT_ROOMS } from './direct-rooms.js';
import { HAND_OVER } from './hand-over.js';
import { findUserIds, hasUnfinished, unmark } from '../user-mark.js';
import type { OffStep } from './off-step.js';
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
    const switched = { ...hasUnfinished('switching'), 'ldapSync.switching': direction };
    const userIds = await findUserIds(following.connection, switched);
    for (const group of toBatches(userIds, DOCUMENTS_AT_ONCE)) {
      await follow(group, following);
      following.signal.throwIfAborted();
      await finish(group, direction, following);
    }
  }
}

async function switchOff(userIds: readonly string[], following: Following): Promise<void> {
  const { connection, transact } = following;
  // The host may have issued some while the users were being switched off.
  await transact(async (tx) => {
    const { off } = await readStates(connection, userIds, tx);
    await revokeTokens(connection, [...off], tx);
  });
  for (const { collection, find, weight, update } of OFF_STEPS) {
    const documents = { collection, filter: find(userIds), weigh: () => weight };
    await eachBatch(documents, following, (found) => update(found, following));
  }
}

/** Users who were switched again meanwhile keep their mark. */
async function finish(
  userIds: readonly string[],
  direction: Switching,
  { connection, transact }: Following,
): Promise<void> {
  const mark = { work: 'switching', filter: { 'ldapSync.switching': direction } } as const;
  await transact(async (tx) => {
    await unmark(userIds, mark, { connection, tx });
  });
}

import { openCollection } from '../../../../models/database.js';
import { within } from '../../run/transaction.js';
import type { OffStep } from './off-step.js';
import { switchDocuments } from './switch-documents.js';
import { readStates } from './users-off.js';

/** What Rocket.Chat knows of an omnichannel agent, in `users`. */
export interface AgentRecord {
  readonly _id: string;
  readonly roles?: unknown;
  readonly statusLivechat?: unknown;
  readonly extension?: unknown;
}

/** Nobody is routed to an omnichannel agent who is off. */
export const AGENTS: OffStep = {
  collection: 'users',
  find: (userIds) => ({ _id: { $in: [...userIds] }, roles: 'livechat-agent' }),
  // The user, and the note of what was.
  weight: 2,

  update: (found, { connection, transact }) =>
    transact(async (tx) => {
      const { off } = await readStates(connection, found, tx);
      const agents = await openCollection<AgentRecord>(connection, 'users')
        .find(
          { _id: { $in: [...off] }, roles: 'livechat-agent' },
          { ...within(tx), projection: { statusLivechat: 1, extension: 1 } },
        )
        .toArray();
      const affected = agents.map((document) => ({ document, because: [document._id] }));
      await switchDocuments('agent', affected, { connection, tx });
    }),
};

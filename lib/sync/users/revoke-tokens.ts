import type { Connection } from 'mongoose';
import { openCollection } from '../../../models/database.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { within, type Transaction } from '../run/transaction.js';

/** Where Rocket.Chat keeps what its OAuth server has issued. A host may have none of them. */
const TOKENS = [
  'rocketchat_oauth_access_tokens',
  'rocketchat_oauth_refresh_tokens',
  'rocketchat_oauth_auth_codes',
] as const;

interface TokenRecord {
  readonly _id: string;
  readonly userId: string;
}

/**
 * Deletes what other applications were granted in the name of users. Rocket.Chat lets its bearer in without
 * asking whether the user is on.
 */
export async function revokeTokens(
  connection: Connection,
  userIds: readonly string[],
  tx: Transaction,
): Promise<void> {
  for (const name of TOKENS)
    for (const batch of toBatches(userIds, LOOK_UP_BATCH))
      await openCollection<TokenRecord>(connection, name).deleteMany({ userId: { $in: batch } }, within(tx));
}

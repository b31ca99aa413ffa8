import type { Connection } from 'mongoose';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { Tally } from '../run/tally.js';
import { findDefaultRooms, MAX_DEFAULT_ROOMS } from './default-rooms.js';

/** The ids of the rooms that newcomers of a run join; says in its report how many there are. */
export async function findJoins(
  { policy, newUser }: Pick<SyncSettings, 'policy' | 'newUser'>,
  tally: Pick<Tally, 'defaultChannels' | 'problem'>,
  { connection }: { readonly connection: Connection },
): Promise<readonly string[]> {
  if (!newUser.joinsDefaultChannels || !policy.syncUsers || !policy.importNew) return [];
  const { ids, areMore } = await findDefaultRooms(connection);
  tally.defaultChannels(ids.length);
  if (areMore) tally.problem(MANY_CHANNELS);
  return ids;
}

const MANY_CHANNELS = {
  message:
    `There are more than ${MAX_DEFAULT_ROOMS} default channels; a newcomer joins the first ` +
    `${MAX_DEFAULT_ROOMS}.`,
  remedy: 'Make fewer channels default, or add people to the others in the chat server.',
};

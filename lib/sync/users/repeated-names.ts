import type { Connection } from 'mongoose';
import type { Transaction } from '../run/transaction.js';
import { DIRECT_ROOMS } from './direct-room-names.js';
import { followDocuments, type Following } from './follow-documents.js';
import { MENTIONS } from './mentioned-names.js';
import { SUBSCRIPTIONS } from './muted-names.js';
import { beside, besideIfNamed, inList, type NamedUser, type NamePlace } from './name-place.js';
import { readPresentNames } from './present-names.js';
import { findUserIds, hasUnfinished, unmark } from './user-mark.js';

/** What people see first comes first. */
const USER_NAME_PLACES: readonly NamePlace[] = [
  SUBSCRIPTIONS,
  DIRECT_ROOMS,
  beside('rocketchat_room', { id: 'u._id', name: 'u.username' }),
  beside('rocketchat_room', { id: 'lastMessage.u._id', name: 'lastMessage.u.username' }),
  beside('rocketchat_message', { id: 'u._id', name: 'u.username' }),
  beside('rocketchat_message', { id: 'editedBy._id', name: 'editedBy.username' }),
  MENTIONS,
  beside('rocketchat_livechat_department_agents', { id: 'agentId', name: 'username' }),
  beside('rocketchat_video_conference', { id: 'createdBy._id', name: 'createdBy.username' }),
  beside('rocketchat_video_conference', { id: 'endedBy._id', name: 'endedBy.username' }),
  inList('rocketchat_video_conference', 'users'),
  besideIfNamed('rocketchat_call_history', { id: 'contactId', name: 'contactUsername' }),
];

/** A user who is renamed again and again meanwhile is left to the next run. */
const MAX_ROUNDS = 3;

/**
 * After a renaming was committed in `users`: the new user name follows wherever Rocket.Chat repeats it, in
 * transactions of a hundred documents at most. It may be cut off anywhere and is then done again;
 * `ldapSync.renamedFrom` goes with the last transaction.
 */
export async function followRename(userId: string, following: Following): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const user = await readUser(userId, following.connection);
    if (user === undefined) return;
    for (const place of USER_NAME_PLACES) await followIn(place, user, following);
    following.signal.throwIfAborted();
    if (await finish(user, following)) return;
  }
}

/** The ids of the users whose new name has not followed everywhere. */
export async function findUnfinishedRenames(connection: Connection): Promise<string[]> {
  return findUserIds(connection, hasUnfinished('renamedFrom'));
}

async function readUser(
  userId: string,
  connection: Connection,
  tx?: Transaction,
): Promise<NamedUser | undefined> {
  const name = (await readPresentNames(connection, [userId], tx)).get(userId);
  return name && { ...name, userId };
}

async function followIn(
  { collection, find, reads, weigh, update }: NamePlace,
  seen: NamedUser,
  following: Following,
): Promise<void> {
  const { connection } = following;
  await followDocuments({ collection, filter: find(seen), reads, weigh }, following, async (tx, ids) => {
    const user = await readUser(seen.userId, connection, tx);
    if (user !== undefined) await update({ connection, tx, user, ids });
  });
}

/** False when the user has yet another name by now. */
async function finish(
  { userId, username }: NamedUser,
  { connection, transact }: Following,
): Promise<boolean> {
  const mark = { work: 'renamedFrom', filter: { username } } as const;
  let finished = 0;
  await transact(async (tx) => {
    finished = await unmark([userId], mark, { connection, tx });
  });
  return finished === 1;
}

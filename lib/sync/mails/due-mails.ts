import type { Connection } from 'mongoose';
import { isActive } from '../../../models/active-user.js';
import {
  toReadableEmails,
  userCollection,
  type DueMailRecord,
  type UserRecord,
} from '../../../models/user.js';
import { toBatches } from '../../batches.js';
import { isOneAddress } from '../../mail-lines.js';
import { within, type Transact } from '../run/transaction.js';
import { DOCUMENTS_AT_ONCE } from '../users/follow-documents.js';
import { hasUnfinished, unmark } from '../users/user-mark.js';
import type { Mailed } from './switch-mail-text.js';

/** The people whom one run has switched off, or on, and who are to be mailed about it. */
export interface DueMails extends DueMailRecord {
  readonly userIds: readonly string[];
}

/** A person whose mail is this run's to send. */
export interface Claimed extends Mailed {
  readonly addresses: readonly string[];
}

interface Dependencies {
  readonly connection: Connection;
  readonly transact: Transact;
}

/** Most addresses of a person that are mailed. */
const MAX_ADDRESSES = 10;

/** All mails that are due, by run. */
export async function findDueMails(connection: Connection): Promise<readonly DueMails[]> {
  const groups = new Map<string, DueMailRecord & { readonly userIds: string[] }>();
  const due = userCollection(connection).find(hasUnfinished('mail'), {
    projection: { 'ldapSync.mail': 1 },
    sort: { _id: 1 },
  });
  for await (const { _id, ldapSync } of due) {
    // A host's document may hold anything.
    const { about, runId } = (ldapSync?.mail ?? {}) as Partial<Record<keyof DueMailRecord, unknown>>;
    if ((about !== 'off' && about !== 'on') || typeof runId !== 'string') continue;
    const key = JSON.stringify([about, runId]);
    const group = groups.get(key) ?? { about, runId, userIds: [] };
    groups.set(key, group);
    group.userIds.push(_id);
  }
  return [...groups.values()];
}

/** Takes the marks off without a mail. */
export async function dropMails(
  { userIds }: DueMails,
  { connection, transact }: Dependencies,
): Promise<void> {
  for (const batch of toBatches(userIds, DOCUMENTS_AT_ONCE))
    await transact(async (tx) => {
      await unmark(batch, { work: 'mail' }, { connection, tx });
    });
}

/**
 * Takes the mails of some people over: they are noted as sent before they are, so that nobody is mailed
 * twice. Who has been switched again meanwhile, or has no address, is left out.
 */
export async function claimMails(
  { userIds, about, runId }: DueMails,
  { connection, transact }: Dependencies,
): Promise<readonly Claimed[]> {
  let claimed: readonly Claimed[] = [];
  await transact(async (tx) => {
    const due = { _id: { $in: [...userIds] }, 'ldapSync.mail.runId': runId, 'ldapSync.mail.about': about };
    const projection = { username: 1, name: 1, emails: 1, active: 1 };
    const users = await userCollection(connection)
      .find(due, { ...within(tx), projection })
      .toArray();
    await unmark(
      users.map(({ _id }) => _id),
      { work: 'mail' },
      { connection, tx },
    );
    claimed = users
      .filter((user) => isActive(user) === (about === 'on'))
      .map(toClaimed)
      .filter(({ addresses }) => addresses.length > 0);
  });
  return claimed;
}

/** All addresses, verified or not, as Rocket.Chat does it. */
function toClaimed({ username, name, emails }: UserRecord): Claimed {
  const addresses = toReadableEmails(emails)
    .map(({ address }) => address)
    .filter(isOneAddress);
  return {
    ...(typeof username === 'string' ? { username } : {}),
    ...(typeof name === 'string' ? { name } : {}),
    addresses: [...new Set(addresses)].slice(0, MAX_ADDRESSES),
  };
}

import type { DueMailRecord, UserRecord } from '../../../models/user.js';
import type { UserUpdate } from './user-store.js';

/**
 * The same update, which notes at the user that a mail is due about it. Where the mail about the opposite has
 * not gone out, none is due: nothing has happened for the user.
 */
export function withDueMail(
  { ldapSync }: UserRecord,
  { set, unset = [], ...update }: UserUpdate,
  { about, runId }: Pick<DueMailRecord, 'about' | 'runId'>,
): UserUpdate {
  const waiting = ldapSync?.mail?.about;
  if (waiting !== undefined && waiting !== about)
    return { ...update, set, unset: [...unset, 'ldapSync.mail'] };
  return { ...update, set: { ...set, 'ldapSync.mail': { about, runId } satisfies DueMailRecord }, unset };
}

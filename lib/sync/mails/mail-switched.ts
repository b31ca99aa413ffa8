import type { Connection } from 'mongoose';
import { isWriteConflict } from '../../../models/database-errors.js';
import { toBatches } from '../../batches.js';
import { withinTime } from '../../deadline.js';
import type { Site } from '../../mail-lines.js';
import type { ReadSettings } from '../../settings/settings.js';
import type { ActiveRun } from '../run/active-run.js';
import { commitOne } from '../run/commit-units.js';
import type { RunLog } from '../run/run-log.js';
import type { Transact } from '../run/transaction.js';
import { claimMails, dropMails, findDueMails, type Claimed, type DueMails } from './due-mails.js';
import { mayMail } from './may-mail.js';
import type { PersonMails } from './person-mails.js';
import { toSwitchMail } from './switch-mail-text.js';

interface Dependencies {
  readonly connection: Connection;
  readonly readSettings: ReadSettings;
  readonly runs: Pick<RunLog, 'summary'>;
  readonly mails: PersonMails;
}

/** People who are mailed at once, and so the most who are not when a host dies. */
const PEOPLE_AT_ONCE = 5;
/** A mail server that takes nothing keeps a run no longer than these two together. */
const BATCH_MS = 30_000;
const ALL_MS = 60_000;

/**
 * Mails people who were switched off or on by this run, or by one that died before it did. It happens outside
 * of transactions. Each mail is noted as sent before it is, so nobody is mailed twice, and a host that dies
 * loses the mails of five people at most. What there is no time for is left to the next run.
 */
export async function mailSwitched(run: ActiveRun, dependencies: Dependencies): Promise<void> {
  const groups = await findDueMails(dependencies.connection);
  if (groups.length === 0) return;
  const settings = await dependencies.readSettings();
  const transact: Transact = (work) => commitOne(run, ({ tx }) => work(tx));
  const sending = {
    ...dependencies,
    transact,
    site: { name: settings.get('Site_Name'), url: settings.get('Site_Url') },
    until: performance.now() + ALL_MS,
  };
  try {
    for (const due of groups) {
      const { isAllowed, problem } = await mayMail(due, { ...dependencies, settings });
      if (problem) run.tally.problem(problem);
      await (isAllowed ? mailAll(due, run, sending) : dropMails(due, sending));
    }
  } catch (error) {
    if (!isWriteConflict(error)) throw error;
    run.tally.problem(BUSY);
  }
}

interface Sending extends Pick<Dependencies, 'connection' | 'mails'> {
  readonly transact: Transact;
  readonly site: Site;
  /** In `performance.now()`. */
  readonly until: number;
}

async function mailAll(due: DueMails, { signal, tally }: ActiveRun, sending: Sending): Promise<void> {
  let failed = 0;
  let left = due.userIds.length;
  for (const userIds of toBatches(due.userIds, PEOPLE_AT_ONCE)) {
    signal.throwIfAborted();
    if (performance.now() > sending.until) break;
    const claimed = await claimMails({ ...due, userIds }, sending);
    const sent = await mailBatch(claimed, due.about, sending);
    tally.mailed(sent);
    failed += claimed.length - sent;
    left -= userIds.length;
    // A mail server that takes nothing is not asked for every single person.
    if (claimed.length > 0 && sent === 0) break;
  }
  if (failed > 0) tally.problem(toFailed(failed));
  if (left > 0) tally.problem(toLeft(left));
}

/** How many people got a mail. */
async function mailBatch(
  people: readonly Claimed[],
  about: DueMails['about'],
  { mails, site }: Sending,
): Promise<number> {
  let sent = 0;
  const mailings = people.map(async (person) => {
    const mail = toSwitchMail(site, about, person);
    let isMailed = false;
    // One address that does not take it keeps it from no other.
    for (const to of person.addresses) {
      const isTaken = await isSent(mails, { to, ...mail });
      if (isTaken && !isMailed) sent += 1;
      isMailed ||= isTaken;
    }
  });
  await withinTime(Promise.all(mailings), BATCH_MS);
  return sent;
}

async function isSent(mails: PersonMails, mail: Parameters<PersonMails['send']>[0]): Promise<boolean> {
  try {
    await mails.send(mail);
    return true;
  } catch {
    return false;
  }
}

function toFailed(people: number) {
  return {
    message: `${toPeople(people)} switched off or on could not be mailed: the mail server took no mail.`,
    remedy:
      'Look at the mail server (MAIL_URL, or SMTP_Host and the other SMTP_ settings), and tell them in ' +
      'another way: nobody is mailed a second time.',
  };
}

function toLeft(people: number) {
  return {
    message: `${toPeople(people)} switched off or on could not be mailed in this run.`,
    remedy: 'Nothing; the next sync goes on with it.',
  };
}

function toPeople(count: number): string {
  return count === 1 ? '1 person who was' : `${count} people who were`;
}

const BUSY = {
  message:
    'Not everybody who was switched off or on has been mailed, because others write the same users all ' +
    'the time.',
  remedy: 'Nothing; the next sync goes on with it.',
};

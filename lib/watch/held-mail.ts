import type { SendMail } from '../auth/mail-sender.js';
import type { Clock } from '../clock.js';
import { LdapSyncError } from '../errors.js';
import type { Logger } from '../logger.js';
import type { ReadSettings } from '../settings/settings.js';
import type { RunReport } from '../../models/run-report.js';
import type { RunEvents } from '../sync/run/run-events.js';
import { RUN_KINDS } from '../sync/run/run-kinds.js';
import type { ReadRecipients } from './administrators.js';
import { toFailedMail, toHeldMail, type MailText } from './mail-text.js';
import { createMailMemory } from './mail-memory.js';

interface Dependencies {
  readonly events: RunEvents;
  readonly sendMail: SendMail;
  readonly readRecipients: ReadRecipients;
  readonly readSettings: ReadSettings;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The mails to the administrators. */
export interface HeldMail {
  /** Resolves when no mail is on its way. For the host's shutdown; never rejects. */
  settled(): Promise<void>;
}

/** Mails handed over at once. */
const BATCH = 5;

/**
 * Mails the administrators when a run on this host was held or failed, while `LDAP_Sync_Mail_Administrators`
 * is on; never about a preview. The same held list is mailed once until a sync or an approval completes, the
 * same failure once in 6 hours. What cannot be sent is logged, without addresses.
 */
export function createHeldMail({
  events,
  sendMail,
  readRecipients,
  readSettings,
  clock,
  logger,
}: Dependencies): HeldMail {
  const memory = createMailMemory(clock);
  const mailEverybody = createMailEverybody({ sendMail, readRecipients, logger });
  const onTheirWay = new Set<Promise<void>>();

  async function mailOnce(report: RunReport, key: string, toMail: (site: string) => MailText): Promise<void> {
    const { get } = await readSettings();
    if (!get('LDAP_Sync_Mail_Administrators') || !memory.mayMail(key)) return;
    const isSent = await mailEverybody(report, toMail(get('Site_Name'))).catch((error: unknown) => {
      memory.forget(key);
      throw error;
    });
    if (!isSent) memory.forget(key);
  }

  function start(report: RunReport, key: string, toMail: (site: string) => MailText): void {
    const mailing = mailOnce(report, key, toMail)
      .catch((error: unknown) =>
        logger.warn(
          { runId: report._id, code: toCode(error) },
          'The administrators could not be mailed about the LDAP sync',
        ),
      )
      .finally(() => onTheirWay.delete(mailing));
    onTheirWay.add(mailing);
  }

  events.on('run:held', (report) => {
    const { held, kind } = report;
    if (held && RUN_KINDS[kind].writes)
      start(report, memory.keyOfHeld(held), (site) => toHeldMail(site, report, held));
  });
  events.on('run:finished', (report) => {
    const { kind, state, weighed } = report;
    if (state === 'failed' && RUN_KINDS[kind].writes)
      start(report, memory.keyOfFailed(report), (site) => toFailedMail(site, report));
    // After a sync that did not look at removals an earlier list still waits.
    const { takesAway, decidesRemovals } = RUN_KINDS[kind];
    const isOver = takesAway && (!decidesRemovals || weighed !== false);
    if (state === 'completed' && isOver) memory.nothingHeld();
  });

  return {
    async settled() {
      await Promise.all(onTheirWay);
    },
  };
}

/** Mails every administrator, a batch at a time. False when none got the mail. */
function createMailEverybody({
  sendMail,
  readRecipients,
  logger,
}: Pick<Dependencies, 'sendMail' | 'readRecipients' | 'logger'>) {
  return async ({ _id: runId }: RunReport, mail: MailText): Promise<boolean> => {
    const recipients = await readRecipients();
    const failures: unknown[] = [];
    let sent = 0;
    for (let from = 0; from < recipients.length; from += BATCH) {
      const batch = recipients.slice(from, from + BATCH);
      const results = await Promise.allSettled(batch.map(async (to) => sendMail({ to, ...mail })));
      failures.push(
        ...results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown),
      );
      sent = from + batch.length - failures.length;
      // A mail server that takes nothing would keep a shutdown waiting for every single address.
      if (sent === 0) break;
    }
    if (recipients.length === 0)
      logger.warn({ runId }, 'No administrator with a verified address can be mailed about the LDAP sync');
    if (failures.length > 0)
      logger.warn(
        { runId, sent, of: recipients.length, code: toCode(failures[0]) },
        'A mail about the LDAP sync could not be sent',
      );
    return sent > 0;
  };
}

/** Nothing else of an error: a mail server repeats addresses. */
function toCode(error: unknown): string {
  return error instanceof LdapSyncError ? error.code : error instanceof Error ? error.name : 'unknown';
}

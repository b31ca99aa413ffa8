import type { SendMail } from '../auth/mail-sender.js';
import type { Clock } from '../clock.js';
import { LdapSyncError } from '../errors.js';
import type { Logger } from '../logger.js';
import type { ReadSettings } from '../settings/settings.js';
import type { HeldRemovals, RunKind, RunReport } from '../../models/run-report.js';
import type { RunEvents } from '../sync/run/run-events.js';
import { RUN_KINDS } from '../sync/run/run-kinds.js';
import type { ReadRecipients } from './administrators.js';
import type { ReadHeldList } from './held-list.js';
import type { MailText, Site } from '../mail-lines.js';
import { toFailedMail, toHeldMail } from './mail-text.js';
import { createMailMemory, toHeldKey } from './mail-memory.js';

interface Dependencies {
  readonly events: RunEvents;
  readonly sendMail: SendMail;
  readonly readRecipients: ReadRecipients;
  readonly readHeldList: ReadHeldList;
  readonly readSettings: ReadSettings;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The mails to the administrators. */
export interface HeldMail {
  /** Resolves when no mail is on its way. For the host's shutdown; never rejects. */
  settled(): Promise<void>;
}

/** What may be worth a mail. */
interface News {
  /** `undefined`: it has been mailed before. */
  readonly toMail: (site: Site) => MailText | undefined | Promise<MailText | undefined>;
  /** Nobody could be mailed. */
  readonly forget: () => void;
}

/** Mails handed over at once. */
const BATCH = 5;

/**
 * Mails the administrators when a run on this host was held or failed, while `LDAP_Sync_Mail_Administrators`
 * is on; never about a preview. The same held list is mailed once until a sync or an approval completes, another
 * one at once; the same failure once in 6 hours. What cannot be sent is logged, without addresses.
 */
export function createHeldMail({
  events,
  sendMail,
  readRecipients,
  readHeldList,
  readSettings,
  clock,
  logger,
}: Dependencies): HeldMail {
  const memory = createMailMemory(clock);
  const mailEverybody = createMailEverybody({ sendMail, readRecipients, logger });
  const onTheirWay = new Set<Promise<void>>();

  async function mailOnce(report: RunReport, { toMail, forget }: News): Promise<void> {
    const { get } = await readSettings();
    if (!get('LDAP_Sync_Mail_Administrators')) return;
    const mail = await toMail({ name: get('Site_Name'), url: get('Site_Url') });
    if (!mail) return;
    const isSent = await mailEverybody(report, mail).catch((error: unknown) => {
      forget();
      throw error;
    });
    if (!isSent) forget();
  }

  function start(report: RunReport, news: News): void {
    const mailing = mailOnce(report, news)
      .catch((error: unknown) =>
        logger.warn(
          { runId: report._id, code: toCode(error) },
          'The administrators could not be mailed about the LDAP sync',
        ),
      )
      .finally(() => onTheirWay.delete(mailing));
    onTheirWay.add(mailing);
  }

  /** A list that cannot be read is told by its numbers. */
  function ofHeld(report: RunReport, held: HeldRemovals): News {
    return {
      async toMail(site) {
        const list = await readHeldList(report._id).catch(() => '');
        const told = memory.tellHeld(toHeldKey(held, list));
        return told === 'known'
          ? undefined
          : toHeldMail(site, report, { held, isChanged: told === 'changed' });
      },
      forget: memory.forgetHeld,
    };
  }

  function ofFailed(report: RunReport): News {
    const key = memory.keyOfFailed(report);
    return {
      toMail: (site) => (memory.mayMailFailed(key) ? toFailedMail(site, report) : undefined),
      forget: () => memory.forgetFailed(key),
    };
  }

  events.on('run:held', (report) => {
    const { held, kind } = report;
    if (held && isForAll(kind)) start(report, ofHeld(report, held));
  });
  events.on('run:finished', (report) => {
    const { kind, state, weighed } = report;
    if (state === 'failed' && isForAll(kind)) start(report, ofFailed(report));
    // After a sync that did not look at removals, or an approval about one person, an earlier list still waits.
    if (state === 'completed' && RUN_KINDS[kind].takesAway && weighed !== false) memory.forgetHeld();
  });

  return {
    async settled() {
      await Promise.all(onTheirWay);
    },
  };
}

/** Of a run about one person, whoever asked for it is told alone. */
function isForAll(kind: RunKind): boolean {
  return RUN_KINDS[kind].writes && !RUN_KINDS[kind].isAboutOne;
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

import { LdapSyncError } from '../errors.js';
import type { Logger } from '../logger.js';
import { createFairQueue } from './fair-queue.js';
import type { SendMail } from './mail-sender.js';

interface Letter {
  readonly userId: string;
  readonly addresses: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** Mails a user at all their addresses. Rejects when no address could be reached in time. */
export type Mailing = (letter: Letter) => Promise<void>;

/** A mail server that hangs keeps so many connections at most, and nobody's mail from leaving for long. */
const LIMITS = { atOnce: 20, atOncePerKey: 10, waiting: 1_024, waitingPerKey: 64 } as const;
const DEADLINE_MS = 45_000;

export function createMailing({
  sendMail,
  logger,
}: {
  readonly sendMail: SendMail;
  readonly logger: Logger;
}): Mailing {
  const queue = createFairQueue(LIMITS);

  return async ({ userId, addresses, subject, text }) => {
    const late = AbortSignal.timeout(DEADLINE_MS);
    const sent = await Promise.allSettled(
      addresses.map((to) =>
        inTime(
          late,
          queue.run(userId, async () => {
            if (!late.aborted) await inTime(late, sendMail({ to, subject, text }));
          }),
        ),
      ),
    );
    const failures = sent
      .filter((result) => result.status === 'rejected')
      .map(({ reason }) => reason as unknown);
    if (failures.length > 0)
      logger.warn(
        { failed: failures.length, of: addresses.length },
        `The mail "${subject}" could not be sent`,
      );
    if (failures.length < addresses.length) return;
    const [first] = failures;
    throw first instanceof LdapSyncError ? first : mailFailed();
  };
}

/** A `sendMail` of the host's may never answer. */
function inTime<T>(late: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const give = (): void => reject(mailFailed());
    late.addEventListener('abort', give, { once: true });
    if (late.aborted) give();
    work.then(resolve, reject).finally(() => late.removeEventListener('abort', give));
  });
}

function mailFailed(): LdapSyncError {
  return new LdapSyncError('mail-failed', 'The mail with the authentication code could not be sent.', {
    remedy: 'Check the mail settings of the chat server (MAIL_URL or SMTP_Host).',
  });
}

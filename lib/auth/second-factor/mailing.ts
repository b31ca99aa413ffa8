import { LdapSyncError } from '../../errors.js';
import type { Logger } from '../../logger.js';
import { createFairQueue } from '../limits/fair-queue.js';
import type { SendMail } from '../mail-sender.js';

interface Letter {
  readonly userId: string;
  readonly addresses: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** Mails a user at all their addresses. Rejects when no address could be reached in time. */
export type Mailing = (letter: Letter) => Promise<void>;

/** Bounds the connections to the mail server, however many codes are asked for and however slow it is. */
const LIMITS = { atOnce: 8, atOncePerKey: 4, waiting: 1_024, waitingPerKey: 64 } as const;
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
    const deadline = createDeadline(DEADLINE_MS);
    const sent = await Promise.allSettled(
      addresses.map((to) => {
        const send = async (): Promise<void> => {
          if (!deadline.isOver()) await deadline.race(sendMail({ to, subject, text }));
        };
        return deadline.race(queue.run(userId, send));
      }),
    );
    deadline.clear();
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
function createDeadline(ms: number) {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      isOver = true;
      reject(mailFailed());
    }, ms);
  });
  over.catch(() => undefined);
  return {
    isOver: () => isOver,
    race: <T>(work: Promise<T>): Promise<T> => Promise.race([work, over]),
    clear: () => clearTimeout(timer),
  };
}

function mailFailed(): LdapSyncError {
  return new LdapSyncError('mail-failed', 'The mail with the authentication code could not be sent.', {
    remedy: 'Check the mail settings of the chat server (MAIL_URL or SMTP_Host).',
  });
}

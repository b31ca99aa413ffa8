import { LdapSyncError } from '../errors.js';

/** Gives a signal that ends what somebody waits for: a server that keeps sending, however slowly, is never silent. */
export async function withDeadline<T>(
  deadlineMs: number,
  use: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(tooLong(deadlineMs)), deadlineMs);
  try {
    return await use(deadline.signal);
  } finally {
    clearTimeout(timer);
  }
}

function tooLong(deadlineMs: number): LdapSyncError {
  return new LdapSyncError(
    'directory-timeout',
    `The directory had not answered after ${Math.round(deadlineMs / 1_000)} seconds.`,
    { remedy: 'Look into the load of the directory server, and index what people are searched by.' },
  );
}

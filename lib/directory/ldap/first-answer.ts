import type { LdapSyncError } from '../../errors.js';
import type { DirectoryAddress } from '../directory.js';
import { speaksTls } from './port-probe.js';
import { toSpokenInClear } from './port-errors.js';

/** Waits for the first thing that a server says in clear. */
export interface FirstAnswerWatch {
  arm(): void;
  disarm(): void;
}

/**
 * A port that expects TLS says nothing to a request in clear. Long before the silence is too long, this finds
 * out whether it is such a port. Only connections without encryption are watched.
 */
export function createFirstAnswerWatch(
  address: DirectoryAddress,
  onTls: (error: LdapSyncError) => void,
): FirstAnswerWatch {
  let timer: NodeJS.Timeout | undefined;
  let isOver = address.encryption !== 'plain';

  async function look(): Promise<void> {
    if ((await speaksTls(address)) && !isOver) onTls(toSpokenInClear(address));
  }

  return {
    arm() {
      if (!isOver) timer ??= setTimeout(() => void look(), address.connectTimeoutMs);
    },
    disarm() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

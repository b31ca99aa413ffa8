import { BER } from './ber-cursor.js';
import { LIMITS } from './limits.js';
import { MalformedMessageError } from './malformed-message-error.js';
import { OversizedMessageError } from './oversized-message-error.js';

const TLS_ALERT = 0x15;
const TLS_HANDSHAKE = 0x16;

/** The first byte of a message. */
export function assertSequence(tag: number): void {
  if (tag === BER.sequence) return;
  throw new MalformedMessageError(
    `a message that starts with byte 0x${tag.toString(16)}`,
    tag === TLS_ALERT || tag === TLS_HANDSHAKE,
  );
}

export function assertSize(length: number, limit: number): void {
  if (length <= limit) return;
  throw new OversizedMessageError(
    `a message of ${length} bytes (at most ${limit} are taken)`,
    'Find the entry that is so large, and leave it out with LDAP_BaseDN or LDAP_User_Search_Filter.',
  );
}

export function assertDNSize(length: number): void {
  if (length <= LIMITS.dnBytes) return;
  throw new OversizedMessageError(
    `an entry whose DN is ${length} bytes long (at most ${LIMITS.dnBytes} are taken)`,
    'Rename the entry, or leave it out with LDAP_BaseDN or LDAP_User_Search_Filter.',
  );
}

import type { DirectoryAddress } from '../directory/directory.js';
import type { InspectTls, ShownTls } from '../directory/shown-tls.js';
import { LdapSyncError } from '../errors.js';
import { judgeTls, toPinOffer } from '../probe/sections/pin-offer.js';
import type { Hint } from './suggestion.js';

/** The ports of LDAPS, by those of plain LDAP. */
const LDAPS: Readonly<Record<number, number>> = { 389: 636, 3268: 3269 };
/** An answer that takes longer is none that a hint is worth. */
const WAIT_MS = 5_000;

interface Asking {
  readonly inspectTls: InspectTls;
  readonly signal: AbortSignal;
  readonly now: Date;
}

/**
 * Says how the connection could be encrypted, and by whom it would be vouched for. No proposal: it changes how the
 * password is sent, so the password has to be given with it.
 */
export async function hintEncryption(address: DirectoryAddress, asking: Asking): Promise<readonly Hint[]> {
  if (address.encryption !== 'plain') return hintTrust(await tryToInspect(address, asking), asking.now);
  const upgraded = await tryToInspect({ ...address, encryption: 'starttls' }, asking);
  if (upgraded) return [toHint('tls', upgraded), ...hintTrust(upgraded, asking.now)];
  const port = LDAPS[address.port];
  if (port === undefined) return [];
  const secure = await tryToInspect({ ...address, port, failoverHosts: [], encryption: 'ldaps' }, asking);
  if (!secure) return [];
  const toPort: Hint = {
    setting: 'LDAP_Port',
    message: `LDAPS is on port ${port} of this server.`,
    remedy: `Set LDAP_Port to ${port} together with LDAP_Encryption.`,
    value: port,
  };
  return [toHint('ssl', secure), toPort, ...hintTrust(secure, asking.now)];
}

function toHint(value: 'tls' | 'ssl', { protocol }: ShownTls): Hint {
  const name = value === 'tls' ? 'StartTLS' : 'LDAPS';
  return {
    setting: 'LDAP_Encryption',
    message: `The connection is not encrypted, and the server can do ${name} (${protocol}).`,
    remedy: `Set LDAP_Encryption to "${value}", and give the password of the service account in the same call.`,
    value,
  };
}

function hintTrust(tls: ShownTls | undefined, now: Date): readonly Hint[] {
  if (!tls?.distrust) return [];
  const pin = toPinOffer(tls, now);
  return judgeTls(tls, pin).map((problem) =>
    pin && problem.setting === pin.setting
      ? { ...problem, message: `${problem.message} ${pin.subject}: SHA-256 ${pin.sha256}.`, value: pin.value }
      : problem,
  );
}

async function tryToInspect(
  address: DirectoryAddress,
  { inspectTls, signal }: Asking,
): Promise<ShownTls | undefined> {
  try {
    return await inspectTls(address, AbortSignal.any([signal, AbortSignal.timeout(WAIT_MS)]));
  } catch (error) {
    // A server without encryption is no failure of a look, and neither is one that is too slow for a hint.
    if (error instanceof LdapSyncError) return undefined;
    throw error;
  }
}

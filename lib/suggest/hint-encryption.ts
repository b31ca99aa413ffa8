import { toFinding, withValues, type Finding } from '../findings/finding.js';
import type { DirectoryAddress } from '../directory/directory.js';
import type { InspectTls, ShownTls } from '../directory/shown-tls.js';
import { LdapSyncError } from '../errors.js';
import type { PinOffer } from '../probe/sections/section-facts.js';
import { judgeTls, toPinOffer } from '../probe/sections/pin-offer.js';
import type { SeenDirectory } from './seen-directory.js';
import type { Hint } from './suggestion.js';

/** The ports of LDAPS, by those of plain LDAP. */
const LDAPS: Readonly<Record<number, number>> = { 389: 636, 3268: 3269 };
/** An answer that takes longer is none that a hint is worth. */
const WAIT_MS = 5_000;

/**
 * A Samba without TLS ends when it is asked for StartTLS (seen with 4.17, one process for all connections), so it is
 * asked for LDAPS alone; and others only when they say that they know it.
 */
const START_TLS = '1.3.6.1.4.1.1466.20037';

interface Asking {
  readonly inspectTls: InspectTls;
  readonly signal: AbortSignal;
  readonly seen: Pick<SeenDirectory, 'kind' | 'root' | 'now'>;
}

/**
 * Says how the connection could be encrypted, and by whom it would be vouched for. No proposal: it changes how the
 * password is sent, so the password has to be given with it.
 */
export async function hintEncryption(address: DirectoryAddress, asking: Asking): Promise<readonly Hint[]> {
  if (address.encryption !== 'plain') return hintTrust(await tryToInspect(address, asking), asking.seen.now);
  const upgraded = knowsStartTls(asking.seen)
    ? await tryToInspect({ ...address, encryption: 'starttls' }, asking)
    : undefined;
  if (upgraded) return [toHint('tls', upgraded), ...hintTrust(upgraded, asking.seen.now)];
  const port = LDAPS[address.port];
  if (port === undefined) return [];
  const secure = await tryToInspect({ ...address, port, failoverHosts: [], encryption: 'ldaps' }, asking);
  if (!secure) return [];
  const toPort: Hint = {
    setting: 'LDAP_Port',
    ...toFinding('ldaps-port', { port: String(port) }),
    value: port,
  };
  return [toHint('ssl', secure), toPort, ...hintTrust(secure, asking.seen.now)];
}

function knowsStartTls({ kind, root }: Asking['seen']): boolean {
  return kind !== 'samba' && root?.extensions.has(START_TLS) === true;
}

function toHint(value: 'tls' | 'ssl', { protocol }: ShownTls): Hint {
  const code = value === 'tls' ? 'server-can-start-tls' : 'server-can-ldaps';
  return { setting: 'LDAP_Encryption', ...toFinding(code, { protocol }), value };
}

function hintTrust(tls: ShownTls | undefined, now: Date): readonly Hint[] {
  if (!tls?.distrust) return [];
  const pin = toPinOffer(tls, now);
  return judgeTls(tls, pin).map((problem) =>
    pin && problem.setting === pin.setting
      ? { ...problem, ...withFingerprint(problem, pin), value: pin.value }
      : problem,
  );
}

function withFingerprint(problem: Finding, { subject: authority, sha256 }: PinOffer): Finding {
  return withValues(problem, { authority, sha256 });
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

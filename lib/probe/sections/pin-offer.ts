import { toFinding } from '../../findings/finding.js';
import { toEvidence } from '../../findings/observation.js';
import type { Distrust, ShownTls } from '../../directory/shown-tls.js';
import type { SettingProblem } from '../../settings/settings.js';
import type { PinOffer } from './section-facts.js';

/** The certificate that may be put into `LDAP_CA_Cert`, where nothing but an unknown authority is wrong. Pure. */
export function toPinOffer({ chain, distrust, fitsName }: ShownTls, now: Date): PinOffer | undefined {
  const last = chain.at(-1);
  if (!last || distrust?.kind !== 'unknown-authority' || !fitsName || last.validTo <= now) return undefined;
  const isAuthority = chain.length > 1 || last.isAuthority;
  const told = isAuthority ? 'authority-to-compare' : 'certificate-to-compare';
  const { because: note, seen } = toEvidence(told, {});
  return {
    setting: 'LDAP_CA_Cert',
    value: last.pem,
    subject: last.subject,
    sha256: last.sha256,
    isAuthority,
    note,
    seen,
  };
}

type Judge = (tls: ShownTls, pin: PinOffer | undefined) => SettingProblem;

/** What is wrong with the certificate of a server, and what to do. Pure. */
export function judgeTls(tls: ShownTls, pin: PinOffer | undefined): readonly SettingProblem[] {
  const { distrust, fitsName } = tls;
  if (!distrust) return [];
  const problem = JUDGES[distrust.kind](tls, pin);
  // An authority that is unknown hides that the name is wrong, too.
  return fitsName || distrust.kind === 'wrong-name' ? [problem] : [problem, JUDGES['wrong-name'](tls, pin)];
}

const JUDGES: Readonly<Record<Distrust, Judge>> = {
  'wrong-name': ({ chain, host }) => ({
    setting: 'LDAP_Host',
    ...toFinding('certificate-for-another-host', { names: namesOf(chain), host }),
  }),
  expired: ({ chain }) => ({
    setting: 'LDAP_Host',
    ...toFinding('certificate-expired', { dates: toDates(chain) }),
  }),
  'not-yet-valid': ({ chain }) => ({
    setting: 'LDAP_Host',
    ...toFinding('certificate-not-yet-valid', { dates: toDates(chain) }),
  }),
  'unknown-authority': toDistrusted,
  other: toDistrusted,
};

function toDistrusted({ chain: [own], distrust }: ShownTls, pin: PinOffer | undefined): SettingProblem {
  const offered = pin?.isAuthority ? 'authority-offered' : 'certificate-offered';
  const subject = own?.subject ?? 'the server';
  const why = distrust?.reason ?? 'no reason is told';
  return {
    setting: 'LDAP_CA_Cert',
    ...toFinding(pin ? offered : 'authority-unknown', { subject, why }),
  };
}

function namesOf([own]: ShownTls['chain']): string {
  return own && own.names.length > 0 ? own.names.slice(0, 5).join(', ') : (own?.subject ?? 'nobody');
}

function toDates(chain: ShownTls['chain']): string {
  return chain
    .slice(0, 3)
    .map(({ subject, validFrom, validTo }) => `${subject} from ${toDay(validFrom)} to ${toDay(validTo)}`)
    .join('; ');
}

function toDay(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unknown day' : date.toISOString().slice(0, 10);
}

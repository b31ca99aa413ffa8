import type { Distrust, ShownTls } from '../../directory/shown-tls.js';
import type { SettingProblem } from '../../settings/settings.js';
import type { PinOffer } from './section-facts.js';

/** The certificate that may be put into `LDAP_CA_Cert`, where nothing but an unknown authority is wrong. Pure. */
export function toPinOffer({ chain, distrust, fitsName }: ShownTls, now: Date): PinOffer | undefined {
  const last = chain.at(-1);
  if (!last || distrust?.kind !== 'unknown-authority' || !fitsName || last.validTo <= now) return undefined;
  const isAuthority = chain.length > 1 || last.isAuthority;
  return {
    setting: 'LDAP_CA_Cert',
    value: last.pem,
    subject: last.subject,
    sha256: last.sha256,
    isAuthority,
    note: isAuthority
      ? 'Compare the fingerprint with what the administrator of the directory says, by another way than this ' +
        'connection. If they are equal, put this certificate into LDAP_CA_Cert.'
      : 'The server does not send the certificate of its authority. Ask its administrator for that one; or compare ' +
        'the fingerprint by another way than this connection and put this certificate, which is that of the server ' +
        'alone, into LDAP_CA_Cert: it has to be changed there whenever the server gets a new one.',
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
    message: `The certificate of the server is for ${namesOf(chain)}, and not for ${host}.`,
    remedy:
      'Put one of the names in the certificate into LDAP_Host, or have the certificate made for this host.',
  }),
  expired: ({ chain }) => ({
    setting: 'LDAP_Host',
    message: `A certificate of the server has expired: ${toDates(chain)}.`,
    remedy: 'Renew the certificate on the directory server.',
  }),
  'not-yet-valid': ({ chain }) => ({
    setting: 'LDAP_Host',
    message: `A certificate of the server is not valid yet: ${toDates(chain)}.`,
    remedy: 'Check the clocks of this host and of the directory server.',
  }),
  'unknown-authority': toDistrusted,
  other: toDistrusted,
};

function toDistrusted({ chain: [own], distrust }: ShownTls, pin: PinOffer | undefined): SettingProblem {
  return {
    setting: 'LDAP_CA_Cert',
    message:
      `Nobody whom the settings trust vouches for the certificate of ${own?.subject ?? 'the server'} ` +
      `(${distrust?.reason ?? 'no reason is told'}).`,
    remedy: pin?.note ?? 'Put the certificate of the authority that signed it into LDAP_CA_Cert.',
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

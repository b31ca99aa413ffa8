import type { Samba } from '../../dev/samba.js';
import { SAMBA_BASE } from '../../dev/samba-config.js';

/** Text, bytes, or several of them; `undefined` leaves the attribute out. */
type Value = string | Buffer | readonly (string | Buffer)[] | undefined;
export type AdAttributes = Readonly<Record<string, Value>>;

/** `userAccountControl`: an ordinary account; that needs no password; that is disabled; of a computer. */
export const CONTROL = { normal: '512', passwordless: '544', disabled: '514', computer: '4096' } as const;

export const COMPANY = `OU=Company,${SAMBA_BASE}`;
export const SERVICES = `OU=Services,${SAMBA_BASE}`;
export const SERVICE_PASSWORD = 'Reads.People3';
export const SERVICE_DN = `CN=svc-chat,${SERVICES}`;

/** One entry of LDIF, whatever characters it has. */
export function toLdif(dn: string, attributes: AdAttributes): string {
  const lines = Object.entries(attributes).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => `${name}:: ${Buffer.from(one as string).toString('base64')}`),
  );
  return [`dn:: ${Buffer.from(dn).toString('base64')}`, ...lines, ''].join('\n');
}

/** A DN below another one, with its name escaped (RFC 4514). */
export function below(parent: string, name: string, kind: 'CN' | 'OU' = 'CN'): string {
  const escaped = name
    .replace(/[,+"\\<>;=]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ');
  return `${kind}=${escaped},${parent}`;
}

export function toUnit(parent: string, name: string, attributes: AdAttributes = {}): string {
  return toLdif(below(parent, name, 'OU'), { objectClass: 'organizationalUnit', ...attributes });
}

/** A person with an address; her name is also her account's name unless `attributes` say another. */
export function toAdPerson(parent: string, name: string, attributes: AdAttributes = {}): string {
  return toLdif(below(parent, name), {
    objectClass: 'user',
    sAMAccountName: name,
    mail: `${name}@lab.example`,
    displayName: name,
    userAccountControl: CONTROL.passwordless,
    ...attributes,
  });
}

/** The account of a service that signs in with `SERVICE_PASSWORD`. It has no address. */
export function toServiceAccount(name: string): string {
  return toLdif(below(SERVICES, name), {
    objectClass: 'user',
    sAMAccountName: name,
    userAccountControl: '66048',
    unicodePwd: Buffer.from(`"${SERVICE_PASSWORD}"`, 'utf16le'),
  });
}

/** Time as Active Directory counts it: 100 nanoseconds since 1601. */
export function toFileTime(date: string): string {
  return String((BigInt(Date.parse(date)) + 11_644_473_600_000n) * 10_000n);
}

/** Guests are not let see `userAccountControl` of who is below. */
export const HIDING_STATES = 'D:(OD;CI;RP;bf967a68-0de6-11d0-a285-00aa003049e2;;BG)';

/** The settings of a sync that reads the whole domain as a service account. */
export function adSettings(
  { host, port, baseDN }: Pick<Samba, 'host' | 'port' | 'baseDN'>,
  account: 'svc-chat' | 'svc-least' = 'svc-chat',
): Readonly<Record<string, unknown>> {
  return {
    LDAP_Enable: true,
    LDAP_Background_Sync: true,
    LDAP_Background_Sync_Disable_Missing_Users: true,
    LDAP_Server_Type: 'ad',
    LDAP_Host: host,
    LDAP_Port: port,
    LDAP_Authentication: true,
    LDAP_Authentication_UserDN: below(SERVICES, account),
    LDAP_Authentication_Password: SERVICE_PASSWORD,
    LDAP_BaseDN: baseDN,
    LDAP_User_Search_Filter: '(&(objectCategory=person)(objectClass=user)(mail=*))',
    LDAP_Search_Page_Size: 4,
  };
}

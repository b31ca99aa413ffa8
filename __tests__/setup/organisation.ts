import type { Slapd } from '../../dev/slapd.js';

export const SUFFIX = 'dc=example,dc=org';

/** The LDIF of an organisation: its suffix, `ou=people`, and some people. */
export function toOrganisation(people: readonly string[]): string {
  return [
    `dn: ${SUFFIX}\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: Example`,
    `dn: ou=people,${SUFFIX}\nobjectClass: organizationalUnit\nou: people`,
    `dn: ou=alumni,${SUFFIX}\nobjectClass: organizationalUnit\nou: alumni`,
    ...people,
    '',
  ].join('\n\n');
}

/** One person's LDIF. A value may be text or bytes; `undefined` leaves the attribute out. */
type Attributes = Readonly<Record<string, string | Buffer | undefined>>;

export function toPersonLdif(uid: string, attributes: Attributes = {}): string {
  const all: Attributes = { cn: `Person ${uid}`, sn: uid, mail: `${uid}@example.org`, ...attributes };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}:: ${Buffer.from(value as string).toString('base64')}`],
  );
  return [`dn: uid=${uid},ou=people,${SUFFIX}`, 'objectClass: inetOrgPerson', `uid: ${uid}`, ...lines].join(
    '\n',
  );
}

export function toPeople(count: number, prefix = 'person'): readonly string[] {
  return Array.from({ length: count }, (_, index) => toPersonLdif(`${prefix}${index}`));
}

/** The settings of a sync that finds the people of such an organisation. */
export function settingsFor({
  port,
  rootDN,
  rootPassword,
}: Pick<Slapd, 'port' | 'rootDN' | 'rootPassword'>): Record<string, unknown> {
  return {
    LDAP_Enable: true,
    LDAP_Background_Sync: true,
    LDAP_Server_Type: '',
    LDAP_Host: '127.0.0.1',
    LDAP_Port: port,
    LDAP_Authentication: true,
    LDAP_Authentication_UserDN: rootDN,
    LDAP_Authentication_Password: rootPassword,
    LDAP_BaseDN: SUFFIX,
    LDAP_Unique_Identifier_Field: 'entryUUID',
    LDAP_Background_Sync_Disable_Missing_Users: true,
    // There is no mail server, which a run that should mail would say.
    Accounts_Send_Email_When_Deactivating: false,
    Accounts_Send_Email_When_Activating: false,
  };
}

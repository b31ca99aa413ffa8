import type { Ds389 } from '../../dev/ds389.js';
import { toLdif } from './active-directory.js';

/** An organisation in a 389-DS. */
export const PLANET = 'dc=planet,dc=example';
export const PLANET_PEOPLE = `ou=people,${PLANET}`;
const SERVICES = `ou=services,${PLANET}`;
const PASSWORD = 'Reads.People3';
const DISABLED_ROLE = `cn=disabled,${PLANET}`;

type Attributes = Parameters<typeof toLdif>[1];

export function toPlanetPerson(uid: string, attributes: Attributes = {}): string {
  return toLdif(`uid=${uid},${PLANET_PEOPLE}`, {
    ...{ objectClass: 'inetOrgPerson', uid, cn: `Person ${uid}`, sn: uid, mail: `${uid}@planet.example` },
    ...attributes,
  });
}

/** Who has this role is locked by it: `nsAccountLock` comes from a class of service. */
export const LOCKED_BY_ROLE: Attributes = { nsRoleDN: DISABLED_ROLE };

/** `svc-chat` may read everything, `svc-least` all but `nsAccountLock`. */
export function toPlanet(people: readonly string[]): string {
  const read = (name: string, targets: string): string =>
    `(targetattr${targets})(version 3.0; acl "${name}"; allow (read, search, compare) ` +
    `userdn="ldap:///uid=${name},${SERVICES}";)`;
  const suffix = toLdif(PLANET, {
    ...{ objectClass: 'domain', dc: 'planet' },
    aci: [
      read('svc-chat', '="* || nsUniqueId || nsAccountLock || nsRole"'),
      read('svc-least', '="uid || cn || sn || mail || objectClass || displayName || nsUniqueId"'),
    ],
  });
  const units = ['people', 'services', 'former'].map((ou) =>
    toLdif(`ou=${ou},${PLANET}`, { objectClass: 'organizationalUnit', ou }),
  );
  const services = ['svc-chat', 'svc-least'].map((uid) =>
    toLdif(`uid=${uid},${SERVICES}`, {
      ...{ objectClass: 'inetOrgPerson', uid, cn: uid, sn: uid, userPassword: PASSWORD },
    }),
  );
  return [suffix, ...units, ...services, ...toLockingRole(), ...people].join('\n');
}

function toLockingRole(): readonly string[] {
  const templates = `cn=locks,${PLANET}`;
  const role = ['LDAPsubentry', 'nsRoleDefinition', 'nsSimpleRoleDefinition', 'nsManagedRoleDefinition'];
  return [
    toLdif(DISABLED_ROLE, { objectClass: role, cn: 'disabled' }),
    toLdif(templates, { objectClass: 'nsContainer', cn: 'locks' }),
    toLdif(`cn="${DISABLED_ROLE}",${templates}`, {
      objectClass: ['extensibleObject', 'costemplate', 'LDAPsubentry'],
      ...{ cn: DISABLED_ROLE, cosPriority: '1', nsAccountLock: 'true' },
    }),
    toLdif(`cn=lock-by-role,${PLANET}`, {
      objectClass: ['LDAPsubentry', 'cosSuperDefinition', 'cosClassicDefinition'],
      ...{ cn: 'lock-by-role', cosTemplateDn: templates, cosSpecifier: 'nsRole' },
      cosAttribute: 'nsAccountLock operational',
    }),
  ];
}

/** The settings of a sync that reads these people as a service account. */
export function planetSettings(
  { host, port }: Ds389,
  account: 'svc-chat' | 'svc-least' = 'svc-chat',
): Readonly<Record<string, unknown>> {
  return {
    LDAP_Enable: true,
    LDAP_Background_Sync: true,
    LDAP_Background_Sync_Disable_Missing_Users: true,
    LDAP_Server_Type: '',
    LDAP_Host: host,
    LDAP_Port: port,
    LDAP_Authentication: true,
    LDAP_Authentication_UserDN: `uid=${account},${SERVICES}`,
    LDAP_Authentication_Password: PASSWORD,
    LDAP_BaseDN: PLANET_PEOPLE,
    LDAP_User_Search_Filter: '(objectClass=inetOrgPerson)',
    LDAP_Search_Page_Size: 3,
  };
}

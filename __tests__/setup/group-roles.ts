import type { DirectoryEntry } from '../../lib/directory/directory.js';
import type { RoleRecord } from '../../models/role.js';
import { dnOf, toChatGroup } from './group-filter.js';

/** The settings of a sync in which groups give roles, and take them. */
export const GROUP_ROLES = {
  LDAP_Sync_User_Data_Roles: true,
  LDAP_Sync_User_Data_Roles_AutoRemove: true,
  LDAP_Sync_User_Data_Roles_BaseDN: 'ou=groups,dc=x',
  LDAP_Sync_User_Data_Roles_Filter: '(&(cn=#{groupName})(member=#{userdn}))',
  LDAP_Sync_User_Data_RolesMap: JSON.stringify({
    it: ['admin', 'support'],
    desk: 'support',
    guests: 'guest',
  }),
  LDAP_Extension_Field: '',
  LDAP_Guard_Always_Allowed: 5,
} as const;

/** `support` is a role of the host's own. */
export const ROLES: readonly RoleRecord[] = [
  { _id: 'admin', name: 'admin', scope: 'Users' },
  { _id: 'user', name: 'user', scope: 'Users' },
  { _id: 'guest', name: 'guest', scope: 'Users' },
  { _id: 'owner', name: 'owner', scope: 'Subscriptions' },
  { _id: 'Xy12', name: 'support', scope: 'Users' },
];

/** A group by its name; of a text, the people it lists. */
export const toRoleGroups = (
  groups: Readonly<Record<string, readonly string[]>>,
): readonly DirectoryEntry[] =>
  Object.entries(groups).map(([name, people]) =>
    toChatGroup([], { name, values: { member: people.map(dnOf) } }),
  );

import type { DirectoryEntry } from '../../lib/directory/directory.js';
import { toEntry } from './entries.js';
import { BASE } from './memory-directory.js';

const GROUP_BASE = 'ou=groups,dc=x';

/** The settings of a sync of the members of `chat`, with removals. */
export const GROUP_FILTER = {
  LDAP_BaseDN: 'dc=x',
  LDAP_Group_Filter_Enable: true,
  LDAP_Group_Filter_ObjectClass: 'groupOfNames',
  LDAP_Group_Filter_Group_Member_Attribute: 'member',
  LDAP_Group_Filter_Group_Member_Format: '#{userdn}',
  LDAP_Group_Filter_Group_Name: 'chat',
  LDAP_Background_Sync_Disable_Missing_Users: true,
  LDAP_Extension_Field: '',
  LDAP_Guard_Always_Allowed: 2,
} as const;

/** A group that lists people of `toPerson`, or what is given. */
export const toChatGroup = (
  members: readonly string[],
  {
    name = 'chat',
    values = { member: members.map(dnOf) },
  }: {
    readonly name?: string;
    readonly values?: Readonly<Record<string, string | readonly string[]>>;
  } = {},
): DirectoryEntry =>
  toEntry(`cn=${name},${GROUP_BASE}`, { cn: name, objectClass: 'groupOfNames', ...values });

export function dnOf(name: string): string {
  return `cn=${name},${BASE}`;
}

import type { RunProblem } from '../../../models/run-report.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { UserReader } from '../users/user-store.js';
import { toRoleIds, toRoleName, type RoleIds } from './role-ids.js';

const SETTING = 'LDAP_Sync_User_Data_RolesMap';
const NAMED_AT_MOST = 10;
const MAX_NAME = 100;

/**
 * The settings, with the ids of the roles that groups give instead of the names in the map. Where the host
 * has none of them, nothing is given or taken. `tell`: what is wrong with the map.
 */
export async function withRoleIds(
  settings: SyncSettings,
  users: Pick<UserReader, 'findRoles'>,
  tell: (problem: RunProblem) => void = () => undefined,
): Promise<SyncSettings> {
  const { roles: named, ...others } = settings.grants;
  if (!named) return settings;
  const names = [...named.byGroup.values()].flat();
  const { roles, isAny } = await users.findRoles(names.map(toRoleName));
  const ids = toRoleIds(named.byGroup, roles);
  for (const problem of isAny ? toProblems(ids) : [NO_ROLES]) tell(problem);
  const { byGroup } = ids;
  if (byGroup.size === 0) return { ...settings, grants: others };
  const grants = { byGroup, question: { ...named.question, groups: [...byGroup.keys()] } };
  const roleRules = {
    mapped: new Set([...byGroup.values()].flat()),
    areTaken: settings.policy.takesRoles,
  };
  return { ...settings, grants: { ...others, roles: grants }, roleRules };
}

const NO_ROLES: RunProblem = {
  setting: SETTING,
  message:
    'This chat server has no roles (the collection rocketchat_roles is missing or empty), so no group ' +
    'gives or takes any.',
  remedy: 'Let the chat server store its roles there, or switch LDAP_Sync_User_Data_Roles off.',
};

function toProblems({ unknown, ofRooms, ambiguous }: RoleIds): readonly RunProblem[] {
  return [
    ...toProblem(unknown, {
      says: 'names roles that this chat server does not have, which nobody gets or loses',
      remedy: `Put the ids or the names of roles into ${SETTING}, or add the roles to the chat server.`,
    }),
    ...toProblem(ofRooms, {
      says: 'names roles that people have in a room only, which nobody gets or loses here',
      remedy: `Name roles of the scope Users in ${SETTING}, such as admin, or a role of your own.`,
    }),
    ...toProblem(ambiguous, {
      says: 'names roles of which there are several, so it is not known which is meant',
      remedy: `Put the id of the role (_id in rocketchat_roles) into ${SETTING}, or rename the others.`,
    }),
  ];
}

function toProblem(
  names: readonly string[],
  { says, remedy }: { readonly says: string; readonly remedy: string },
): readonly RunProblem[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, NAMED_AT_MOST).map((name) => JSON.stringify(name.slice(0, MAX_NAME)));
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  return [{ setting: SETTING, message: `${SETTING} ${says}: ${shown.join(', ')}${more}.`, remedy }];
}

import { showInvisible } from '../invisible-characters.js';
import type { RoleRules } from '../settings/sync-settings.js';
import { toLastRole } from '../sync/plan/last-role.js';
import { toGivenRoles } from '../sync/plan/roles.js';
import type { ExplainedField } from './explained-field.js';
import type { Facts } from './field-notes.js';

const NAMED_AT_MOST = 20;

/** Which group gives which role, and what becomes of mapped roles that none gives. */
export function explainRoles(facts: Facts, rules: RoleRules): ExplainedField {
  const { person, givings = [] } = facts;
  const ofRoles = givings.filter(({ kind }) => kind === 'roles');
  const sentences = [
    ...ofRoles.slice(0, NAMED_AT_MOST).map(({ group, membership, names }) => {
      const [called, roles] = [JSON.stringify(group), toList(names)];
      return membership === 'member'
        ? `The group ${called} gives ${roles}.`
        : `The group ${called} does not say who is in it, so it neither gives nor takes ${roles}.`;
    }),
    ...(ofRoles.length > NAMED_AT_MOST ? [`So do ${ofRoles.length - NAMED_AT_MOST} other groups.`] : []),
    ...toWithheld(facts, rules),
  ];
  return {
    field: 'roles',
    value: toGivenRoles({ grant: person.grants?.roles, rules }),
    setting: 'LDAP_Sync_User_Data_RolesMap',
    attributes: [],
    note: sentences.length > 0 ? sentences.join(' ') : 'No group gives the person a role.',
  };
}

/** Of the roles that the user has: those of the map that no group gives. */
function toWithheld({ person, user, plan }: Facts, { mapped, areTaken }: RoleRules): readonly string[] {
  const grant = person.grants?.roles;
  const stored: readonly unknown[] = Array.isArray(user?.roles) ? user.roles : [];
  const withheld = stored.filter(
    (role): role is string =>
      typeof role === 'string' && mapped.has(role) && !grant?.given.has(role) && !grant?.doubtful.has(role),
  );
  const kept = plan.decision.kind === 'existing' ? plan.decision.diff.keptRole : undefined;
  const others = withheld.filter((role) => role !== kept);
  const told = !areTaken
    ? `No group gives ${toList(others)}, which the user keeps: LDAP_Sync_User_Data_Roles_AutoRemove is off.`
    : `No group gives ${toList(others)}: whether the user loses it is in the changes.`;
  const advice = kept === undefined ? undefined : toLastRole(kept);
  return [...(others.length > 0 ? [told] : []), ...(advice ? [`${advice.reason} ${advice.remedy}`] : [])];
}

function toList(roles: readonly string[]): string {
  const shown = roles.slice(0, NAMED_AT_MOST).map(showInvisible).join(', ');
  return roles.length > NAMED_AT_MOST ? `${shown} and ${roles.length - NAMED_AT_MOST} more` : shown;
}

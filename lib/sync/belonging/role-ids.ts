import type { RoleRecord } from '../../../models/role.js';
import type { GroupGrants } from '../../settings/sync-settings.js';

/** What groups give, by the ids of roles, and the names of the map that give nothing. */
export interface RoleIds {
  readonly byGroup: GroupGrants['byGroup'];
  readonly unknown: readonly string[];
  /** Of roles that people have in rooms only. */
  readonly ofRooms: readonly string[];
  /** Several roles have the name. */
  readonly ambiguous: readonly string[];
}

type Found = { readonly id: string } | { readonly fault: 'unknown' | 'ofRooms' | 'ambiguous' };

/** A name of the map means what is before its first dot, as in Rocket.Chat. */
export function toRoleName(text: string): string {
  return text.split('.', 1)[0] ?? '';
}

/** Names of the map become ids: each is the `_id` of a role, else the name of one. Pure. */
export function toRoleIds(byGroup: GroupGrants['byGroup'], roles: readonly RoleRecord[]): RoleIds {
  const find = createFinder(roles);
  const ids = new Map<string, readonly string[]>();
  const faults = { unknown: new Set<string>(), ofRooms: new Set<string>(), ambiguous: new Set<string>() };
  for (const [group, names] of byGroup) {
    const given = new Set<string>();
    for (const name of names) {
      const found = find(toRoleName(name));
      if ('id' in found) given.add(found.id);
      else faults[found.fault].add(name);
    }
    if (given.size > 0) ids.set(group, [...given]);
  }
  const { unknown, ofRooms, ambiguous } = faults;
  return { byGroup: ids, unknown: [...unknown], ofRooms: [...ofRooms], ambiguous: [...ambiguous] };
}

function createFinder(roles: readonly RoleRecord[]): (name: string) => Found {
  const byId = new Map(roles.map((role) => [role._id, role]));
  const byName = new Map<unknown, RoleRecord[]>();
  for (const role of roles) byName.set(role.name, [...(byName.get(role.name) ?? []), role]);
  return (name) => {
    const [role, another] = byId.has(name) ? [byId.get(name)] : (byName.get(name) ?? []);
    if (name === '' || !role) return { fault: 'unknown' };
    if (another) return { fault: 'ambiguous' };
    return isForUsers(role) ? { id: role._id } : { fault: 'ofRooms' };
  };
}

/** A role of another scope in the list of a user would open rooms to them that nobody let them into. */
function isForUsers({ scope }: RoleRecord): boolean {
  return scope === undefined || scope === null || scope === 'Users';
}

import { ADMIN_ROLE } from '../../../models/role.js';
import type { Advice } from '../../advice.js';
import type { RemovalRow } from '../../../models/change-row.js';
import { toLastRole } from '../plan/last-role.js';
import { takenRoles } from './kinds/taken-roles.js';
import type { Obstacle } from './kinds/removal-kind.js';
import type { RemovalItem } from './removal-unit.js';
import type { Settling } from './settle-removal.js';

/** What is told of a removal that something stands against. */
export const OBSTACLES: Readonly<Record<Obstacle, (item: RemovalItem) => Settling>> = {
  changed: () => ({ state: 'skipped', account: CHANGED }),
  'last-admin': (item) => ({ state: 'skipped', account: toLastAdmin(item) }),
  'last-role': ({ row }) => ({ state: 'skipped', account: toLastRole(takenRoles(row).join(', ')) }),
  // Only a revert gives photos back.
  'photo-deleted': () => ({ state: 'skipped', account: CHANGED }),
  'last-owner': ({ row }) => ({ state: 'skipped', account: toLastOwner(row) }),
  // Only a revert gives memberships back.
  'membership-gone': () => ({ state: 'skipped', account: CHANGED }),
  federated: () => ({ state: 'skipped', account: FEDERATED }),
  team: () => ({ state: 'conflicted', account: NAME_OF_TEAM }),
};

export const FEDERATED: Advice = {
  code: 'federated-not-switched',
  params: {},
  reason:
    'The user is an account of another server (federated), which no sync switches off or on, nor renames.',
  remedy: 'Nothing, if the home server looks after the account. Else delete the user in the chat server.',
};

const NAME_OF_TEAM: Advice = {
  code: 'username-taken',
  params: {},
  reason: 'A team has got the user name in the same moment.',
  remedy: 'Rename the team, or give the person another user name in the directory.',
};

export const CHANGED: Advice = {
  code: 'changed-meanwhile',
  params: {},
  reason: 'The user was changed in the meantime.',
  remedy: 'Run the sync again.',
};

function toLastOwner({ fields }: RemovalRow): Advice {
  const from = fields[0]?.from;
  const room = typeof from === 'string' ? from : 'the room';
  return {
    code: 'last-owner',
    params: { room },
    reason: `No group gives the person ${room} any more, but the person is its last owner, and stays.`,
    remedy: 'Make somebody else an owner of it in the chat server, then run the sync again.',
  };
}

function toLastAdmin({ row, confirmed }: RemovalItem): Advice & { readonly dn?: string | undefined } {
  const { reason = 'is gone', by = 'gone', dn } = confirmed ?? {};
  const what = row.kind === 'clear' ? `keeps the role ${ADMIN_ROLE}` : 'stays on';
  return {
    dn,
    code: 'last-administrator',
    params: { cause: by, ...(dn === undefined ? {} : { dn }) },
    reason: `The person ${reason} but is the last active administrator, so the user ${what}.`,
    remedy: 'Make somebody else an administrator, then run the sync again.',
  };
}

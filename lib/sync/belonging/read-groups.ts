import type { Directory } from '../../directory/directory.js';
import type { Memberships } from '../../directory/groups.js';
import { createLdapGroups } from '../../groups/ldap-groups.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { grantsOf } from './grants.js';

/** The settings that say who belongs, and what groups give. */
export type GroupSettings = Pick<SyncSettings, 'groupFilter' | 'grants' | 'mapping' | 'search' | 'survey'>;

export interface GroupReader {
  readonly directory: Directory;
  /** Gives a connection for groups that each person is asked for, possibly while the other is sweeping. */
  readonly openBeside: () => Promise<Directory>;
  readonly signal: AbortSignal;
}

/** Whether the settings ask for any group. */
export function asksForGroups({
  groupFilter,
  grants,
}: Pick<GroupSettings, 'groupFilter' | 'grants'>): boolean {
  return groupFilter !== undefined || grantsOf(grants).length > 0;
}

/** Reads all groups of the settings at once. Rejects with `LdapSyncError` when the connection fails. */
export function readGroups(
  { groupFilter, grants, search, survey }: GroupSettings,
  reader: GroupReader,
): Promise<Memberships> {
  const questions = grantsOf(grants).map(([, { question }]) => question);
  return createLdapGroups({
    ...reader,
    pageSize: search.pageSize,
    isActiveDirectory: survey.serverType === 'ad',
  }).read(groupFilter ? [groupFilter.question, ...questions] : questions);
}

import { parseChat } from './chat-settings.js';
import { findConnectionRisks } from './connection-risks.js';
import { parseDirectoryAddress } from './directory-address.js';
import { parseGroupFilter } from './group-filter.js';
import { parseGrants } from './group-grants.js';
import { parseGuard } from './guard-settings.js';
import { parseNewUser } from './new-user-settings.js';
import { parseSearch } from './directory-search.js';
import { parseMapping } from './parse-mapping.js';
import { parseNamedAttributes } from './named-attributes.js';
import { parseRooms } from './room-settings.js';
import { createSettingChecks, type SettingChecks } from './setting-checks.js';
import type { SettingProblem, Settings } from './settings.js';
import type { HistorySettings, SyncPolicy, SyncSettings } from './sync-settings.js';
import { checkUnfollowed } from './unfollowed-settings.js';
import { parseUsernames } from './username-settings.js';

export type ParsedSyncSettings =
  | { readonly ok: true; readonly settings: SyncSettings; readonly warnings: readonly SettingProblem[] }
  | {
      readonly ok: false;
      readonly problems: readonly SettingProblem[];
      readonly warnings: readonly SettingProblem[];
    };

/** Checks the settings of a run. Every problem is reported at once, each with its setting id and remedy. */
export function parseSyncSettings(settings: Settings): ParsedSyncSettings {
  const checks = createSettingChecks(settings);
  checkUnfollowed(settings, checks);
  const address = parseDirectoryAddress(settings, checks);
  const { userFilter, ...search } = parseSearch(settings, checks);
  const mapping = parseMapping(settings, checks);
  const parsed: SyncSettings = {
    address,
    search,
    groupFilter: parseGroupFilter(settings, checks, search.baseDN),
    grants: parseGrants(settings, checks, search),
    chat: parseChat(settings, checks),
    rooms: parseRooms(settings),
    survey: {
      named: parseNamedAttributes(settings, mapping),
      userFilter,
      serverType: isForAd(settings) ? 'ad' : '',
    },
    mapping,
    policy: parsePolicy(settings, checks),
    newUser: parseNewUser(settings, checks),
    usernames: parseUsernames(settings, checks),
    guard: parseGuard(checks),
    history: toHistory(checks),
    photo: {
      size: checks.nearest('Accounts_AvatarSize'),
      resize: settings.get('Accounts_AvatarResize'),
    },
  };
  const warnings = [...checks.warnings, ...findConnectionRisks(address)];
  return checks.problems.length > 0
    ? { ok: false, problems: checks.problems, warnings }
    : { ok: true, settings: parsed, warnings };
}

/** The part of the settings that is there even when the rest is wrong. */
export function parseHistory(settings: Settings): HistorySettings {
  return toHistory(createSettingChecks(settings));
}

function toHistory(checks: SettingChecks): HistorySettings {
  return {
    days: checks.numberOrDefault('LDAP_Sync_History_Days'),
    runs: checks.numberOrDefault('LDAP_Sync_History_Runs'),
  };
}

function isForAd({ get }: Settings): boolean {
  return get('LDAP_Server_Type') === 'ad';
}

function parsePolicy(settings: Settings, checks: SettingChecks): SyncPolicy {
  const importNew = settings.get('LDAP_Background_Sync_Import_New_Users');
  const keepUpdated = settings.get('LDAP_Background_Sync_Keep_Existant_Users_Updated');
  const searchesAll = importNew || settings.get('LDAP_Background_Sync_Merge_Existent_Users');
  return {
    syncUsers: settings.get('LDAP_Background_Sync'),
    importNew,
    keepUpdated,
    mergeExisting: searchesAll && keepUpdated && settings.get('LDAP_Merge_Existing_Users'),
    disableMissing: keepUpdated && settings.get('LDAP_Background_Sync_Disable_Missing_Users'),
    activeState: checks.oneOf('LDAP_Sync_User_Active_State'),
    takesRoles: settings.get('LDAP_Sync_User_Data_Roles_AutoRemove'),
    freeNames: importNew && keepUpdated && settings.get('LDAP_Free_Names_Of_Departed'),
  };
}

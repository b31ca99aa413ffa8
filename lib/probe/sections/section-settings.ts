import { parseSearch } from '../../settings/directory-search.js';
import { parseNamedAttributes } from '../../settings/named-attributes.js';
import { parseMapping } from '../../settings/parse-mapping.js';
import { createSettingChecks } from '../../settings/setting-checks.js';
import type { SettingProblem, Settings } from '../../settings/settings.js';
import type { SyncSettings } from '../../settings/sync-settings.js';

/** A part of the settings, and what is wrong with it alone: a mistake in one section hides no other. */
export interface ParsedPart<T> {
  readonly parsed: T;
  readonly problems: readonly SettingProblem[];
  readonly warnings: readonly SettingProblem[];
}

export function parseSearchPart(settings: Settings): ParsedPart<ReturnType<typeof parseSearch>> {
  const checks = createSettingChecks(settings);
  const parsed = parseSearch(settings, checks);
  return { parsed, problems: checks.problems, warnings: checks.warnings };
}

export function parseMappingPart(settings: Settings): ParsedPart<SyncSettings['mapping']> {
  const checks = createSettingChecks(settings);
  const parsed = parseMapping(settings, checks);
  return { parsed, problems: checks.problems, warnings: checks.warnings };
}

/** What is compared with the entries. The parts may have problems of their own. */
export function toPeopleSettings(
  settings: Settings,
  { userFilter, ...search }: ReturnType<typeof parseSearchPart>['parsed'],
  mapping: SyncSettings['mapping'],
): Pick<SyncSettings, 'search' | 'survey' | 'mapping'> {
  return {
    search,
    mapping,
    survey: {
      named: parseNamedAttributes(settings, mapping),
      userFilter,
      serverType: settings.get('LDAP_Server_Type') === 'ad' ? 'ad' : '',
    },
  };
}

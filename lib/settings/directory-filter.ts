import { toFinding } from '../findings/finding.js';
import { findPlaceholder } from '../directory/filter/find-placeholder.js';
import { FilterSyntaxError, parseSearchFilter } from '../directory/filter/parse-search-filter.js';
import { present, type SearchFilter } from '../directory/filter/search-filter.js';
import { findSecretInFilter } from '../directory/secret-attributes.js';
import { findMatchedNoPeople } from './directory-filter-breadth.js';
import type { SettingChecks } from './setting-checks.js';
import type { Settings } from './settings.js';

const SETTING = 'LDAP_User_Search_Filter';

/** The filter that says who is synced. What is wrong with it is told; then it is one that finds everybody. */
export function parseUserFilter(settings: Settings, checks: SettingChecks): SearchFilter {
  const text = settings.get(SETTING).trim();
  const filter = text === '' ? present('objectClass') : parse(text, checks);
  if (!filter) return present('objectClass');
  const secret = findSecretInFilter(filter);
  if (secret !== undefined) {
    // The matches of `(userPassword>=x)` tell the password, one question after the other.
    const finding =
      secret === ''
        ? toFinding('filter-tests-everything', {})
        : toFinding('filter-tests-secret', { attribute: secret });
    checks.reject(SETTING, finding);
  }
  return filter;
}

/** `undefined` when the text is no filter, which has been told. */
function parse(text: string, { reject }: SettingChecks): SearchFilter | undefined {
  const placeholder = findPlaceholder(text);
  if (placeholder) {
    const { text: shown, usedBy } = placeholder;
    reject(SETTING, toFinding('filter-with-placeholder', { placeholder: shown, users: usedBy }));
    return undefined;
  }
  try {
    return parseSearchFilter(text);
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    reject(SETTING, toFinding('filter-unreadable', { why: error.message }));
    return undefined;
  }
}

/** `filter`: everything that is asked for, since the search fields narrow it, too. */
export function warnOfNoPeople(
  filter: SearchFilter,
  settings: Settings,
  { warn }: Pick<SettingChecks, 'warn'>,
): void {
  if (settings.get('LDAP_Server_Type') !== 'ad') return;
  const kinds = findMatchedNoPeople(filter);
  if (kinds.length === 0) return;
  const listed = kinds.join(', ').replace(/, ([^,]*)$/, ' and $1');
  warn(SETTING, toFinding('filter-finds-no-people', { kinds: listed }));
}

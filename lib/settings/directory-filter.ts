import { findPlaceholder } from '../directory/filter/find-placeholder.js';
import { FilterSyntaxError, parseSearchFilter } from '../directory/filter/parse-search-filter.js';
import { present, type SearchFilter } from '../directory/filter/search-filter.js';
import { findSecretInFilter } from '../directory/secret-attributes.js';
import { findMatchedNoPeople } from './directory-filter-breadth.js';
import type { SettingChecks } from './setting-checks.js';
import type { Settings } from './settings.js';

const SETTING = 'LDAP_User_Search_Filter';
/** Who is a person in an Active Directory: contacts have another class, computers another category. */
const USUAL_AD_FILTER = '(&(objectCategory=person)(objectClass=user))';

/** The filter that says who is synced. What is wrong with it is told; then it is one that finds everybody. */
export function parseUserFilter(settings: Settings, checks: SettingChecks): SearchFilter {
  const text = settings.get(SETTING).trim();
  const filter = text === '' ? present('objectClass') : parse(text, checks);
  if (!filter) return present('objectClass');
  const secret = findSecretInFilter(filter);
  if (secret !== undefined) {
    // The matches of `(userPassword>=x)` tell the password, one question after the other.
    checks.reject(
      SETTING,
      secret === ''
        ? `${SETTING} has a matching rule for every attribute, passwords included.`
        : `${SETTING} tests ${secret}, which holds a password or a key.`,
      'Search by another attribute, for example (employeeType=staff); each matching rule needs one.',
    );
  }
  return filter;
}

/** `undefined` when the text is no filter, which has been told. */
function parse(text: string, { reject }: SettingChecks): SearchFilter | undefined {
  const placeholder = findPlaceholder(text);
  if (placeholder) {
    reject(
      SETTING,
      `${SETTING} contains ${placeholder.text}, a placeholder for the name of somebody who signs in, as ` +
        `${placeholder.usedBy} use it. A sync reads everybody at once and puts no name in.`,
      'Take the condition with the placeholder out of the filter, for example ' +
        `(objectClass=inetOrgPerson), or ${USUAL_AD_FILTER} for an Active Directory. A character that ` +
        'belongs to a value is written as a backslash and two hex digits (% is \\25, $ is \\24, { is \\7b).',
    );
    return undefined;
  }
  try {
    return parseSearchFilter(text);
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    reject(
      SETTING,
      `${SETTING} is not a search filter: ${error.message}`,
      'Write it as in RFC 4515, for example (&(objectClass=inetOrgPerson)(!(employeeType=robot))).',
    );
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
  warn(
    SETTING,
    `${SETTING} also matches ${kinds.join(', ').replace(/, ([^,]*)$/, ' and $1')}, which would become users.`,
    `Set ${SETTING} to ${USUAL_AD_FILTER}, which matches the people of an Active Directory. If the server ` +
      'is another one, set LDAP_Server_Type to what it is.',
  );
}

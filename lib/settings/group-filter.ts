import { toFinding } from '../findings/finding.js';
import { FilterSyntaxError, parseSearchFilter } from '../directory/filter/parse-search-filter.js';
import { isAttributeName, type SearchFilter } from '../directory/filter/search-filter.js';
import { isSecretAttribute } from '../directory/secret-attributes.js';
import { IN_CHAIN } from '../groups/filter-parts.js';
import { findUnknownPlaceholder, isOfPerson, placeholdersOf } from '../groups/group-template.js';
import { toLink } from '../groups/usual-forms.js';
import type { SettingChecks } from './setting-checks.js';
import type { StringSetting } from './setting-types.js';
import type { Settings } from './settings.js';
import type { GroupFilter } from './sync-settings.js';

const CLASS = 'LDAP_Group_Filter_ObjectClass';
const ID = 'LDAP_Group_Filter_Group_Id_Attribute';
const MEMBER = 'LDAP_Group_Filter_Group_Member_Attribute';
const FORMAT = 'LDAP_Group_Filter_Group_Member_Format';
const NAME = 'LDAP_Group_Filter_Group_Name';
const IN_CHAIN_SUFFIX = `:${IN_CHAIN}:`;

/** The group whose members are synced; `undefined`: everybody is. */
export function parseGroupFilter(
  settings: Settings,
  checks: SettingChecks,
  baseDN: string,
): GroupFilter | undefined {
  if (!settings.get('LDAP_Group_Filter_Enable')) return undefined;
  const objectClass = parseValue(settings, checks, {
    setting: CLASS,
    attribute: 'objectClass',
    isOptional: true,
  });
  const naming = parseAttribute(settings.get(ID), ID, checks);
  const name = parseValue(settings, checks, { setting: NAME, attribute: naming, isOptional: false });
  const member = parseMember(settings, checks);
  const link = toLink({ ...member, template: parseFormat(settings, checks, member.attribute) });
  const group = name && 'value' in name ? name.value.toString('utf8') : '';
  return {
    group,
    question: {
      baseDN,
      scope: 'sub',
      groups: [group],
      form: {
        kind: 'listed',
        fixed: objectClass ? [objectClass] : [],
        naming: { by: 'value', attribute: naming, template: '#{groupName}' },
        links: [link],
      },
      settings: { base: 'LDAP_BaseDN', filter: `${CLASS}, ${ID} and ${MEMBER}`, groups: NAME },
    },
  };
}

interface ValueSetting {
  readonly setting: StringSetting;
  readonly attribute: string;
  readonly isOptional: boolean;
}

/**
 * What `(attribute=value)` means, with the value as it stands in a filter: an administrator may have escaped
 * it.
 */
function parseValue(
  settings: Settings,
  checks: SettingChecks,
  { setting, attribute, isOptional }: ValueSetting,
): SearchFilter | undefined {
  const text = settings.get(setting).trim();
  if (text === '' && isOptional) return undefined;
  const filter = text === '' ? undefined : tryToParse(`(${attribute}=${text})`);
  if (filter?.type === 'equal') return filter;
  const value = JSON.stringify(text.slice(0, 100));
  const finding =
    text === ''
      ? toFinding('group-value-empty', { setting })
      : toFinding('group-value-unusable', { setting, value });
  checks.reject(setting, finding);
  return undefined;
}

function tryToParse(text: string): SearchFilter | undefined {
  try {
    return parseSearchFilter(text);
  } catch (error) {
    if (error instanceof FilterSyntaxError) return undefined;
    throw error;
  }
}

function parseAttribute(text: string, setting: StringSetting, checks: SettingChecks): string {
  const attribute = text.trim();
  if (isAttributeName(attribute) && !isSecretAttribute(attribute)) return attribute;
  const part = setting === MEMBER ? 'member' : 'group-name';
  const value = JSON.stringify(attribute.slice(0, 60));
  const finding =
    attribute === ''
      ? toFinding(`${part}-attribute-empty`, { setting })
      : toFinding(`${part}-attribute-unusable`, { setting, value });
  checks.reject(setting, finding);
  return 'cn';
}

function parseMember(
  settings: Settings,
  checks: SettingChecks,
): { readonly attribute: string; readonly isNested: boolean } {
  const text = settings.get(MEMBER).trim();
  const isNested = text.endsWith(IN_CHAIN_SUFFIX);
  const attribute = isNested ? text.slice(0, -IN_CHAIN_SUFFIX.length) : text;
  return { attribute: parseAttribute(attribute, MEMBER, checks), isNested };
}

function parseFormat(settings: Settings, checks: SettingChecks, attribute: string): string {
  const format = settings.get(FORMAT).trim();
  const unknown = findUnknownPlaceholder(format);
  const fits = isOfPerson(format) && unknown === undefined && !placeholdersOf(format).has('groupName');
  if (fits) return format;
  const wanted = attribute.toLowerCase() === 'memberuid' ? '#{username}' : '#{userdn}';
  const told = { setting: FORMAT, member: attribute, wanted };
  const value = JSON.stringify(format.slice(0, 100));
  const finding =
    format === ''
      ? toFinding('member-format-empty', told)
      : toFinding('member-format-unusable', { ...told, value });
  checks.reject(FORMAT, finding);
  return '#{userdn}';
}

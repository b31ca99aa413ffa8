import type { AbacAttribute } from './abac/abac-attribute.js';
import type { AttributeRestriction } from './attributes-to-query.js';
import type { CustomField } from './custom-fields/custom-field.js';
import { SETTINGS } from './definitions.js';
import { PLACEHOLDER } from './placeholder.js';
import type { StringSetting } from './setting-types.js';
import type { Settings } from './settings.js';
import { splitList } from './split-list.js';
import { TEXT_FIELD_NAMES, TEXT_FIELDS, type TextField } from './text-fields.js';
import type { Variable } from './variables/variable.js';
import { createExpansion, takesVariables, type ExpandNames } from './variables/variable-names.js';

/** What attributes are named for. */
export type NamedPart = SettingPart | 'customField' | 'abac';

/** Those that a setting of their own names. */
type SettingPart = 'search' | 'id' | 'username' | 'name' | 'emails' | 'homeServer' | 'photo' | TextField;

/** A setting that names attributes of entries. */
export interface NamedAttributes {
  readonly part: NamedPart;
  readonly setting: StringSetting;
  readonly attributes: readonly string[];
  /** Every one of the attributes is meant; otherwise the first that an entry has. */
  readonly isTemplate: boolean;
  /** What Rocket.Chat stores by itself; so nobody has decided on it. */
  readonly isDefault: boolean;
  /** Some of the attributes are there for variables, which are computed of them. */
  readonly throughVariables?: true;
}

type ByServer = Readonly<Record<'ad' | 'other', StringSetting>>;

const SETTINGS_OF_PARTS: Readonly<Record<SettingPart, ByServer>> = {
  search: { ad: 'LDAP_AD_User_Search_Field', other: 'LDAP_User_Search_Field' },
  id: always('LDAP_Unique_Identifier_Field'),
  username: { ad: 'LDAP_AD_Username_Field', other: 'LDAP_Username_Field' },
  name: { ad: 'LDAP_AD_Name_Field', other: 'LDAP_Name_Field' },
  emails: { ad: 'LDAP_AD_Email_Field', other: 'LDAP_Email_Field' },
  homeServer: always('LDAP_FederationHomeServer_Field'),
  photo: always('LDAP_Avatar_Field'),
  ...ofTextFields(),
};

/** What may be given as a template. */
const TEMPLATES: ReadonlySet<SettingPart> = new Set(['username', 'name', 'homeServer']);

interface Computed {
  readonly variables?: readonly Variable[];
  readonly customFields?: readonly CustomField[];
  readonly abac?: readonly AbacAttribute[];
  readonly attributesToQuery?: AttributeRestriction | undefined;
}

/** The attributes that settings name, where they name any. What is wrong with a name is told elsewhere. */
export function parseNamedAttributes(
  settings: Pick<Settings, 'get'>,
  { variables = [], customFields = [], abac = [], attributesToQuery }: Computed = {},
): readonly NamedAttributes[] {
  const expand = createExpansion(variables);
  const server = settings.get('LDAP_Server_Type') === 'ad' ? 'ad' : 'other';
  const wantsPhotos = settings.get('LDAP_Sync_User_Avatar') && settings.get('LDAP_Background_Sync_Avatars');
  const named = (Object.keys(SETTINGS_OF_PARTS) as SettingPart[])
    .filter((part) => part !== 'photo' || wantsPhotos)
    .map((part) => toNamed(part, SETTINGS_OF_PARTS[part][server], settings));
  return [...named, ...customFields.flatMap(toNamedOfField), ...abac.map(toNamedOfAbac)]
    .map((named) => (takesVariables(named.setting) ? withoutVariables(named, expand) : named))
    .map((named) =>
      attributesToQuery && named.part !== 'search' ? narrowed(named, attributesToQuery) : named,
    )
    .filter(({ attributes }) => attributes.length > 0);
}

/** Several may fill the same field. */
function toNamedOfField({ sources }: CustomField): readonly NamedAttributes[] {
  return sources.map(({ kind, attributes }) => ({
    part: 'customField',
    setting: 'LDAP_CustomFieldMap',
    attributes,
    isTemplate: kind === 'template',
    isDefault: false,
  }));
}

function toNamedOfAbac({ attributes }: AbacAttribute): NamedAttributes {
  return {
    part: 'abac',
    setting: 'LDAP_ABAC_AttributeMap',
    attributes,
    isTemplate: false,
    isDefault: false,
  };
}

function toNamed(part: SettingPart, setting: StringSetting, { get }: Pick<Settings, 'get'>): NamedAttributes {
  const text = get(setting);
  const isTemplate = TEMPLATES.has(part) && text.includes('#{');
  const placeholders = [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name.trim());
  return {
    part,
    setting,
    attributes: isTemplate ? [...new Set(placeholders)] : splitList(text),
    isTemplate,
    isDefault: isSameList(text, SETTINGS[setting].default) || (part === 'id' && isListOfRocketChat(text)),
  };
}

/** What a variable is computed of takes its place; in a template, where all are meant, nothing does. */
function withoutVariables(named: NamedAttributes, expand: ExpandNames): NamedAttributes {
  const isVariable = (name: string): boolean => !expand([name]).includes(name);
  if (!named.attributes.some(isVariable)) return named;
  const attributes = named.isTemplate
    ? named.attributes.filter((name) => !isVariable(name))
    : expand(named.attributes);
  return { ...named, attributes, throughVariables: true };
}

/** What may not be read says nothing. */
function narrowed(named: NamedAttributes, { allows }: AttributeRestriction): NamedAttributes {
  const attributes = named.attributes.filter(allows);
  const isUnread = named.isTemplate && attributes.length < named.attributes.length;
  return { ...named, attributes: isUnread ? [] : attributes };
}

/** The list as Rocket.Chat has it in its versions: with and without the last name. */
function isListOfRocketChat(text: string): boolean {
  const { default: list } = SETTINGS.LDAP_Unique_Identifier_Field;
  return splitList(text).length === 0 || isSameList(`${text},uid`, list);
}

function isSameList(one: string, other: string): boolean {
  const fold = (text: string): string => splitList(text).join(',').toLowerCase();
  return fold(one) === fold(other);
}

function always(setting: StringSetting): ByServer {
  return { ad: setting, other: setting };
}

function ofTextFields(): Record<TextField, ByServer> {
  const rows = TEXT_FIELD_NAMES.map((field) => [field, always(TEXT_FIELDS[field].setting)] as const);
  return Object.fromEntries(rows) as Record<TextField, ByServer>;
}

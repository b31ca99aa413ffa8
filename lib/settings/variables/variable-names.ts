import { isSecretAttribute } from '../../directory/secret-attributes.js';
import { isNameOfAllObjects, parseMap } from '../parse-map.js';
import type { StringSetting } from '../setting-types.js';
import type { Settings } from '../settings.js';
import type { Variable } from './variable.js';

const NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;

/** A variable may not be taken for an attribute that holds a secret. */
export function isVariableName(name: string): boolean {
  return NAME.test(name) && !isNameOfAllObjects(name) && !isSecretAttribute(name);
}

/** In lower case, as attributes are found; empty while variables are off. */
export function readVariableNames({ get }: Pick<Settings, 'get'>): ReadonlySet<string> {
  if (!get('LDAP_DataSync_UseVariables')) return new Set();
  const map = parseMap(get('LDAP_DataSync_VariableMap'));
  const names = 'entries' in map ? map.entries.map(([name]) => name) : [];
  return new Set(names.filter(isVariableName).map((name) => name.toLowerCase()));
}

/** What a variable is computed of, as its settings name it. */
export function toInputNames({ input, operation }: Variable): readonly string[] {
  return operation?.kind === 'fallback'
    ? [...input.attributes, ...operation.fallback.attributes]
    : input.attributes;
}

export type ExpandNames = (names: readonly string[]) => readonly string[];

/** Replaces each variable among names by the attributes of entries that it is computed of, each once. */
export function createExpansion(variables: readonly Variable[]): ExpandNames {
  const known = new Map<string, ReadonlySet<string>>();
  const expand: ExpandNames = (names) => [
    ...new Set(names.flatMap((name) => [...(known.get(name.toLowerCase()) ?? [name])])),
  ];
  for (const variable of variables)
    known.set(variable.name.toLowerCase(), new Set(expand(toInputNames(variable))));
  return expand;
}

/** What is read of an entry as the server sent it, or asked of the server: no variable can take its place. */
const WITHOUT_VARIABLES: ReadonlySet<StringSetting> = new Set([
  'LDAP_User_Search_Field',
  'LDAP_AD_User_Search_Field',
  'LDAP_Unique_Identifier_Field',
  'LDAP_Avatar_Field',
] as const);

/** Whether the attributes that a setting names may be variables. */
export function takesVariables(setting: StringSetting): boolean {
  return !WITHOUT_VARIABLES.has(setting);
}

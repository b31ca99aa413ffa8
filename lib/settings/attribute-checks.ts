import { toFinding } from '../findings/finding.js';
import { isAttributeName } from '../directory/filter/search-filter.js';
import { isSecretAttribute } from '../directory/secret-attributes.js';
import type { AttributeSource } from './attribute-source.js';
import { PLACEHOLDER } from './placeholder.js';
import type { StringSetting, TellProblem } from './setting-types.js';
import type { Settings } from './settings.js';
import { splitList } from './split-list.js';
import { readVariableNames, takesVariables } from './variables/variable-names.js';

export interface AttributeChecks {
  /** The attributes that a setting lists; `required` rejects an empty list. */
  attributes(setting: StringSetting, required: boolean): readonly string[];
  /** A list of attributes, or a template such as `#{givenName} #{sn}`. */
  attributeSource(setting: StringSetting): AttributeSource;
  /** The same, of a text that stands within a setting. */
  sourceOf(setting: StringSetting, text: string): AttributeSource;
}

const MAX_ATTRIBUTES = 50;
const PLACEHOLDER_TEXTS = { opening: '#{', closing: '}', example: '#{givenName}' };

export function createAttributeChecks(settings: Settings, reject: TellProblem): AttributeChecks {
  const { get } = settings;
  const variables = readVariableNames(settings);

  function check(setting: StringSetting, names: readonly string[]): readonly string[] {
    const mayBeVariable = takesVariables(setting);
    const attributes = names.filter((name) => !(mayBeVariable && variables.has(name.toLowerCase())));
    checkAttributeNames(setting, attributes, reject);
    return names;
  }

  function attributes(setting: StringSetting, required: boolean): readonly string[] {
    const names = splitList(get(setting));
    if (required && names.length === 0) {
      reject(setting, toFinding('attributes-empty', { setting }));
    }
    return check(setting, names);
  }

  function sourceOf(setting: StringSetting, text: string): AttributeSource {
    if (!text.includes('#{')) return { kind: 'first', attributes: check(setting, splitList(text)) };
    const names = [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name.trim());
    if (text.replace(PLACEHOLDER, '').includes('#{')) {
      reject(setting, toFinding('placeholder-open', { setting, ...PLACEHOLDER_TEXTS }));
    }
    return { kind: 'template', text, attributes: check(setting, names) };
  }

  return { attributes, sourceOf, attributeSource: (setting) => sourceOf(setting, get(setting)) };
}

function checkAttributeNames(setting: StringSetting, names: readonly string[], reject: TellProblem): void {
  const secret = names.filter(isSecretAttribute);
  if (secret.length > 0) {
    reject(setting, toFinding('attributes-secret', { setting, names: toList(secret) }));
  }
  const bad = names.filter((name) => !isAttributeName(name) && !isSecretAttribute(name));
  if (bad.length > 0) {
    reject(setting, toFinding('attributes-unusable', { setting, names: toList(bad) }));
  }
  if (names.length > MAX_ATTRIBUTES) {
    reject(setting, toFinding('attributes-too-many', { setting, count: names.length, most: MAX_ATTRIBUTES }));
  }
}

function toList(names: readonly string[]): string {
  return names
    .slice(0, 10)
    .map((name) => JSON.stringify(name.slice(0, 60)))
    .join(', ');
}

import { toFinding } from '../../findings/finding.js';
import { createAttributeChecks } from '../attribute-checks.js';
import { isNameOfAllObjects, parseMap, type MapEntry } from '../parse-map.js';
import type { SettingChecks } from '../setting-checks.js';
import type { Settings } from '../settings.js';
import type { AbacAttribute } from './abac-attribute.js';
import { findAbacObstacle } from './uses-abac.js';

const SWITCH = 'LDAP_Background_Sync_ABAC_Attributes';
const MAP = 'LDAP_ABAC_AttributeMap';
const MAX_KEYS = 50;
const MAX_KEY = 100;
// eslint-disable-next-line no-control-regex -- nobody can see them, and a key is compared character by character
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f]/;

type Warns = Pick<SettingChecks, 'warn'>;

/** The ABAC attributes that are filled, in the order of the map. What is wrong with one is a warning. */
export function parseAbac(settings: Settings, checks: Warns): readonly AbacAttribute[] {
  if (!settings.get(SWITCH) || !isUsed(settings, checks)) return [];
  const parsed = parseMap(settings.get(MAP));
  if ('fault' in parsed) {
    const told = { example: '{"departmentNumber":"department"}', none: '{}' };
    checks.warn(MAP, toFinding('abac-unreadable', { ...told, ...parsed.fault }));
    return [];
  }
  const byKey = new Map<string, readonly string[]>();
  for (const entry of parsed.entries) {
    const attribute = readAttribute(entry, settings, checks);
    const key = attribute === undefined ? undefined : readKey(entry, checks);
    if (attribute !== undefined && key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), attribute]);
  }
  if (byKey.size > MAX_KEYS) {
    checks.warn(MAP, toFinding('abac-too-many', { count: byKey.size, most: MAX_KEYS }));
  }
  return [...byKey].slice(0, MAX_KEYS).map(([key, attributes]) => ({ key, attributes }));
}

/** Whether the chat server goes by the attributes of users. */
function isUsed(settings: Settings, { warn }: Warns): boolean {
  const obstacle = findAbacObstacle(settings);
  if (obstacle === undefined) return true;
  warn(SWITCH, toFinding(obstacle === 'off' ? 'abac-off' : 'abac-elsewhere', {}));
  return false;
}

function readKey([attribute, value]: MapEntry, { warn }: Warns): string | undefined {
  const key = typeof value === 'string' ? value.trim() : '';
  const isGood =
    key !== '' &&
    key.length <= MAX_KEY &&
    !key.startsWith('$') &&
    !isNameOfAllObjects(key) &&
    !CONTROL_CHARACTER.test(key);
  if (isGood) return key;
  const shown = JSON.stringify(attribute.slice(0, 100));
  warn(MAP, toFinding('abac-key-unusable', { attribute: shown, most: MAX_KEY }));
  return undefined;
}

/** One attribute or variable; `undefined` where it is none, which has been told. */
function readAttribute([text]: MapEntry, settings: Settings, { warn }: Warns): string | undefined {
  const faults: string[] = [];
  const read = createAttributeChecks(settings, (setting, finding) => {
    faults.push(finding.code);
    warn(setting, finding);
  }).sourceOf(MAP, text);
  if (faults.length > 0) return undefined;
  const [attribute, another] = read.attributes;
  if (read.kind === 'first' && attribute !== undefined && another === undefined) return attribute;
  warn(MAP, toFinding('abac-no-attribute', { attribute: JSON.stringify(text.slice(0, 100)) }));
  return undefined;
}

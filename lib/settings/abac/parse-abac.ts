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
    const remedy = 'Store attributes and keys such as {"departmentNumber":"department"}, or {} for none.';
    checks.warn(MAP, `${MAP} ${parsed.fault}, so no ABAC attribute is synced.`, remedy);
    return [];
  }
  const byKey = new Map<string, readonly string[]>();
  for (const entry of parsed.entries) {
    const attribute = readAttribute(entry, settings, checks);
    const key = attribute === undefined ? undefined : readKey(entry, checks);
    if (attribute !== undefined && key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), attribute]);
  }
  if (byKey.size > MAX_KEYS) {
    const remedy = `Only the first ${MAX_KEYS} are synced: name no more.`;
    checks.warn(MAP, `${MAP} names ${byKey.size} ABAC attributes.`, remedy);
  }
  return [...byKey].slice(0, MAX_KEYS).map(([key, attributes]) => ({ key, attributes }));
}

/** Whether the chat server goes by the attributes of users. */
function isUsed(settings: Settings, { warn }: Warns): boolean {
  const obstacle = findAbacObstacle(settings);
  if (obstacle === undefined) return true;
  if (obstacle === 'off') {
    warn(
      SWITCH,
      `${SWITCH} is on, but ABAC_Enabled is off, so no ABAC attribute is synced.`,
      `Switch ABAC on in the chat server, or ${SWITCH} off.`,
    );
    return false;
  }
  warn(
    SWITCH,
    `${SWITCH} is on, but ABAC_PDP_Type is "virtru", which has the attributes of people itself: none is synced.`,
    `Set ABAC_PDP_Type to "local", or switch ${SWITCH} off.`,
  );
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
  warn(
    MAP,
    `${MAP}: ${JSON.stringify(attribute.slice(0, 100))} is not given the key of an ABAC attribute, so it is ` +
      'not synced.',
    `Give a text of at most ${MAX_KEY} characters such as "department", without "$" in front.`,
  );
  return undefined;
}

/** One attribute or variable; `undefined` where it is none, which has been told. */
function readAttribute([text]: MapEntry, settings: Settings, { warn }: Warns): string | undefined {
  const faults: string[] = [];
  const read = createAttributeChecks(settings, (setting, message, remedy) => {
    faults.push(message);
    warn(setting, message, remedy);
  }).sourceOf(MAP, text);
  if (faults.length > 0) return undefined;
  const [attribute, another] = read.attributes;
  if (read.kind === 'first' && attribute !== undefined && another === undefined) return attribute;
  warn(
    MAP,
    `${MAP}: ${JSON.stringify(text.slice(0, 100))} is not one attribute, so it is not synced.`,
    'Name one attribute in front of each key; several may have the same key.',
  );
  return undefined;
}

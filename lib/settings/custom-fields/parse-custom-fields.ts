import type { AttributeSource } from '../attribute-source.js';
import { createAttributeChecks } from '../attribute-checks.js';
import { parseMap, type MapEntry } from '../parse-map.js';
import type { SettingChecks } from '../setting-checks.js';
import type { Settings } from '../settings.js';
import { toCustomFieldPath, type CustomField } from './custom-field.js';
import { findRule } from './find-rule.js';

const MAP = 'LDAP_CustomFieldMap';
const SCHEMA = 'Accounts_CustomFields';
const MAX_FIELDS = 50;

type Warns = Pick<SettingChecks, 'warn'>;

/**
 * The custom fields that can be filled. What is wrong with another is a warning: the run goes on without it.
 */
export function parseCustomFields(settings: Settings, checks: Warns): readonly CustomField[] {
  if (!settings.get('LDAP_Sync_Custom_Fields')) return [];
  const [map, schema] = [readMap(MAP, settings, checks), readMap(SCHEMA, settings, checks)];
  if (!map || !schema) return [];
  const fields = new Map<string, CustomField>();
  for (const [source, path] of map) {
    const field = parseField([source, path], schema, { settings, checks });
    if (!field) continue;
    const earlier = fields.get(field.path)?.sources ?? [];
    fields.set(field.path, { ...field, sources: [...earlier, ...field.sources] });
  }
  if (fields.size > MAX_FIELDS)
    checks.warn(
      MAP,
      `${MAP} names ${fields.size} fields.`,
      `Only the first ${MAX_FIELDS} are synced: name no more.`,
    );
  return [...fields.values()].slice(0, MAX_FIELDS);
}

function readMap(
  setting: typeof MAP | typeof SCHEMA,
  { get }: Settings,
  { warn }: Warns,
): readonly MapEntry[] | undefined {
  const parsed = parseMap(get(setting));
  if ('entries' in parsed) return parsed.entries;
  warn(
    setting,
    `${setting} ${parsed.fault}, so no custom field is synced.`,
    setting === MAP
      ? 'Store attributes and fields such as {"department":"team"}, or {} for none.'
      : 'Correct it in the chat server, under Accounts, Registration, Custom Fields.',
  );
  return undefined;
}

function parseField(
  [source, path]: MapEntry,
  schema: readonly MapEntry[],
  { settings, checks: { warn } }: { readonly settings: Settings; readonly checks: Warns },
): CustomField | undefined {
  const shown = JSON.stringify((typeof path === 'string' ? path : source).slice(0, 100));
  if (typeof path !== 'string') {
    warn(
      MAP,
      `${MAP}: ${shown} is not given the path of a field.`,
      'Give a text such as "team" or "address.city".',
    );
    return undefined;
  }
  const found = findRule(schema, path);
  if ('fault' in found) {
    warn(MAP, `${MAP}: ${shown} ${found.fault}, so it is not synced.`, found.remedy);
    return undefined;
  }
  const attributes = readSource(source, settings, warn);
  if (!attributes) return undefined;
  return { path: toCustomFieldPath(path), sources: [attributes], rule: found.rule };
}

/** An attribute or a template; `undefined` where it is neither, which has been told. */
function readSource(source: string, settings: Settings, warn: Warns['warn']): AttributeSource | undefined {
  const faults: string[] = [];
  const read = createAttributeChecks(settings, (setting, message, remedy) => {
    faults.push(message);
    warn(setting, message, remedy);
  }).sourceOf(MAP, source);
  if (faults.length > 0) return undefined;
  if (read.attributes.length > 0) return read;
  warn(
    MAP,
    `${MAP} has a field without an attribute.`,
    'Name an attribute or a template in front of each field.',
  );
  return undefined;
}

import { toFinding } from '../../findings/finding.js';
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
    checks.warn(MAP, toFinding('custom-fields-too-many', { count: fields.size, most: MAX_FIELDS }));
  return [...fields.values()].slice(0, MAX_FIELDS);
}

function readMap(
  setting: typeof MAP | typeof SCHEMA,
  { get }: Settings,
  { warn }: Warns,
): readonly MapEntry[] | undefined {
  const parsed = parseMap(get(setting));
  if ('entries' in parsed) return parsed.entries;
  const { fault } = parsed;
  const finding =
    setting === MAP
      ? toFinding('custom-fields-unreadable', { example: '{"department":"team"}', none: '{}', ...fault })
      : toFinding('custom-schema-unreadable', fault);
  warn(setting, finding);
  return undefined;
}

function parseField(
  [source, path]: MapEntry,
  schema: readonly MapEntry[],
  { settings, checks: { warn } }: { readonly settings: Settings; readonly checks: Warns },
): CustomField | undefined {
  if (typeof path !== 'string') {
    warn(MAP, toFinding('custom-field-without-path', { field: JSON.stringify(source.slice(0, 100)) }));
    return undefined;
  }
  const found = findRule(schema, path);
  if ('fault' in found) {
    warn(MAP, found.fault);
    return undefined;
  }
  const attributes = readSource(source, settings, warn);
  if (!attributes) return undefined;
  return { path: toCustomFieldPath(path), sources: [attributes], rule: found.rule };
}

/** An attribute or a template; `undefined` where it is neither, which has been told. */
function readSource(source: string, settings: Settings, warn: Warns['warn']): AttributeSource | undefined {
  const faults: string[] = [];
  const read = createAttributeChecks(settings, (setting, finding) => {
    faults.push(finding.code);
    warn(setting, finding);
  }).sourceOf(MAP, source);
  if (faults.length > 0) return undefined;
  if (read.attributes.length > 0) return read;
  warn(MAP, toFinding('custom-field-without-attribute', {}));
  return undefined;
}

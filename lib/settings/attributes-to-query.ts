import { toFinding } from '../findings/finding.js';
import { isAttributeName } from '../directory/filter/search-filter.js';
import type { SettingChecks } from './setting-checks.js';
import type { Settings } from './settings.js';
import { splitList } from './split-list.js';

/** Which attributes of entries may be read. */
export interface AttributeRestriction {
  allows(attribute: string): boolean;
}

export const ATTRIBUTES_TO_QUERY = 'LDAP_User_Search_AttributesToQuery';

/**
 * What servers keep for themselves: RFC 4512 §3.4, RFC 4530, and what 389, eDirectory, IBM and ppolicy add.
 */
const OPERATIONAL = new Set([
  ...[
    'createtimestamp',
    'modifytimestamp',
    'creatorsname',
    'modifiersname',
    'entryuuid',
    'entrydn',
    'entrycsn',
  ],
  ...['structuralobjectclass', 'subschemasubentry', 'hassubordinates', 'numsubordinates', 'memberof'],
  ...['nsuniqueid', 'nsaccountlock', 'ibm-entryuuid', 'guid', 'pwdaccountlockedtime', 'pwdchangedtime'],
]);
/** Active Directory has these among its usual attributes, so that both signs allow them. */
const BOTH = new Set(['memberof']);

/** `undefined`: all may be read, as with Rocket.Chat's default `*,+` and with an empty list. */
export function parseAttributesToQuery(
  { get }: Pick<Settings, 'get'>,
  { warn }: Pick<SettingChecks, 'warn'>,
): AttributeRestriction | undefined {
  const names = splitList(get(ATTRIBUTES_TO_QUERY));
  const [hasUsual, hasOperational] = [names.includes('*'), names.includes('+')];
  if (names.length === 0 || (hasUsual && hasOperational)) return undefined;
  const listed = new Set(names.map((name) => name.toLowerCase()));
  const odd = names.filter((name) => name !== '*' && name !== '+' && !isAttributeName(name));
  if (odd.length > 0)
    warn(ATTRIBUTES_TO_QUERY, toFinding('queried-attributes-unusable', { names: toList(odd) }));
  return {
    allows(attribute) {
      const [type = ''] = attribute.toLowerCase().split(';');
      if (listed.has(attribute.toLowerCase()) || listed.has(type)) return true;
      if (BOTH.has(type)) return hasUsual || hasOperational;
      return OPERATIONAL.has(type) ? hasOperational : hasUsual;
    },
  };
}

export function toList(names: readonly string[]): string {
  return names
    .slice(0, 10)
    .map((name) => name.slice(0, 60))
    .join(', ');
}

import { toFinding, type FindingCode } from '../findings/finding.js';
import { ATTRIBUTES_TO_QUERY, toList, type AttributeRestriction } from './attributes-to-query.js';
import type { AttributeSource } from './attribute-source.js';
import type { SettingChecks } from './setting-checks.js';
import type { StringSetting } from './setting-types.js';
import type { MappingSettings } from './sync-settings.js';
import { createExpansion, toInputNames } from './variables/variable-names.js';

/** The settings that name what is mapped, on this kind of server. */
export interface NamingSettings {
  /** What the setting of the unique id names. */
  readonly ids: readonly string[];
  readonly username: StringSetting;
  readonly name: StringSetting;
  readonly emails: StringSetting;
}

const NO_ATTRIBUTE: AttributeSource = { kind: 'first', attributes: [] };

type Checks = Pick<SettingChecks, 'reject' | 'warn'>;

/**
 * The mapping without what may not be read. Of that nothing is known, so that users keep what they have of
 * it. A run that could not tell people apart, or name them, is refused.
 */
export function narrowMapping(
  mapping: MappingSettings,
  restriction: AttributeRestriction | undefined,
  { settings, checks }: { readonly settings: NamingSettings; readonly checks: Checks },
): MappingSettings {
  if (!restriction) return mapping;
  const narrow = createNarrowing(mapping, restriction, checks);
  // The search fields, which come after, are no ids that somebody has chosen.
  narrow.list('LDAP_Unique_Identifier_Field', settings.ids.length > 0 ? settings.ids : mapping.idAttributes, {
    needed: 'unread-id',
    isFirstEnough: true,
    otherwise: 'unread-among-ids',
  });
  const username = narrow.source(settings.username, mapping.username, {
    needed: 'unread-username',
  });
  const name = narrow.source(settings.name, mapping.name);
  const isBuilt = mapping.defaultDomain !== '';
  const emailAttributes = narrow.list(settings.emails, mapping.emailAttributes, {
    ...(isBuilt || restriction.allows('mail') ? {} : { needed: 'unread-address' as const }),
  });
  const { homeServers } = mapping;
  if (homeServers)
    narrow.source('LDAP_FederationHomeServer_Field', homeServers.source, {
      needed: 'unread-home-server',
      isEachNeeded: true,
    });
  const [extensionAttribute] = narrow.list('LDAP_Extension_Field', toNames(mapping.extensionAttribute));
  narrow.list('LDAP_Active_State_Attributes', mapping.furtherState ?? [], {
    needed: 'unread-state',
    isEachNeeded: true,
  });
  return {
    ...mapping,
    idAttributes: mapping.idAttributes.filter((name) => restriction.allows(name)),
    username,
    name,
    emailAttributes,
    extensionAttribute,
    unreadParts: [
      ...(isShorter(username.attributes, mapping.username.attributes) ? (['username'] as const) : []),
      ...(isShorter(name.attributes, mapping.name.attributes) ? (['name'] as const) : []),
      ...(isShorter(emailAttributes, mapping.emailAttributes) ? (['emails'] as const) : []),
    ],
    photoAttributes: narrow.list('LDAP_Avatar_Field', mapping.photoAttributes, { isFirstEnough: true }),
    customFields: (mapping.customFields ?? []).filter(({ sources }) =>
      narrow.isWhole(
        'LDAP_CustomFieldMap',
        sources.flatMap(({ attributes }) => attributes),
      ),
    ),
    abac: (mapping.abac ?? []).filter(({ attributes }) =>
      narrow.isWhole('LDAP_ABAC_AttributeMap', attributes),
    ),
    variables: (mapping.variables ?? []).map((variable) =>
      narrow.isWhole('LDAP_DataSync_VariableMap', toInputNames(variable))
        ? variable
        : { name: variable.name, input: NO_ATTRIBUTE },
    ),
    attributesToQuery: restriction,
  };
}

type UnreadCode = Extract<FindingCode, `unread-${string}`>;

interface Need {
  /** What would happen without any of it; such a run is refused. */
  readonly needed?: UnreadCode;
  /** Each one is needed, not only one of them. */
  readonly isEachNeeded?: boolean;
  /** Nothing is said while the first of them may be read. */
  readonly isFirstEnough?: boolean;
  /** What happens without those that are left out. @default users keep what they have of it */
  readonly otherwise?: UnreadCode;
}

function createNarrowing(
  { variables = [] }: MappingSettings,
  { allows }: AttributeRestriction,
  { reject, warn }: Checks,
) {
  const expand = createExpansion(variables);
  const unread = (names: readonly string[]): readonly string[] =>
    expand(names).filter((name) => !allows(name));

  function tell(
    setting: string,
    names: readonly string[],
    { needed, otherwise = 'unread-so-kept' }: Need,
  ): void {
    const finding = toFinding(needed ?? otherwise, { missing: toList(unread(names)), setting });
    (needed === undefined ? warn : reject)(ATTRIBUTES_TO_QUERY, finding);
  }

  /** Whether all of the names may be read; tells where not. */
  function isWhole(setting: string, names: readonly string[], need: Need = {}): boolean {
    if (unread(names).length === 0) return true;
    tell(setting, names, need);
    return false;
  }

  /** Those of the names that may be read. */
  function list(setting: string, names: readonly string[], need: Need = {}): readonly string[] {
    const { isEachNeeded = false, isFirstEnough = false, needed, ...others } = need;
    const left = names.filter((name) => unread([name]).length === 0);
    if (left.length === names.length) return names;
    const isRefused = needed !== undefined && (left.length === 0 || isEachNeeded);
    if (!isFirstEnough || isRefused || left[0] !== names[0]) tell(setting, names, isRefused ? need : others);
    return left;
  }

  function source(setting: string, named: AttributeSource, need: Need = {}): AttributeSource {
    if (named.kind === 'first') return { kind: 'first', attributes: list(setting, named.attributes, need) };
    return isWhole(setting, named.attributes, need) ? named : NO_ATTRIBUTE;
  }

  return { isWhole, list, source };
}

function isShorter(some: readonly string[], all: readonly string[]): boolean {
  return some.length < all.length;
}

function toNames(name: string | undefined): readonly string[] {
  return name === undefined ? [] : [name];
}

import { RIGHTS_ATTRIBUTE } from '../directory/effective-rights.js';
import { isSecretAttribute } from '../directory/secret-attributes.js';
import type { MappingSettings } from '../settings/sync-settings.js';
import { TEXT_FIELD_NAMES, toTextAttribute, type TextField } from '../settings/text-fields.js';
import {
  isCustomFieldPath,
  type CustomField,
  type CustomFieldPath,
} from '../settings/custom-fields/custom-field.js';
import { createExpansion } from '../settings/variables/variable-names.js';
import { toStateAttributes } from './active-state.js';

/** What an entry says of a person. */
export type PersonPart = FixedPart | CustomFieldPath;

type FixedPart =
  'id' | 'username' | 'name' | 'emails' | 'homeServer' | 'disabled' | 'photo' | 'abac' | TextField;

type ToAttributes = (mapping: MappingSettings) => readonly string[];

/** The attributes that each part of a person is mapped from. */
const PART_ATTRIBUTES: Readonly<Record<FixedPart, ToAttributes>> = {
  id: ({ idAttributes }) => idAttributes,
  username: ({ username }) => username.attributes,
  name: ({ name }) => name.attributes,
  emails: ({ emailAttributes }) => [...emailAttributes, 'mail'],
  homeServer: ({ homeServers }) => homeServers?.source.attributes ?? [],
  disabled: toStateAttributes,
  photo: ({ photoAttributes }) => photoAttributes,
  abac: ({ abac = [] }) => abac.flatMap(({ attributes }) => attributes),
  ...ofTextFields(),
};

function ofTextFields(): Record<TextField, ToAttributes> {
  const rows = TEXT_FIELD_NAMES.map((field): [TextField, ToAttributes] => [
    field,
    (mapping) => {
      const attribute = toTextAttribute(mapping, field);
      return attribute === undefined ? [] : [attribute];
    },
  ]);
  return Object.fromEntries(rows) as Record<TextField, ToAttributes>;
}

const PARTS = Object.keys(PART_ATTRIBUTES) as readonly FixedPart[];

/** What is read of the entry as the server sent it, without variables. */
const RAW: ReadonlySet<FixedPart> = new Set(['id', 'disabled', 'photo']);

/** The attributes of one part, each once, whatever its case. */
export function toPartAttributes(part: PersonPart, mapping: MappingSettings): readonly string[] {
  const own = mapping.customFields?.filter(({ path }) => path === part) ?? [];
  return distinct(isCustomFieldPath(part) ? own.flatMap(toFieldAttributes) : PART_ATTRIBUTES[part](mapping));
}

function toFieldAttributes({ sources }: CustomField): readonly string[] {
  return sources.flatMap(({ attributes }) => attributes);
}

/** The attributes a run has to ask for: what is mapped, and what is named. Never one that holds a secret. */
export function toRequestedAttributes(
  mapping: MappingSettings,
  further: readonly string[] = [],
): readonly string[] {
  const expand = createExpansion(mapping.variables ?? []);
  const names = [
    ...PARTS.flatMap((part) => {
      const attributes = PART_ATTRIBUTES[part](mapping);
      return RAW.has(part) ? attributes : expand(attributes);
    }),
    ...expand((mapping.customFields ?? []).flatMap(toFieldAttributes)),
    ...expand((mapping.variables ?? []).map(({ name }) => name)),
    ...(mapping.formerIdAttributes ?? []),
    ...(mapping.stateReading === 'by-rights' ? [RIGHTS_ATTRIBUTE] : []),
  ];
  const { attributesToQuery } = mapping;
  const mayBeRead = (name: string): boolean =>
    !isSecretAttribute(name) && (name === RIGHTS_ATTRIBUTE || (attributesToQuery?.allows(name) ?? true));
  return distinct([...names, ...further].filter(mayBeRead));
}

function distinct(names: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const name of names) if (!byKey.has(name.toLowerCase())) byKey.set(name.toLowerCase(), name);
  return [...byKey.values()];
}

import type { FindingTexts } from '../finding-texts.js';
import { MAP_FAULT } from './map-fault.js';

const BASE =
  'Put the DN under which the groups are into {setting}, for example ou=groups,dc=example,dc=com; or switch {enable} off.';
const GIVEN = 'Store groups and what they give in {setting}, such as {example}.';
const CORRECT = 'Correct {setting}, for example {example}.';
const SLOW =
  '{setting} {why}, so it cannot be asked for everybody at once: each person costs a search of its own';
const USUAL = 'Write it in one of the usual forms, for example {example}; docs/groups.md lists them.';
const FIELDS = 'LDAP_CustomFieldMap';
const SCHEMA = 'Accounts_CustomFields';
const ABAC = 'LDAP_ABAC_AttributeMap';
const ABAC_SWITCH = 'LDAP_Background_Sync_ABAC_Attributes';

/** Of what groups give, of custom fields, and of ABAC attributes. */
export const OF_GRANTS = {
  'grant-base-empty': [
    '{setting} is empty, so nobody is known to be in any group: nothing is given or taken.',
    BASE,
  ],
  'grant-base-unusable': ['{setting} is {value}, which is not a DN.', BASE],
  'grants-unreadable': [`{setting}${MAP_FAULT}: nothing is given or taken.`, GIVEN],
  'grant-unusable': [
    '{setting}: {group} does not give a name or a list of at most {names} names, so it is left out.',
    GIVEN,
  ],
  'grants-empty': ['{setting} names no group: nothing is given or taken.', GIVEN],
  'grant-filter-empty': ['{setting} is empty, so nobody would be in any group.', CORRECT],
  'grant-filter-with-placeholder': ['{setting} has {placeholder}, which means nothing.', CORRECT],
  'grant-filter-unreadable': ['{setting} is not a search filter: {why}.', CORRECT],
  'grant-filter-secret': ['{setting} tests {attribute}, which holds a password or a key.', CORRECT],
  'grant-filter-without-person': [
    '{setting} has neither {username} nor {dn}, so everybody would be in every group that there is.',
    CORRECT,
  ],
  'grant-filter-without-group': [
    '{setting} has no {group}, so whoever is in one group would be in all of them.',
    CORRECT,
  ],
  'grant-filter-with-group': [
    '{setting} has {group}, which means nothing when groups are asked for once.',
    CORRECT,
  ],
  'grant-filter-slow': [`${SLOW}.`, USUAL],
  'grant-filter-slower': [`${SLOW} or several.`, USUAL],
  'custom-fields-unreadable': [
    `${FIELDS}${MAP_FAULT}, so no custom field is synced.`,
    'Store attributes and fields such as {example}, or {none} for none.',
  ],
  'custom-schema-unreadable': [
    `${SCHEMA}${MAP_FAULT}, so no custom field is synced.`,
    'Correct it in the chat server, under Accounts, Registration, Custom Fields.',
  ],
  'custom-fields-too-many': [
    `${FIELDS} names {count} fields.`,
    'Only the first {most} are synced: name no more.',
  ],
  'custom-field-without-path': [
    `${FIELDS}: {field} is not given the path of a field.`,
    'Give a text such as "team" or "address.city".',
  ],
  'custom-field-without-attribute': [
    `${FIELDS} has a field without an attribute.`,
    'Name an attribute or a template in front of each field.',
  ],
  'custom-field-path-unusable': [
    `${FIELDS}: {field} cannot be the path of a custom field, so it is not synced.`,
    'Use at most {most} names with dots between them, none of which begins with "$".',
  ],
  'custom-field-unknown': [
    `${FIELDS}: {field} is no field of ${SCHEMA}, so it is not synced.`,
    `Define it in ${SCHEMA}, or correct the path.`,
  ],
  'custom-field-a-group': [
    `${FIELDS}: {field} is a group of fields in ${SCHEMA}, so it is not synced.`,
    'Name one field of the group.',
  ],
  'custom-field-length-unusable': [
    `${FIELDS}: {field} has a length in ${SCHEMA} that is no number, so it is not synced.`,
    'Give minLength and maxLength as numbers from 0.',
  ],
  'custom-field-without-options': [
    `${FIELDS}: {field} is a choice without options in ${SCHEMA}, so it is not synced.`,
    'Give it "options", a list of at most {most} texts.',
  ],
  'abac-off': [
    `${ABAC_SWITCH} is on, but ABAC_Enabled is off, so no ABAC attribute is synced.`,
    `Switch ABAC on in the chat server, or ${ABAC_SWITCH} off.`,
  ],
  'abac-elsewhere': [
    `${ABAC_SWITCH} is on, but ABAC_PDP_Type is "virtru", which has the attributes of people itself: none is synced.`,
    `Set ABAC_PDP_Type to "local", or switch ${ABAC_SWITCH} off.`,
  ],
  'abac-unreadable': [
    `${ABAC}${MAP_FAULT}, so no ABAC attribute is synced.`,
    'Store attributes and keys such as {example}, or {none} for none.',
  ],
  'abac-too-many': [
    `${ABAC} names {count} ABAC attributes.`,
    'Only the first {most} are synced: name no more.',
  ],
  'abac-key-unusable': [
    `${ABAC}: {attribute} is not given the key of an ABAC attribute, so it is not synced.`,
    'Give a text of at most {most} characters such as "department", without "$" in front.',
  ],
  'abac-no-attribute': [
    `${ABAC}: {attribute} is not one attribute, so it is not synced.`,
    'Name one attribute in front of each key; several may have the same key.',
  ],
} as const satisfies FindingTexts;

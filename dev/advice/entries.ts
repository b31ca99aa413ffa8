import type { AdviceCode } from '../../lib/advice.js';
import type { Meaning } from '../meaning.js';

/** What is said of an entry. */
export const OF_ENTRIES = {
  'attribute-too-long': {
    meaning: 'The values of an attribute are longer than is read.',
    remedy: 'Correct the attribute in the directory, or map another one.',
  },
  'attribute-not-text': {
    meaning: 'An attribute that should be text holds bytes that are no UTF-8.',
    remedy: 'Correct the attribute in the directory, or map another one.',
  },
  'attribute-with-control-characters': {
    meaning: 'A text holds control characters, such as a line end or a null byte.',
    remedy: 'Correct the attribute in the directory, or map another one.',
  },
  'attribute-with-too-many-values': {
    meaning: 'An attribute has more than 1,000 values, so the one that counts may be missing.',
    remedy: 'Take values away in the directory, or map another attribute.',
  },
  'variable-failed': {
    meaning: 'A variable of `LDAP_DataSync_VariableMap` could not be computed of this entry.',
    remedy: 'Correct the entry or the variable ([variables](variables.md)).',
  },
  'no-email-address': {
    meaning: 'The entry has no address, and a user needs one.',
    remedy: 'Give the person an address, or set `LDAP_Default_Domain` to build one.',
  },
  'unusable-address': {
    meaning: 'What should be an address is none; the message shows it and says why.',
    remedy: 'Correct the attribute ([what an address is](values.md#what-an-address-is)).',
  },
  'unusable-username': {
    meaning: 'Nothing of the user name can stand in one.',
    remedy: 'Give the person a user name with letters or digits, or map another attribute.',
  },
  'unusable-home-server': {
    meaning: 'The home server is no host name, or there are several.',
    remedy: 'Give the entry one server name ([people of other servers](federation.md)).',
  },
  'federation-off': {
    meaning: 'The person is of another home server, and this server is not federated.',
    remedy:
      'Set `Federation_Service_Domain` and switch `Federation_Service_Enabled` on, or leave such people out.',
  },
  'custom-field-not-allowed': {
    meaning: 'The value is longer than the custom field allows, or none of its options. The field stays.',
    remedy: 'Correct the entry, or change the field in `Accounts_CustomFields`.',
  },
  'custom-field-required': {
    meaning: 'The custom field has to have a value, and the entry has none. The field stays.',
    remedy: 'Give the entry a value, or do not require the field.',
  },
  'custom-field-in-the-way': {
    meaning: 'The user has something else where the custom field should be. It stays.',
    remedy: 'Look at the field of the user in the database, and mend it.',
  },
  'abac-attribute-unusable': {
    meaning: 'A value of an ABAC attribute cannot be used, so all of the attribute stays.',
    remedy: 'Correct the entry, or name another attribute in `LDAP_ABAC_AttributeMap`.',
  },
  'abac-attributes-in-the-way': {
    meaning: '`abacAttributes` of the user is no list. It stays.',
    remedy: 'Look at it in the database, and mend it.',
  },
  'entry-unidentified': {
    meaning: 'The entry has no unique id, so nobody knows who it is.',
    remedy:
      'Name an attribute that every entry has in `LDAP_Unique_Identifier_Field`, and let the account read it.',
  },
  'entry-id-repeated': {
    meaning: 'Another entry has the same unique id.',
    remedy: 'Give each entry an id of its own, or name a unique attribute.',
  },
} as const satisfies Partial<Record<AdviceCode, Meaning>>;

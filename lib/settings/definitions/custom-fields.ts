import { definitionsOf } from './definition.js';

const { onOff, text } = definitionsOf('people', true);

/** Fields of users that the administrator of the chat server has defined. */
export const CUSTOM_FIELDS = {
  LDAP_Sync_Custom_Fields: onOff(false, 'Whether attributes fill custom fields of users.'),
  LDAP_CustomFieldMap: text(
    '{}',
    'Which attribute, or template, fills which custom field, as JSON: ' +
      '{"department":"team","l":"address.city"}.',
  ),
  Accounts_CustomFields: text(
    '',
    'The custom fields there are, as JSON, with their lengths and options; others are not synced.',
  ),
} as const;

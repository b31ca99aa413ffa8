import { definitionsOf } from './definition.js';

const { onOff, text } = definitionsOf('people', true);
/** The default would sync attributes that somebody else decides about. */
const strict = definitionsOf('people', false);

/** Attributes that decide who may be in which room (attribute-based access control). */
export const ABAC = {
  LDAP_Background_Sync_ABAC_Attributes: onOff(
    false,
    'Whether attributes of the directory fill the ABAC attributes of users, which decide who may be in which room.',
  ),
  LDAP_ABAC_AttributeMap: text(
    '{}',
    'Which attribute fills which ABAC attribute, as JSON: {"departmentNumber":"department"}; no other is ' +
      'ever given or taken.',
  ),
  ABAC_Enabled: onOff(
    false,
    'Whether the chat server uses ABAC; while it does not, nothing of it is synced.',
  ),
  ABAC_PDP_Type: strict.text(
    'local',
    'Who decides about ABAC: while it is `virtru`, users have no attributes, and none are synced.',
  ),
} as const;

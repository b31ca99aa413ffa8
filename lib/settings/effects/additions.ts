import { missing, part } from './effect.js';

/** Rocket.Chat's settings that add something to people who are synced, and that are not followed here. */
export const ADDITIONS = {
  LDAP_Background_Sync_ABAC_Attributes: missing({
    about: 'Attributes of the directory decide who may be in which room (ABAC).',
    remedy: 'Give people their ABAC attributes in the chat server, and switch it off.',
  }),
  LDAP_Background_Sync_ABAC_Attributes_Interval: part(
    'LDAP_Background_Sync_ABAC_Attributes',
    'When that is synced.',
  ),
  LDAP_ABAC_AttributeMap: part('LDAP_Background_Sync_ABAC_Attributes', 'Which attribute is which.'),
  ABAC_Enabled: part('LDAP_Background_Sync_ABAC_Attributes', 'Whether the chat server uses ABAC.'),
  ABAC_PDP_Type: part('LDAP_Background_Sync_ABAC_Attributes', 'Who decides about ABAC.'),
} as const;

import { definitionsOf } from './definition.js';

const { onOff, text } = definitionsOf('people', false);

/** Attributes that are computed of others. */
export const VARIABLES = {
  LDAP_DataSync_UseVariables: onOff(
    false,
    'Whether the variables of LDAP_DataSync_VariableMap are computed of each entry.',
  ),
  LDAP_DataSync_VariableMap: text(
    '{}',
    'Variables and how they are computed, as JSON; field settings name them like attributes.',
  ),
} as const;

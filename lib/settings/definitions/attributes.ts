import { definitionsOf } from './definition.js';

const { onOff, text } = definitionsOf('people', false);

/** Which attributes are read, and which are computed of others. */
export const ATTRIBUTES = {
  LDAP_User_Search_AttributesToQuery: text(
    '*,+',
    'The attributes that may be read; * are all usual ones, + all operational ones. What is mapped and ' +
      'left out is not read, and users keep what they have of it.',
  ),
  LDAP_DataSync_UseVariables: onOff(
    false,
    'Whether the variables of LDAP_DataSync_VariableMap are computed of each entry.',
  ),
  LDAP_DataSync_VariableMap: text(
    '{}',
    'Variables and how they are computed, as JSON; field settings name them like attributes.',
  ),
} as const;

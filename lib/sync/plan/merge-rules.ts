import type { EmailRecord } from '../../../models/user.js';
import { areSameEmails, isAddressLost } from './email-records.js';
import type { FieldMerge } from './field-rules.js';
import { isTakable } from './roles.js';

/** One value, which nobody else changes. */
export const REPLACED: FieldMerge = {
  kind: 'replace',
  isSame: (wanted, stored) => wanted === stored,
  losesSomething: () => false,
};

export const REPLACED_EMAILS: FieldMerge = {
  kind: 'replace',
  isSame: (wanted, stored) => areSameEmails(wanted as readonly EmailRecord[], stored),
  losesSomething: (wanted, stored) => isAddressLost(wanted as readonly EmailRecord[], stored),
};

/** A server answers in its own spelling, or in that of the question; neither is a difference. */
export const REPLACED_ATTRIBUTE_NAME: FieldMerge = {
  ...REPLACED,
  isSame: (wanted, stored) =>
    typeof stored === 'string' && String(wanted).toLowerCase() === stored.toLowerCase(),
};

/** The roles are the host's, but for those that groups give: only these are ever taken. */
export const GIVEN_ROLES: FieldMerge = {
  kind: 'add',
  governs: (role, { roleRules }) => isTakable(role, roleRules),
};

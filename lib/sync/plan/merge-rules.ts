import type { EmailRecord } from '../../../models/user.js';
import { areSameEmails, isAddressLost } from './email-records.js';
import type { FieldMerge } from './field-rules.js';

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

/** The roles are the host's: the directory gives one to a user who has none, and takes none. */
export const ADDED: FieldMerge = { kind: 'add', governs: () => false };

import type { Advice, AdviceCode, AdviceParams } from '../../advice.js';
import type { Confirmed } from './kinds/removal-kind.js';

/** What a direct look-up says of a removal. */
export type Confirmation = Confirmed | ({ readonly confirmed: false } & Advice);

const LOOK_AGAIN =
  'Nothing; if this returns with every run, ask the directory administrator why a search leaves this ' +
  'entry out.';
export const MEMBERSHIP_UNKNOWN = refuse(
  'membership-unknown',
  'The directory does not say for certain that the person is not in the group whose members are synced ' +
    '(LDAP_Group_Filter_Group_Name); the user stays on.',
);
export const MAY_NOT_BELONG = refuse(
  'membership-unknown',
  'The directory does not say whether the person is in the group whose members are synced ' +
    '(LDAP_Group_Filter_Group_Name), so no account is connected with the entry.',
);
export const SETTINGS_SAY_NO = refuse('settings-changed', 'The settings no longer ask for this.');

export function refuse(code: AdviceCode, reason: string, params: AdviceParams = {}): Confirmation {
  return { confirmed: false, code, params, reason, remedy: LOOK_AGAIN };
}

import type { AccountPair } from '../../../models/account-pair.js';
import type { FieldChange } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import type { Advice } from '../../advice.js';
import type { LdapIdentity } from '../../mapping/ldap-identity.js';
import type { Person } from '../../mapping/map-entry.js';
import type { OtherAccount } from './link-conflict.js';
import type { RefusedRename } from './refused-rename.js';
import { hasAdditiveChange, type UserDiff } from './diff.js';
import type { Newcomer } from './newcomer.js';

/** What is to be done for one person. */
export type Decision =
  | ({ readonly kind: 'create' } & Newcomer)
  | {
      readonly kind: 'existing';
      readonly person: Person;
      readonly user: UserRecord;
      readonly diff: UserDiff;
      readonly link: boolean;
      /**
       * Set for an account that is to be linked: the verified address that it shares with the entry, as the
       * account has it.
       */
      readonly mergedBy?: string;
      /** The settings leave the user alone: only the attributes that decide about access follow. */
      readonly isAccessOnly?: true;
      /** Set where the user is not renamed, although the directory wants it. */
      readonly refusedRename?: RefusedRename;
    }
  /** Not linked, or not to be updated, by the settings. */
  | { readonly kind: 'leave'; readonly person: Person; readonly user: UserRecord | undefined }
  /**
   * Nothing is written. `isDisabled`: the directory wants the linked user off; `isRejected`: no other account
   * stands in the way.
   */
  | ({
      readonly kind: 'conflict';
      readonly person: Person;
      readonly user: UserRecord | undefined;
      readonly isDisabled?: boolean;
      readonly isRejected?: boolean;
      /** Of a newcomer: who has the names. */
      readonly owners?: readonly OtherAccount[];
      /** The account that somebody may decide to connect with the entry. */
      readonly pair?: PlannedPair;
    } & Advice);

/** An entry and an account that wait for a decision. */
export interface PlannedPair {
  readonly kind: 'merge' | 'relink';
  readonly account: UserRecord;
  readonly shown: AccountPair;
  /** What the account is linked by, where it is linked to another entry. */
  readonly formerly?: LdapIdentity;
  /** What the decision would change. */
  readonly fields: readonly FieldChange[];
}

/** The stored user a decision is about. */
export function userOf(decision: Decision): UserRecord | undefined {
  return decision.kind === 'create' || decision.kind === 'conflict' ? undefined : decision.user;
}

/** Whether the settings leave the person alone, but for the photo and what decides about access. */
export function isLeftAlone(decision: Decision): boolean {
  return decision.kind === 'leave' || (decision.kind === 'existing' && decision.isAccessOnly === true);
}

/** True when something about this person has to be written now. */
export function isWrite(decision: Decision): boolean {
  return (
    decision.kind === 'create' ||
    (decision.kind === 'existing' && (decision.link || hasAdditiveChange(decision.diff)))
  );
}

/** What an entry and an account have in common. */
export type MatchedBy =
  /** The first address of the entry, which the account has verified. */
  | 'verified-address'
  /** An address that proves nothing: unverified, not the first, built, or vouched for by another service. */
  | 'address'
  | 'username';

/**
 * An entry and an account that may be the same person, as they are shown to whoever decides. Texts are cut,
 * and invisible characters are written out.
 */
export interface AccountPair {
  readonly matchedBy: MatchedBy;
  /** What both have, as the entry has it. */
  readonly shared: { readonly username?: string; readonly address?: string };
  readonly entry: {
    readonly dn: string;
    readonly username?: string;
    readonly name?: string;
    readonly addresses: readonly string[];
    /** `unknown`: the directory does not show it. */
    readonly state: 'enabled' | 'disabled' | 'unknown';
  };
  readonly account: {
    readonly userId: string;
    readonly username?: string;
    readonly name?: string;
    readonly type: string;
    readonly active: boolean;
    readonly roles: readonly string[];
    readonly isAdministrator: boolean;
    /** The names of other services through which somebody signs in to it. */
    readonly otherSignIns: readonly string[];
    /** As the chat server has stored it. */
    readonly lastLogin?: Date;
    /** What the account is linked by now. */
    readonly linkedBy?: { readonly id: string; readonly idAttribute: string };
  };
  /** Why the two are not connected without a decision: codes, worst first. */
  readonly obstacles: readonly string[];
  /** What to know before the decision, the worst first. */
  readonly warnings: readonly string[];
}

/** What the API says of accounts. */

export interface AccountPair {
  readonly matchedBy: 'verified-address' | 'address' | 'username';
  readonly shared: { readonly username?: string; readonly address?: string };
  readonly entry: {
    readonly dn: string;
    readonly username?: string;
    readonly name?: string;
    readonly addresses: readonly string[];
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
    readonly otherSignIns: readonly string[];
    readonly lastLogin?: string;
    readonly linkedBy?: { readonly id: string; readonly idAttribute: string };
  };
  readonly obstacles: readonly string[];
  readonly warnings: readonly string[];
}
/** What the chat server knows of somebody now. */
export interface KnownAccount {
  readonly active: boolean;
  readonly roles: readonly string[];
  readonly isAdministrator: boolean;
  readonly lastLogin?: string;
  readonly ownedRooms: number;
}

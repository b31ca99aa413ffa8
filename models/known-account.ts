/** What the chat server knows of somebody now, for a person who decides about them. */
export interface KnownAccount {
  readonly active: boolean;
  /** Names of roles, 20 at most. */
  readonly roles: readonly string[];
  readonly isAdministrator: boolean;
  /** Absent: never, as far as the chat server says. */
  readonly lastLogin?: Date;
  /** Of how many channels and private groups they are an owner. */
  readonly ownedRooms: number;
}

import type { GrantKind } from '../../settings/sync-settings.js';

/** What groups bring people into. */
export type RoomKind = Exclude<GrantKind, 'roles'>;

/** A room that the settings bring people into. */
export interface MappedRoom {
  readonly kind: RoomKind;
  /** As the setting has it; of several names of one room the first. */
  readonly name: string;
  /** Of a channel that is still to be made: an id drawn in advance. */
  readonly rid: string;
  /** What people call it (`fname` or `name`). */
  readonly shown: string;
  readonly isToBeMade: boolean;
  /** Set where it is to be made. */
  readonly making?: ChannelMaking;
  readonly teamId?: string;
  /** Rooms that are joined with the team (`teamDefault`). */
  readonly alsoJoins: readonly string[];
}

/** How a channel is made. */
export interface ChannelMaking {
  /** In links. */
  readonly name: string;
  readonly ownerId: string;
}

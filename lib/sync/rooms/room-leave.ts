import type { RoomPlace } from './room-scene.js';

/** Somebody is to leave a room. */
export interface RoomLeave extends RoomPlace {
  readonly teamId?: string;
  /** The user may not be in the room any more (ABAC), so that its last owner leaves it, too. */
  readonly isRevoked?: true;
}

/** What became of it. */
export type LeaveResult =
  | { readonly state: 'left'; readonly subscriptionId: string; readonly leavesNoOwner?: true }
  /** The user had no subscription of the main room, and was a member of the team all the same. */
  | { readonly state: 'left-team' }
  | { readonly obstacle: 'last-owner' | 'not-there' };

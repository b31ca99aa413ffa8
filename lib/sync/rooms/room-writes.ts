import { auditAccess, type AccessEvent } from './access-audit.js';
import { giveBack, type GivenBack } from './give-back.js';
import { joinRooms, type RoomJoin } from './join-rooms.js';
import { leaveRooms } from './leave-rooms.js';
import type { LeaveResult, RoomLeave } from './room-leave.js';
import { createRoomCounts } from './room-counts.js';
import type { RoomScene } from './room-scene.js';

export type { AccessEvent } from './access-audit.js';
export type { RoomJoin } from './join-rooms.js';
export type { LeaveResult, RoomLeave } from './room-leave.js';
export type { GivenBack } from './give-back.js';

/** Everything that is written of rooms in one transaction. */
export interface RoomWrites {
  /**
   * Gives those who have really joined. Left out is who is in the room already, or banned from it; who is no
   * user any more, is off, has no user name or is of another server; and everybody where the room has become
   * one that groups bring nobody into. Makes a channel that is to be made.
   */
  join(joins: readonly RoomJoin[]): Promise<readonly RoomJoin[]>;
  /** What became of each, in their order. */
  leave(leaves: readonly RoomLeave[]): Promise<readonly LeaveResult[]>;
  /**
   * Gives a subscription back from the trash, with unread state and roles; `gone`: the trash no longer has it,
   * or the room or the user is gone.
   */
  giveBack(leave: GivenBack): Promise<'back' | 'gone' | 'inside'>;
  /** What the audit of the chat server tells of access to rooms. */
  audit(events: readonly AccessEvent[]): Promise<void>;
  /** What has changed in each room, one write a room; called last, just before the fence is written. */
  writeCounts(): Promise<void>;
}

/** Writes in every case: a preview has none. */
export function createRoomWrites(scene: RoomScene): RoomWrites {
  const counts = createRoomCounts(scene);
  return {
    join: (joins) => joinRooms(joins, scene, counts),
    leave: (leaves) => leaveRooms(leaves, scene, counts),
    giveBack: (leave) => giveBack(leave, scene, counts),
    audit: (events) => auditAccess(events, scene),
    writeCounts: () => counts.write(),
  };
}

import type { Connection } from 'mongoose';
import type { Clock } from '../../clock.js';
import type { Transaction } from '../run/transaction.js';
import { findSubscribed } from './find-members.js';
import { findGuardedRooms, readGuardedRooms, type GuardedRoom } from './guarded-rooms.js';
import { createRoomWrites, type RoomWrites } from './room-writes.js';
import { findTeamMembers, type TeamRoom } from './team-members.js';

/** By the ids of users, the ids of rooms. */
export interface SubscribedUsers {
  readonly inside: ReadonlyMap<string, ReadonlySet<string>>;
  /** Banned, or only invited. */
  readonly barred: ReadonlyMap<string, ReadonlySet<string>>;
}

export const NOBODY_SUBSCRIBED: SubscribedUsers = { inside: new Map(), barred: new Map() };

/** Who is in which room: the reader and the writer of a run. */
export interface RoomStore {
  /** In which of these rooms each of these users is; who is in none is absent. */
  findSubscribed(rids: readonly string[], userIds: readonly string[]): Promise<SubscribedUsers>;
  /** Of which of these teams each of these users is a member, by the main rooms; who is in none is absent. */
  findTeamMembers(
    teams: readonly TeamRoom[],
    userIds: readonly string[],
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** The rooms guarded by ABAC in which each of these users is. */
  findGuarded(
    userIds: readonly string[],
    tx: Transaction,
  ): Promise<ReadonlyMap<string, readonly GuardedRoom[]>>;
  /** Those of these rooms that ABAC guards. */
  readGuarded(rids: readonly string[], tx: Transaction): Promise<ReadonlyMap<string, GuardedRoom>>;
  /** For one transaction. */
  begin(tx: Transaction): RoomWrites;
}

interface Manner {
  readonly now: Clock;
  /** Whether the chat server's messages about joining and leaving are written. */
  readonly sendsMessages: boolean;
  readonly usesEncryption?: boolean;
  readonly usesReadReceipts?: boolean;
}

export function createMongoRoomStore(connection: Connection, { now, ...manner }: Manner): RoomStore {
  return {
    findSubscribed: (rids, userIds) => findSubscribed(rids, userIds, { connection }),
    findTeamMembers: (teams, userIds) => findTeamMembers(teams, userIds, { connection }),
    findGuarded: (userIds, tx) => findGuardedRooms(userIds, { connection, tx }),
    readGuarded: (rids, tx) => readGuardedRooms(rids, { connection, tx }),
    begin: (tx) => createRoomWrites({ connection, tx, now: now(), ...manner }),
  };
}

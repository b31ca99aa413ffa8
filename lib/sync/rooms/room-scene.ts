import type { Connection } from 'mongoose';
import type { Transaction } from '../run/transaction.js';

/** Where rooms are written, and what belongs to it. */
export interface RoomScene {
  readonly connection: Connection;
  readonly tx: Transaction;
  readonly now: Date;
  /** Whether a message tells the members who has come and who has left. */
  readonly sendsMessages: boolean;
  /** Whether rooms may be encrypted. @default false */
  readonly usesEncryption?: boolean;
  /** Whether messages say who has read them. @default false */
  readonly usesReadReceipts?: boolean;
}

/** Of a scene, what reading needs. */
export type RoomReading = Pick<RoomScene, 'connection' | 'tx'>;

/** Somebody in a room, or not. */
export interface RoomPlace {
  readonly rid: string;
  readonly userId: string;
}

/** Two ids as one key: an id may hold anything but a null character. */
export function toPlaceKey({ rid, userId }: RoomPlace): string {
  return `${rid}\0${userId}`;
}

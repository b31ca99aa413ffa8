import type { Connection } from 'mongoose';
import type { ChatSettings } from '../../settings/chat-settings.js';
import type { RoomProblems } from './room-problems.js';

/** What finding rooms takes. */
export interface RoomSearch {
  readonly connection: Connection;
  readonly chat: ChatSettings;
  readonly problems: RoomProblems;
}

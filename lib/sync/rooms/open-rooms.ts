import type { Connection } from 'mongoose';
import type { RunProblem } from '../../../models/run-report.js';
import type { Clock } from '../../clock.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { createDryRoomStore } from './dry-room-store.js';
import { findMappedRooms } from './mapped-rooms.js';
import { createMembershipRules, NO_RULES, type MembershipRules } from './membership-rules.js';
import { ensureAuditCollection } from './room-collections.js';
import { createMongoRoomStore, type RoomStore } from './room-store.js';

/** The rooms of the maps, and who joins and leaves them. */
export interface RunRooms {
  readonly rooms: RoomStore;
  readonly memberships: MembershipRules;
  /** What is wrong with the names of the maps. */
  readonly problems: readonly RunProblem[];
}

interface Manner {
  readonly connection: Connection;
  readonly now: Clock;
  readonly writes: boolean;
}

/** Looks up the rooms that the settings name. Writes to nobody. */
export async function openRooms(
  { grants, rooms: manner, chat, mapping }: Pick<SyncSettings, 'grants' | 'rooms' | 'chat' | 'mapping'>,
  { connection, now, writes }: Manner,
): Promise<RunRooms> {
  const rooms = writes
    ? createMongoRoomStore(connection, { now, sendsMessages: manner.sendsMessages, ...chat })
    : createDryRoomStore(connection);
  if (writes && mapping.abac?.length) await ensureAuditCollection(connection);
  if (!grants.channels && !grants.teams) return { rooms, memberships: NO_RULES, problems: [] };
  const mapped = await findMappedRooms(grants, { connection, chat });
  const memberships = createMembershipRules({ grants, rooms: manner }, mapped);
  return { rooms, memberships, problems: mapped.problems };
}

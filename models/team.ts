import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';
import type { PersonRecord } from './room.js';

/** A document of `rocketchat_team`, as far as this package reads it. */
export interface TeamRecord {
  _id: string;
  name?: unknown;
  /** Its main room: who is in the team is in it. */
  roomId?: unknown;
}

/** A document of `rocketchat_team_member`: somebody is in a team. */
export interface TeamMemberRecord {
  /** 24 hex digits. */
  _id: string;
  teamId: string;
  userId: string;
  /** Absent for a plain member. */
  roles?: readonly string[];
  createdAt: Date;
  createdBy: PersonRecord;
  _updatedAt: Date;
}

export function teamCollection(connection: Connection): Collection<TeamRecord> {
  return openCollection(connection, 'rocketchat_team');
}

export function teamMemberCollection(connection: Connection): Collection<TeamMemberRecord> {
  return openCollection(connection, 'rocketchat_team_member');
}

import type { Advice } from '../../advice.js';
import type { RemovalRow } from '../../../models/change-row.js';
import { ABAC_FIELD } from '../plan/abac.js';
import type { RowPlace } from '../history/row-place.js';
import type { Unit } from '../run/commit-units.js';
import type {
  Carried,
  Confirmed,
  NameExchange,
  Obstacle,
  PresentUser,
  RemovalKindDefinition,
} from './kinds/removal-kind.js';
import type { Settling } from './settle-removal.js';

/** A removal, and what has been found out about it before the transaction. */
export interface RemovalItem extends RowPlace {
  readonly row: RemovalRow;
  /** Why it is not wanted any more. */
  readonly refused?: Advice;
  readonly confirmed?: Confirmed;
}

/** Removals of one kind that are written together: one, or a circle of people who exchange names. */
export interface RemovalUnit extends Unit {
  readonly items: readonly RemovalItem[];
}

/** Whoever loses an ABAC attribute may leave many rooms in the same transaction. */
const ACCESS_WEIGHT = 10;

export function toUnit(items: readonly RemovalItem[]): RemovalUnit {
  const weights = items.map(({ row: { fields } }) =>
    fields.some(({ field }) => field === ABAC_FIELD) ? ACCESS_WEIGHT : 1,
  );
  const weight = weights.reduce((sum, one) => sum + one, 0);
  return { items, userIds: items.map(({ row }) => row.userId), weight };
}

/** How removals of one kind are written, and told of: when they are carried out, and when they are taken back. */
export interface Manner {
  readonly exchange: NameExchange | undefined;
  /** Whether it switches users off. */
  readonly switchesOff: boolean;
  /** Whether a row takes the role of administrators from somebody. @default none does */
  takesAdmin?: RemovalKindDefinition['takesAdmin'];
  /** Whether a user name that belongs to a team is refused. A revert gives a name back all the same. */
  readonly heedsTeams: boolean;
  /** What is done about rooms before the users are looked at. */
  readonly moves: 'leave' | 'give-back' | undefined;
  /** What follows from other ABAC attributes: rooms are left, or come back. */
  readonly access: 'revoked' | 'given-back';
  /** Whether a row is about a pair. */
  connects(row: RemovalRow): boolean;
  givesBack?: RemovalKindDefinition['givesBack'];
  carry(row: RemovalRow, present: PresentUser): Carried;
  toDone(item: RemovalItem): Settling;
  toObstacle(item: RemovalItem, obstacle: Obstacle): Settling;
  /** Somebody else keeps the name. */
  toTaken(item: RemovalItem): Settling;
}

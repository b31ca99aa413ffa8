import type { Grants } from '../../mapping/grants.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { MappedRoom, RoomKind } from './mapped-room.js';
import type { MappedRooms } from './mapped-rooms.js';

/** A name of a map. */
export interface RoomName {
  readonly kind: RoomKind;
  readonly name: string;
}

/** A room, and how groups give it. */
export interface Target {
  readonly room: MappedRoom;
  /** By which the person joins it. */
  readonly names: RoomName[];
  /** Teams that bring the person into it when they join the team. */
  readonly through: RoomName[];
}

/** By the ids of the rooms. */
export function toTargets(
  grants: SyncSettings['grants'],
  mapped: Pick<MappedRooms, 'byName'>,
): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>();
  const named = (['channels', 'teams'] as const).flatMap((kind) =>
    [...new Set([...(grants[kind]?.byGroup.values() ?? [])].flat())].flatMap((name) => {
      const room = mapped.byName(kind, name);
      return room ? [{ kind, name, room }] : [];
    }),
  );
  for (const { kind, name, room } of named) {
    const target = targets.get(room.rid) ?? { room, names: [], through: [] };
    target.names.push({ kind, name });
    targets.set(room.rid, target);
  }
  for (const { kind, name, room } of named)
    for (const rid of room.alsoJoins) targets.get(rid)?.through.push({ kind, name });
  return targets;
}

function givenNames(grants: Grants | undefined): readonly RoomName[] {
  return (['channels', 'teams'] as const).flatMap((kind) =>
    [...(grants?.[kind]?.given ?? [])].map((name) => ({ kind, name })),
  );
}

/** Whether groups give the name (`given`), or do not say for certain that they do not (`doubtful`). */
export function isIn(
  part: 'given' | 'doubtful',
  { kind, name }: RoomName,
  grants: Grants | undefined,
): boolean {
  return grants?.[kind]?.[part].has(name) === true;
}

/** The rooms that groups give somebody, each once. */
export function givenRooms(
  grants: Grants | undefined,
  { byName }: Pick<MappedRooms, 'byName'>,
): readonly MappedRoom[] {
  const rooms = givenNames(grants).flatMap(({ kind, name }) => byName(kind, name) ?? []);
  return [...new Map(rooms.map((room) => [room.rid, room])).values()];
}

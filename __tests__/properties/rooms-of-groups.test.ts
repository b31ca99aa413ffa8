import fc from 'fast-check';
import { ROOMS, SUBSCRIPTIONS } from '../setup/chat-rooms.js';
import { many, useHistories } from '../setup/histories.js';
import { holds } from '../setup/holds.js';
import { createRoomsOfGroups, TEAM_MEMBERS } from '../setup/rooms-of-groups.js';
import {
  buildRooms,
  isGiven,
  isWithheld,
  roomWorlds,
  toEntries,
  toSettings,
  type RoomWorld,
} from '../setup/worlds-of-rooms.js';

jest.setTimeout(600_000);
const histories = useHistories();
const { sync, previewThenRun, changes, revert, database } = histories;
const rooms = createRoomsOfGroups(histories);

const places = async (): Promise<readonly string[]> =>
  Object.entries(await rooms.members()).flatMap(([room, names]) => names.map((name) => `${name} ${room}`));
const split = (place: string): readonly [string, string] => place.split(' ') as unknown as [string, string];

async function build(world: RoomWorld): Promise<void> {
  const { connection } = database();
  for (const { name } of await connection.listCollections())
    if (!name.startsWith('system.')) await connection.collection(name).deleteMany({});
  await sync(many(4), { LDAP_Extension_Field: '', LDAP_Sync_User_Active_State: 'none' });
  await buildRooms(world, rooms);
}

/** Everything about who is where, but when it was written. */
async function whoIsWhere(): Promise<unknown> {
  const everything = (await rooms.everything()) as Readonly<
    Record<string, readonly Record<string, unknown>[]>
  >;
  const of = (name: string) => everything[name] ?? [];
  return {
    subscriptions: of(SUBSCRIPTIONS).map(({ _updatedAt, ...one }) => one),
    counts: of(ROOMS).map(({ _id, usersCount }) => [_id, usersCount]),
    users: of('users').map(({ _updatedAt, __rooms = [], ...one }) => ({
      ...one,
      __rooms: (__rooms as string[]).toSorted(),
    })),
    teams: of(TEAM_MEMBERS)
      .map(({ teamId, userId }) => `${String(teamId)} ${String(userId)}`)
      .toSorted(),
  };
}

describe('whatever groups say, and whoever is in which room', () => {
  it('nobody leaves what no map names, or on the strength of silence; nobody joins what no group gives', async () => {
    await holds(12, roomWorlds, async (world) => {
      await build(world);
      const before = await places();
      const report = await previewThenRun(toEntries(world), toSettings(world));
      expect(['completed', 'held']).toContain(report.state);
      const after = await places();
      const left = before.filter((place) => !after.includes(place));
      const joined = after.filter((place) => !before.includes(place));
      expect(left.filter((place) => !isWithheld(world, ...split(place)))).toEqual([]);
      expect(joined.filter((place) => !isGiven(world, ...split(place)))).toEqual([]);
      expect(await rooms.disagreements()).toEqual([]);
      for (const [room, names] of Object.entries(await rooms.teamMembers()))
        expect((await rooms.members())[room]).toEqual(names);
    });
  });

  it('the same once more writes nothing', async () => {
    await holds(8, roomWorlds, async (world) => {
      await build(world);
      await sync(toEntries(world), toSettings(world));
      const before = await rooms.everything();
      const again = await sync(toEntries(world), toSettings(world));
      expect(again).not.toHaveProperty('roomsJoined');
      // A list that waits for a decision is asked for again.
      const rows = (await changes(again._id)).filter(
        ({ state }) => again.state !== 'held' || state !== 'waiting',
      );
      const wanted = rows.filter(({ reason = '' }) => !reason.includes('last owner'));
      expect(wanted).toEqual([]);
      expect(await rooms.everything()).toEqual(before);
    });
  });

  it('a reverted run leaves everybody where they were before it', async () => {
    const worlds = fc.record({ world: roomWorlds, fewer: roomWorlds });
    await holds(8, worlds, async ({ world, fewer }) => {
      await build(world);
      await sync(toEntries(world), toSettings(world));
      const before = await whoIsWhere();
      const { members } = world;
      // Only taken away: what a run has added is not taken back.
      const less = {
        ...world,
        members: {
          g0: members.g0.filter((name) => fewer.members.g0.includes(name)),
          g1: members.g1.filter((name) => fewer.members.g1.includes(name)),
          g2: members.g2.filter((name) => fewer.members.g2.includes(name)),
        },
      };
      const run = await sync(toEntries(less), toSettings(less));
      const reverted = await revert(run._id).catch(() => undefined);
      if (!reverted) return expect(run.removed ?? 0).toBe(0);
      expect(await whoIsWhere()).toEqual(before);
    });
  });
});

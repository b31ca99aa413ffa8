import fc from 'fast-check';
import { ABAC, createAbacRooms } from '../setup/abac.js';
import { ROOMS } from '../setup/chat-rooms.js';
import { many, useHistories, type Values } from '../setup/histories.js';
import { holds } from '../setup/holds.js';

jest.setTimeout(600_000);
const histories = useHistories();
const { collection, database, previewThenRun, revert, set, sync } = histories;
const rooms = createAbacRooms(histories);

/** What an entry has; `odd`: what cannot be read. */
type Has = Readonly<Record<'ou' | 'l', readonly string[] | 'odd'>>;

const KEYS = { ou: 'department', l: 'site' } as const;
const VALUES = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 });
const HAS: fc.Arbitrary<Has> = fc.record({
  ou: fc.oneof({ weight: 5, arbitrary: VALUES }, { weight: 1, arbitrary: fc.constant('odd' as const) }),
  l: VALUES,
});
const GUARD = fc
  .record({ department: VALUES, site: VALUES, clearance: fc.subarray(['high']) })
  .filter((keys) => Object.values(keys).some(({ length }) => length > 0));
const WORLD = fc.record({
  before: fc.array(HAS, { minLength: 4, maxLength: 4 }),
  after: fc.array(HAS, { minLength: 4, maxLength: 4 }),
  guards: fc.array(GUARD, { minLength: 2, maxLength: 2 }),
  inside: fc.subarray([0, 1, 2, 3].flatMap((person) => [`p${person} r0`, `p${person} r1`])),
  cleared: fc.subarray(['p0', 'p1', 'p2', 'p3']),
});
type World = typeof WORLD extends fc.Arbitrary<infer T> ? T : never;

const SETTINGS = { ...ABAC, LDAP_ABAC_AttributeMap: JSON.stringify(KEYS), LDAP_Guard_Always_Allowed: 10 };

const toEntries = (people: readonly Has[]) =>
  many(4, (index): Values => {
    const { ou = [], l = [] } = people[index] ?? {};
    return { ou: ou === 'odd' ? Buffer.from([0xff]) : ou, l: l };
  });

type Attributes = Readonly<Record<string, readonly string[]>>;
const read = async (username: string): Promise<Attributes> =>
  Object.fromEntries(
    (((await rooms.attributesOf(username)) ?? []) as { key: string; values: string[] }[]).map(
      ({ key, values }) => [key, values.toSorted()],
    ),
  );
const meets = (own: Attributes, guard: Attributes): boolean =>
  Object.entries(guard).every(([key, values]) => values.every((value) => own[key]?.includes(value)));

/** People, what they have beside the map, and who is in which room. */
async function build({ before, guards, inside, cleared }: World): Promise<void> {
  for (const { name } of await database().connection.listCollections())
    if (!name.startsWith('system.')) await database().connection.collection(name).deleteMany({});
  await sync(toEntries(before));
  for (const name of cleared) await set(name, { abacAttributes: [{ key: 'clearance', values: ['high'] }] });
  await sync(toEntries(before), SETTINGS);
  for (const [index, guard] of guards.entries()) {
    const asked = Object.fromEntries(Object.entries(guard).filter(([, { length }]) => length > 0));
    await rooms.makeGuarded(`r${index}`, asked);
  }
  for (const place of inside) await rooms.put(...(place.split(' ') as [string, string]));
}

const places = async (): Promise<readonly string[]> =>
  Object.entries(await rooms.members()).flatMap(([room, names]) => names.map((name) => `${name} ${room}`));

it('whoever loses a value is in no room that asks for more; nobody else leaves; twice is once; a revert is exact', async () => {
  await holds(10, WORLD, async (world) => {
    await build(world);
    const [inside, users] = [await places(), ['p0', 'p1', 'p2', 'p3']];
    const old = new Map(await Promise.all(users.map(async (name) => [name, await read(name)] as const)));
    const run = await previewThenRun(toEntries(world.after), SETTINGS);
    const now = new Map(await Promise.all(users.map(async (name) => [name, await read(name)] as const)));
    const loses = (name: string): boolean => !meets(now.get(name)!, old.get(name)!);
    const after = await places();
    for (const place of inside) {
      const [name = '', room = ''] = place.split(' ');
      const guard = world.guards[Number(room.slice(1))]!;
      expect([place, after.includes(place)]).toEqual([place, !loses(name) || meets(now.get(name)!, guard)]);
    }
    for (const name of world.cleared) expect(now.get(name)).toMatchObject({ clearance: ['high'] });
    expect(after.filter((place) => !inside.includes(place))).toEqual([]);
    expect(await rooms.disagreements()).toEqual([]);
    if (run.state !== 'completed') expect(users.some(loses)).toBe(false);

    const everything = await rooms.everything();
    await sync(toEntries(world.after), SETTINGS);
    expect(await rooms.everything()).toEqual(everything);

    if (!(await revert(run._id).catch(() => undefined))) return;
    const again = new Map(await Promise.all(users.map(async (name) => [name, await read(name)] as const)));
    for (const name of users) expect(meets(again.get(name)!, old.get(name)!)).toBe(true);
    // Who was in a room without what it asks for does not come back.
    const back = inside.filter((place) => {
      const [name = '', room = ''] = place.split(' ');
      return after.includes(place) || meets(again.get(name)!, world.guards[Number(room.slice(1))]!);
    });
    expect((await places()).toSorted()).toEqual(back.toSorted());
    expect(await collection(ROOMS).countDocuments({ usersCount: { $lt: 0 } })).toBe(0);
  });
});

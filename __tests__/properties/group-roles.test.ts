import fc from 'fast-check';
import type { UserRecord } from '../../models/user.js';
import { ROLES } from '../setup/group-roles.js';
import { expectAsPreviewed } from '../setup/as-previewed.js';
import { holds } from '../setup/holds.js';
import { useLaboratory } from '../setup/laboratory.js';
import { GIVERS, roleWorlds, type RoleWorld } from '../setup/role-worlds.js';

jest.setTimeout(600_000);
const laboratory = useLaboratory();
beforeAll(() => laboratory.furnish('rocketchat_roles', ROLES));

const toList = (roles: unknown): readonly string[] => (Array.isArray(roles) ? (roles as string[]) : []);
const stored = async (): Promise<ReadonlyMap<string, UserRecord>> =>
  new Map((await laboratory.users()).map((user) => [user.username ?? '', user]));
const admins = (users: ReadonlyMap<string, UserRecord>): number =>
  [...users.values()].filter(({ active, roles }) => active === true && toList(roles).includes('admin'))
    .length;
/** Whether the directory shows that somebody is in none of the groups that give a role. */
function isShownOutside(role: string, name: string, { members, showing }: RoleWorld): boolean {
  return (GIVERS[role] ?? []).every(
    (group) => showing[group] === 'whole' && members[group].length > 0 && !members[group].includes(name),
  );
}

function expectRight(
  before: ReadonlyMap<string, UserRecord>,
  after: ReadonlyMap<string, UserRecord>,
  world: RoleWorld,
): void {
  for (const [name, user] of after) {
    const [was, is] = [toList(before.get(name)?.roles), toList(user.roles)];
    for (const lost of was.filter((role) => !is.includes(role))) {
      expect([name, lost, lost in GIVERS]).toEqual([name, lost, true]);
      expect([name, lost, isShownOutside(lost, name, world)]).toEqual([name, lost, true]);
    }
    for (const gained of is.filter((role) => !was.includes(role) && role !== 'user'))
      expect([name, gained, GIVERS[gained]?.some((group) => world.members[group].includes(name))]).toEqual([
        name,
        gained,
        true,
      ]);
    if (was.length > 0 || !before.has(name)) expect([name, is.length > 0]).toEqual([name, true]);
    if (before.has(name) && !Array.isArray(before.get(name)?.roles) && before.get(name)?.roles !== undefined)
      expect(user.roles).toEqual(before.get(name)?.roles);
  }
  if (admins(before) > 0) expect(admins(after)).toBeGreaterThan(0);
}

it('a run takes only mapped roles that the directory shows to be withheld, and leaves everybody one, as previewed', async () => {
  await holds(25, roleWorlds, async (world) => {
    const engine = await laboratory.build(world);
    const before = await stored();
    const preview = await engine.preview();
    expect(await stored()).toEqual(before);
    const run = await engine.sync();
    await expectAsPreviewed(preview, run, engine);
    expectRight(before, await stored(), world);
    if (run.held?.approvable !== true) return;
    await engine.approve(run._id);
    expectRight(before, await stored(), world);
  });
});

it('the same groups once more give nothing to write', async () => {
  await holds(12, roleWorlds, async (world) => {
    const engine = await laboratory.build(world);
    fc.pre((await engine.sync()).state === 'completed');
    const before = await laboratory.dump('users');
    const second = await engine.sync();
    expect([second.state, await laboratory.dump('users')]).toEqual(['completed', before]);
    expect((await engine.changes(second._id)).filter(({ state }) => state === 'done')).toEqual([]);
  });
});

const takingWorlds = roleWorlds.map((world): RoleWorld => {
  const taking = { LDAP_Sync_User_Data_Roles_AutoRemove: true, LDAP_Guard_Always_Allowed: 10 };
  const kept = { LDAP_Background_Sync_Keep_Existant_Users_Updated: true };
  return { ...world, settings: { ...world.settings, ...taking, ...kept } };
});

it('a revert gives every role back at its place, beside what groups have given', async () => {
  await holds(10, takingWorlds, async (world) => {
    const engine = await laboratory.build(world);
    const before = await stored();
    const run = await engine.sync();
    fc.pre(run.state === 'completed' && (run.removed ?? 0) > 0);
    await engine.revert(run._id);
    for (const [name, { roles }] of await stored()) {
      const was = toList(before.get(name)?.roles);
      if (before.has(name)) expect([name, toList(roles).slice(0, was.length)]).toEqual([name, was]);
    }
  });
});

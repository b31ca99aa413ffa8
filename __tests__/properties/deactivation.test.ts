import fc from 'fast-check';
import { isDisabled } from '../../lib/mapping/active-state.js';
import type { UserRecord } from '../../models/user.js';
import { holds } from '../setup/holds.js';
import { toText, useLaboratory } from '../setup/laboratory.js';
import { BASE } from '../setup/memory-directory.js';
import { faults, worlds, type World } from '../setup/worlds.js';

jest.setTimeout(600_000);
const laboratory = useLaboratory();
const cases = fc.record({ world: worlds(2), fault: fc.option(faults, { nil: undefined }) });

/**
 * Whether the directory and the settings together allow that a linked user is switched off; a second opinion,
 * on purpose simpler than the engine's.
 */
function mayBeOff({ services }: UserRecord, { entries, settings }: World): boolean {
  const entry = entries.find(
    ({ dn, attributes }) =>
      dn.endsWith(`,${BASE}`) &&
      attributes.get('entryuuid')?.values[0]?.toString('hex') === services?.ldap?.id,
  );
  if (!settings.LDAP_Background_Sync_Keep_Existant_Users_Updated) return false;
  if (!entry) return settings.LDAP_Background_Sync_Disable_Missing_Users === true;
  return (
    isDisabled(entry) === true && ['disable', 'both'].includes(settings.LDAP_Sync_User_Active_State as string)
  );
}

it('nobody who is in the directory, and not disabled there, is ever switched off, whatever goes wrong', async () => {
  await holds(20, cases, async ({ world, fault }) => {
    const engine = await laboratory.build(world);
    const run = await engine.sync(fault);
    if (run.held?.approvable) await engine.approve(run._id, fault ? { fault } : {});
    await engine.sync();
    const wereOn = new Set(world.users.filter(({ active }) => active).map(({ _id }) => _id));
    // As they are now: a run may have linked somebody whom the directory shows as disabled.
    const wronged = (await laboratory.users()).filter(
      (user) => !user.active && wereOn.has(user._id) && !mayBeOff(user, world),
    );
    expect(wronged).toEqual([]);
  });
});

it('nobody is left without an active administrator', async () => {
  await holds(10, cases, async ({ world, fault }) => {
    const isActiveAdmin = ({ active, roles }: UserRecord): boolean =>
      active === true && roles?.includes('admin') === true;
    fc.pre(world.users.some(isActiveAdmin));
    const engine = await laboratory.build(world);
    const run = await engine.sync(fault);
    if (run.held?.approvable) await engine.approve(run._id);
    expect((await laboratory.users()).some(isActiveAdmin)).toBe(true);
  });
});

it('nobody of the host is changed in any byte, but for who is linked by the settings or by a decision', async () => {
  await holds(15, cases, async ({ world, fault }) => {
    const engine = await laboratory.build(world);
    const run = await engine.sync(fault);
    const approval = run.held?.approvable ? await engine.approve(run._id) : undefined;
    const rows = approval ? await engine.changes(approval._id) : [];
    // What a decided merge does to an account is a subject of its own.
    const decided = new Set(
      rows.flatMap(({ kind, state, userId }) => (kind === 'merge' && state === 'done' ? userId : [])),
    );
    const isMerging = world.settings.LDAP_Merge_Existing_Users === true;
    const after = new Map((await laboratory.users()).map((user) => [user._id, user]));
    for (const before of world.users.filter(({ _id, ldap }) => !ldap && !decided.has(_id))) {
      const user = after.get(before._id)!;
      const isLinked = user.services?.ldap !== undefined;
      if (!isLinked) expect(toText(user)).toBe(toText(before));
      else
        expect([isMerging, before.type, before.active, before.roles]).toEqual([true, 'user', true, ['user']]);
      expect(user).toMatchObject({
        customFields: { team: 'x' },
        services: { password: { bcrypt: 'x' } },
        roles: before.roles,
      });
    }
  });
});

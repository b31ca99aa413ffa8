import fc from 'fast-check';
import { expectAsPreviewed } from '../setup/as-previewed.js';
import { holds } from '../setup/holds.js';
import { usePlanning } from '../setup/planning.js';
import { createStaff, type Staff } from '../setup/staff.js';

const NAMES = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'];
const planning = usePlanning({
  LDAP_Background_Sync_Disable_Missing_Users: true,
  LDAP_Guard_Always_Allowed: 100,
  LDAP_Merge_Existing_Users: true,
});

const BEFALLS = ['stays', 'leaves', 'renamed', 'exchanged', 'loses an address', 'changes'] as const;
const cases = fc.record({
  befalls: fc.array(fc.constantFrom(...BEFALLS), { minLength: NAMES.length, maxLength: NAMES.length }),
  hired: fc.integer({ min: 0, max: 3 }),
  leftOut: fc.subarray(NAMES, { maxLength: 3 }),
});

/** What becomes of somebody in the directory. */
function befall(staff: Staff, name: string, what: (typeof BEFALLS)[number] | undefined): void {
  const next = NAMES[(NAMES.indexOf(name) + 1) % NAMES.length] ?? '';
  if (what === 'leaves') staff.leave(name);
  if (what === 'renamed') staff.rename(name, `${name}x`);
  if (what === 'exchanged') staff.rename(name, next);
  if (what === 'loses an address') staff.change(name, { mail: [`${name}@x.org`] });
  if (what === 'changes') staff.change(name, { telephoneNumber: undefined, cn: 'Else' });
}

it('a plan that is applied to a directory that has not changed does exactly what the plan says', async () => {
  await holds(4, cases, async ({ befalls, hired, leftOut }) => {
    for (const name of ['users', 'ldap_sync_runs', 'ldap_sync_changes', 'ldap_sync_settings_changes'])
      await planning.connection().collection(name).deleteMany({});
    const everybody = '(objectClass=*)';
    await planning.store({ LDAP_User_Search_Filter: everybody });
    const staff = createStaff(NAMES);
    for (const name of NAMES)
      staff.change(name, { mail: [`${name}@x.org`, `${name}@y.org`], telephoneNumber: '1' });
    planning.show(staff.entries());
    await planning.sync();
    for (const [index, name] of NAMES.entries()) befall(staff, name, befalls[index]);
    for (let index = 0; index < hired; index += 1) staff.hire(`new${index}`);
    planning.show(staff.entries());
    const filter = ['(uid=*)', ...leftOut.map((name) => `(!(uid=${name}))`)];
    const preview = await planning.preview({ LDAP_User_Search_Filter: `(&${filter.join('')})` });
    const run = await planning.apply(preview._id);
    const { removals, additions } = run.plan ?? {};
    expect([removals?.notWanted, removals?.notPlanned, additions]).toEqual([
      {},
      {},
      { notWanted: {}, notPlanned: {} },
    ]);
    // What the preview has passed over is not tried again.
    if (Object.keys(run.plan?.removals.passedOver ?? {}).length === 0)
      await expectAsPreviewed(preview, run, planning.engine());
  });
});

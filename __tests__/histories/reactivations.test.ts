import { many, useHistories } from '../setup/histories.js';

const settings = { LDAP_Sync_User_Active_State: 'both', LDAP_Guard_Always_Allowed: 2 };
const people = many(6);
const SWITCHED_OFF = { deactivatedBecause: 'disabled-in-directory', deactivatedByRun: 'earlier' };
const OFF = { nsAccountLock: 'TRUE' };
/** Of six people, so many are disabled. */
const withDisabled = (count: number) =>
  many(6, (index) => (index < count ? OFF : { nsAccountLock: 'FALSE' }));

const { collection, engine, previewThenRun, revert, set, sync, user } = useHistories();

const countOff = () => collection('users').countDocuments({ active: false });

/** So many of six linked people are off, as a run left them. */
async function switchOff(count: number): Promise<void> {
  await sync(people, settings);
  await collection('users').updateMany(
    { username: { $in: Array.from({ length: count }, (_, index) => `p${index}`) } },
    { $set: { active: false, inactiveReason: 'deactivated', ldapSync: SWITCHED_OFF } },
  );
}

describe('people who are enabled in the directory again', () => {
  it('are switched on in the run, while they are few', async () => {
    await switchOff(2);
    const report = await previewThenRun(withDisabled(0), settings);
    expect(report).toMatchObject({ state: 'completed', counts: { reactivated: 2, unchanged: 4 } });
    expect(await user('p0')).toMatchObject({ active: true, ldapSync: { reactivatedByRun: report._id } });
    expect(await user('p0')).not.toHaveProperty('inactiveReason');
  });

  it('wait when they are more than the limit, and are switched on by an approval', async () => {
    await switchOff(3);
    const held = await previewThenRun(withDisabled(0), settings);
    expect(held).toMatchObject({
      state: 'held',
      held: { reactivations: 3, deactivations: 0, approvable: true, code: 'too-many-removals' },
      counts: { reactivated: 0, unchanged: 6 },
    });
    expect(held.held?.remedy).toContain('LDAP_Guard_Reactivations_Percent');
    expect(await countOff()).toBe(3);
    expect(await engine(withDisabled(0), settings).approve(held._id)).toMatchObject({
      state: 'completed',
      counts: { reactivated: 3 },
    });
    expect(await countOff()).toBe(0);
  });

  it('stay off when the list is rejected', async () => {
    await switchOff(3);
    const held = await sync(withDisabled(0), settings);
    await engine(withDisabled(0), settings).reject(held._id);
    expect(await countOff()).toBe(3);
  });

  it('stay off who are disabled again by the time of the approval', async () => {
    await switchOff(3);
    const held = await sync(withDisabled(0), settings);
    expect(await engine(withDisabled(2), settings).approve(held._id)).toMatchObject({
      counts: { reactivated: 1, unchanged: 2 },
    });
    expect(await user('p0')).toMatchObject({ active: false });
  });

  it('wait for a sweep that is complete', async () => {
    await switchOff(1);
    const report = await engine(withDisabled(0), settings).sync({ kind: 'size-limit', afterEntries: 5 });
    expect(report.counts).toMatchObject({ reactivated: 0 });
    expect(await countOff()).toBe(1);
  });
});

describe('a revert of a run that switched people on', () => {
  it('switches them off again, for the reason there was, and signs them out', async () => {
    await switchOff(2);
    const run = await sync(withDisabled(0), settings);
    await set('p0', { 'services.resume': { loginTokens: [{ hashedToken: 'x' }] } });
    const reverted = await revert(run._id);
    expect(reverted).toMatchObject({ state: 'completed', counts: { deactivated: 2 } });
    expect(await user('p0')).toMatchObject({
      active: false,
      inactiveReason: 'deactivated',
      ldapSync: { deactivatedBecause: 'disabled-in-directory', deactivatedByRun: reverted._id },
      services: { resume: { loginTokens: [] } },
    });
  });

  it('leaves whom a later run has switched off and on', async () => {
    await switchOff(1);
    const run = await sync(withDisabled(0), settings);
    await sync(withDisabled(1), settings);
    await sync(withDisabled(0), settings);
    expect(await revert(run._id)).toMatchObject({
      counts: { deactivated: 0, unchanged: 1 },
      attention: [{ username: 'p0', code: 'changed-since' }],
    });
    expect(await countOff()).toBe(0);
  });

  it('leaves the last active administrator on', async () => {
    await switchOff(1);
    await set('p0', { roles: ['admin'] });
    const run = await sync(withDisabled(0), settings);
    expect(await revert(run._id)).toMatchObject({
      counts: { deactivated: 0, unchanged: 1 },
      attention: [{ username: 'p0', code: 'last-administrator' }],
    });
  });
});

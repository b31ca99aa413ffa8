import type { IdentifiedRow } from '../../lib/sync/history/read-account.js';
import { many, useHistories, type Settings } from '../setup/histories.js';

const { changes, collection, engine, revert, sync, user } = useHistories();
const PEOPLE = 6;
/** p0 has expired long ago, the others never will. */
const EXPIRED = many(PEOPLE, (index) => ({ shadowExpire: index === 0 ? '1' : '-1' }));
const TWO_EXPIRED = many(PEOPLE, (index) => ({ shadowExpire: index < 2 ? '1' : '-1' }));
const NOBODY_EXPIRED = many(PEOPLE, () => ({ shadowExpire: '-1' }));
const COUNTING: Settings = { LDAP_Active_State_Attributes: 'shadowexpire' };
const WAITS = {
  state: 'held',
  held: { code: 'decision-needed', deactivations: 1, approvable: true },
  problems: [
    {
      message: expect.stringContaining('shadowExpire counts for the first time') as string,
      setting: 'LDAP_Active_State_Attributes',
    },
    { message: expect.stringContaining('1 change needs a decision') as string },
  ],
};

const isOn = async (username: string): Promise<unknown> => (await user(username))?.active;

describe('an attribute of being disabled that counts for the first time', () => {
  it('switches nobody off where no setting names it', async () => {
    await sync(NOBODY_EXPIRED);
    expect(await sync(EXPIRED)).toMatchObject({ state: 'completed', counts: { unchanged: PEOPLE } });
    expect(await isOn('p0')).toBe(true);
  });

  it('waits for a decision, however few it switches off, and names itself', async () => {
    await sync(EXPIRED);
    const run = await sync(EXPIRED, COUNTING);
    expect(run).toMatchObject(WAITS);
    expect(await changes(run._id)).toMatchObject([
      {
        kind: 'deactivate',
        username: 'p0',
        state: 'waiting',
        disabledBy: 'shadowExpire',
        needsDecision: true,
      },
    ]);
    expect(await isOn('p0')).toBe(true);
  });

  it('waits again with every run until somebody approves it', async () => {
    await sync(EXPIRED);
    const held = await sync(EXPIRED, COUNTING);
    await engine(EXPIRED, COUNTING).reject(held._id);
    expect(await sync(EXPIRED, COUNTING)).toMatchObject(WAITS);
  });

  it('is carried out once approved, and from then on like the others', async () => {
    await sync(EXPIRED);
    const held = await sync(EXPIRED, COUNTING);
    const approval = await engine(EXPIRED, COUNTING).approve(held._id);
    expect(approval).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
    expect(approval.attention[0]?.reason).toContain('is disabled in the directory (shadowExpire)');
    expect(await user('p0')).toMatchObject({ active: false, ldapSync: { deactivatedBy: 'shadowExpire' } });
    expect(await sync(TWO_EXPIRED, COUNTING)).toMatchObject({
      state: 'completed',
      counts: { deactivated: 1 },
    });
    expect(await isOn('p1')).toBe(false);
  });

  it('asks again while not everybody whom it disables has been decided about', async () => {
    await sync(TWO_EXPIRED);
    const held = await sync(TWO_EXPIRED, COUNTING);
    const rows = (await changes(held._id)) as readonly IdentifiedRow[];
    const ids = rows.flatMap(({ username, id }) => (username === 'p0' ? [id] : []));
    await engine(TWO_EXPIRED, COUNTING).approve(held._id, { rows: ids });
    const again = await sync(TWO_EXPIRED, COUNTING);
    expect(again).toMatchObject(WAITS);
    await engine(TWO_EXPIRED, COUNTING).reject(again._id);
    expect(await sync(TWO_EXPIRED, COUNTING)).toMatchObject(WAITS);
    expect([await isOn('p0'), await isOn('p1')]).toEqual([false, true]);
  });

  it('counts once all rows are approved, one approval after the other', async () => {
    await sync(TWO_EXPIRED);
    const held = await sync(TWO_EXPIRED, COUNTING);
    const [first] = (await changes(held._id)) as readonly IdentifiedRow[];
    const now = engine(TWO_EXPIRED, COUNTING);
    await now.approve(held._id, { rows: [first?.id ?? ''] });
    await now.approve(held._id);
    const third = many(PEOPLE, (index) => ({ shadowExpire: index < 3 ? '1' : '-1' }));
    expect(await sync(third, COUNTING)).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
  });

  it('waits, too, when it was named while nobody followed their entries', async () => {
    for (const settings of [
      { LDAP_Sync_User_Active_State: 'none' },
      { LDAP_Background_Sync_Keep_Existant_Users_Updated: false },
    ])
      await sync(EXPIRED, { ...COUNTING, ...settings });
    expect(await sync(EXPIRED, COUNTING)).toMatchObject({ ...WAITS, counts: { deactivated: 0 } });
  });

  it('needs no decision later where nobody had expired when it was named', async () => {
    await sync(NOBODY_EXPIRED);
    await sync(NOBODY_EXPIRED, COUNTING);
    expect(await sync(EXPIRED, COUNTING)).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
  });

  it('needs one anew after it has been taken out of the setting and put back', async () => {
    await sync(NOBODY_EXPIRED, COUNTING);
    await sync(NOBODY_EXPIRED);
    expect(await sync(EXPIRED, COUNTING)).toMatchObject(WAITS);
  });

  it('holds nothing else back', async () => {
    await sync(NOBODY_EXPIRED);
    const entries = many(PEOPLE, (index) => ({
      shadowExpire: index === 0 ? '1' : '-1',
      ...(index === 1 ? { nsAccountLock: 'TRUE' } : {}),
    }));
    expect(await sync(entries, COUNTING)).toMatchObject({ state: 'held', removed: 1 });
    expect([await isOn('p0'), await isOn('p1')]).toEqual([true, false]);
  });

  it('creates a newcomer who has expired switched off at once', async () => {
    await sync(EXPIRED, COUNTING);
    expect([await isOn('p0'), await isOn('p1')]).toEqual([false, true]);
  });

  it('switches on whom it had switched off once it says so no longer, where the policy says so', async () => {
    const settings = { ...COUNTING, LDAP_Sync_User_Active_State: 'both' };
    await sync(NOBODY_EXPIRED, settings);
    const off = await sync(EXPIRED, settings);
    expect(await isOn('p0')).toBe(false);
    await sync(NOBODY_EXPIRED, settings);
    expect(await user('p0')).toMatchObject({ active: true });
    expect((await user('p0'))?.ldapSync).not.toHaveProperty('deactivatedBy');
    expect(await revert(off._id)).toMatchObject({ counts: { reactivated: 0 } });
  });

  it('hides nobody’s state when it has been taken out of the setting', async () => {
    const both = { LDAP_Sync_User_Active_State: 'both' };
    await sync(NOBODY_EXPIRED, { ...both, ...COUNTING });
    await sync(EXPIRED, { ...both, ...COUNTING });
    const run = await sync(
      many(PEOPLE + 1, (index) => ({ shadowExpire: index === 0 ? '1' : '-1' })),
      both,
    );
    expect(run).toMatchObject({ state: 'completed', problems: [], counts: { created: 1, reactivated: 1 } });
    expect(await collection('users').countDocuments({ active: false })).toBe(0);
  });
});

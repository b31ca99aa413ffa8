import type { Fault } from '../setup/memory-directory.js';
import { hex, many, toPerson, useHistories, type Entries, type Values } from '../setup/histories.js';

const { collection, engine, previewThenRun, revert, set, sync, user } = useHistories();
const DISABLE = { LDAP_Sync_User_Active_State: 'disable', LDAP_Guard_Always_Allowed: 2 };
const OFF = { nsAccountLock: 'TRUE' };
/** Of six people the first ones are disabled. */
const withDisabled = (count: number, values: Values = {}): Entries =>
  many(6, (index) => (index < count ? { ...OFF, ...values } : {}));
const isOn = async (username: string) => (await user(username))?.active;

describe('a linked person who is disabled', () => {
  beforeEach(() => sync(many(6), DISABLE));

  it.each<[string, Values, string]>([
    ['has no address any more', { mail: '' }, 'no-email-address'],
    ['has no usable address', { mail: 'x' }, 'unusable-address'],
    ['has bytes for a name', { cn: Buffer.from([0xff]) }, 'attribute-not-text'],
  ])('is switched off though the entry %s, and the row says what is wrong', async (_, values, code) => {
    const report = await previewThenRun(withDisabled(1, values), DISABLE);
    expect(report).toMatchObject({
      state: 'completed',
      counts: { deactivated: 1, rejected: 0, unchanged: 5 },
    });
    expect(report.attention.map((row) => row.code)).toEqual([code, 'switched-off']);
    expect(await isOn('p0')).toBe(false);
  });

  it('and unusable is met by the limit', async () => {
    const report = await previewThenRun(withDisabled(3, { mail: '' }), DISABLE);
    expect(report).toMatchObject({ state: 'held', held: { deactivations: 3 }, counts: { rejected: 3 } });
    expect(await isOn('p0')).toBe(true);
  });

  it.each(['none', 'enable'])('and unusable stays on under "%s"', async (LDAP_Sync_User_Active_State) => {
    // Nothing waits either, however many they are.
    const settings = { ...DISABLE, LDAP_Sync_User_Active_State };
    const report = await sync(withDisabled(3, { mail: '' }), settings);
    expect(report).toMatchObject({ state: 'completed', counts: { deactivated: 0, rejected: 3 } });
  });

  it('stays on when the entry is unusable and says nothing of being disabled', async () => {
    const report = await sync([toPerson('p0', { mail: '' }), ...many(6).slice(1)], DISABLE);
    expect(report.counts).toMatchObject({ deactivated: 0, rejected: 1 });
  });

  it('is switched off with every account that is linked to the entry', async () => {
    await collection('users').dropIndex('services.ldap.id_1');
    await set('p1', { 'services.ldap.id': hex('id-p0') });
    // The entry of p1 itself is a conflict, since that user is linked to another.
    const report = await sync(withDisabled(1), DISABLE);
    expect(report.counts).toMatchObject({ deactivated: 2, conflicted: 1 });
    expect(await Promise.all(['p0', 'p1'].map(isOn))).toEqual([false, false]);
  });

  it('is switched on again by a revert', async () => {
    const run = await sync(withDisabled(1, { mail: '' }), DISABLE);
    expect(await revert(run._id)).toMatchObject({ counts: { reactivated: 1 } });
  });
});

describe('where the sweep proves nothing about those whom it did not show', () => {
  const GO = { ...DISABLE, LDAP_Background_Sync_Disable_Missing_Users: true };
  beforeEach(() => sync(many(6), GO));

  it.each<[string, Fault, string]>([
    ['a size limit', { kind: 'size-limit', afterEntries: 4 }, 'failed'],
    ['a repeated id', { kind: 'repeats', index: 3 }, 'held'],
    ['a search that hides people', { kind: 'hides', every: 6, from: 5 }, 'held'],
  ])('as after %s, whoever is shown as disabled is switched off', async (_, fault, state) => {
    const report = await engine(withDisabled(1), GO).sync(fault);
    expect(report).toMatchObject({ state, counts: { deactivated: 1 } });
    expect(report.held?.deactivations ?? 0).toBe(fault.kind === 'hides' ? 1 : 0);
    expect(report.problems.map(({ message }) => message).join()).toContain('Nobody else was deactivated');
    expect(await collection('users').countDocuments({ active: false })).toBe(1);
    expect(await isOn('p0')).toBe(false);
  });

  it('more than the limit stay on', async () => {
    const report = await engine(withDisabled(3), GO).sync({ kind: 'repeats', index: 5 });
    expect(report).toMatchObject({ state: 'held', held: { deactivations: 3 }, counts: { deactivated: 0 } });
  });

  it('nobody is switched off while an earlier list waits for a decision', async () => {
    const held = await engine(many(3), GO).sync();
    expect(held.state).toBe('held');
    const report = await engine(withDisabled(1), GO).sync({ kind: 'repeats', index: 5 });
    expect(report.counts.deactivated).toBe(0);
    expect(await isOn('p0')).toBe(true);
  });

  it('nobody is switched off by a directory that shows nobody who was known', async () => {
    await collection('users').updateMany({}, { $set: { 'ldapSync.unconfirmedBy': 'r' } });
    await set('p5', { 'ldapSync.unconfirmedBy': null, 'services.ldap.id': hex('elsewhere') });
    const report = await engine(withDisabled(1), GO).sync({ kind: 'repeats', index: 3 });
    expect(report.counts.deactivated).toBe(0);
  });
});

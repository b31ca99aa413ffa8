import { many, toPerson, useHistories, type Values } from '../../setup/histories.js';

const { addressesOf, collection, database, set, sync, user } = useHistories();
const OTHERS = many(3);
const MISSING = { LDAP_Background_Sync_Disable_Missing_Users: true };
const rule = (validator: object) => database().connection.db?.command({ collMod: 'users', validator });

describe('one user whom the database refuses is named, and nobody else waits for them', () => {
  it('when a rule forbids what the directory says', async () => {
    await sync([toPerson('ada'), toPerson('cy'), toPerson('gone'), ...OTHERS], MISSING);
    await rule({ 'emails.address': { $ne: 'forbidden@x.org' }, username: { $ne: 'forbidden' } });
    const run = await sync(
      [
        toPerson('ada', { mail: 'forbidden@x.org' }),
        toPerson('cy', { uid: 'forbidden' }),
        toPerson('p0', { mail: 'new@x.org' }),
        ...OTHERS.slice(1),
      ],
      MISSING,
    );
    expect(run).toMatchObject({ state: 'completed', counts: { failed: 2, updated: 1, deactivated: 1 } });
    expect(run.attention).toContainEqual(
      expect.objectContaining({
        username: 'ada',
        outcome: 'failed',
        reason: expect.stringContaining('refused'),
      }),
    );
    expect(await addressesOf('p0')).toBe('new@x.org');
  });

  it('when a rule forbids them as they are', async () => {
    await sync([toPerson('ada'), toPerson('gone'), ...OTHERS], MISSING);
    await set('ada', { nickname: 'bad' });
    await rule({ nickname: { $ne: 'bad' } });
    const run = await sync(
      [toPerson('ada', { mail: 'new@x.org' }), toPerson('p0', { mail: 'new0@x.org' }), ...OTHERS.slice(1)],
      MISSING,
    );
    expect(run).toMatchObject({ state: 'completed', counts: { failed: 1, updated: 1, deactivated: 1 } });
  });

  it.each([
    ['null', null],
    ['a text', 'x'],
    ['a list', ['x']],
  ])('when services.resume is %s', async (_, resume) => {
    await sync([toPerson('ada'), toPerson('gone'), ...OTHERS], MISSING);
    await set('ada', { 'services.resume': resume });
    expect((await sync(OTHERS, MISSING)).state).toBe('completed');
    expect(await user('gone')).toMatchObject({ active: false });
  });

  it.each([
    ['null', null],
    ['a text', 'x'],
  ])('when ldapSync is %s', async (_, ldapSync) => {
    await sync([toPerson('ada'), toPerson('gone'), ...OTHERS], MISSING);
    await set('ada', { ldapSync });
    expect((await sync([toPerson('ada', { mail: 'new@x.org' }), ...OTHERS], MISSING)).state).toBe(
      'completed',
    );
    expect(await user('gone')).toMatchObject({ active: false });
  });

  it('and with a few the run is completed, with all of many it has failed', async () => {
    await sync(many(12));
    await rule({ name: { $ne: 'Other' } });
    const renamed = (count: number) => many(12, (index): Values => (index < count ? { cn: 'Other' } : {}));
    expect(await sync(renamed(10))).toMatchObject({ state: 'completed', counts: { failed: 10 } });
    expect(await sync(renamed(11))).toMatchObject({
      state: 'failed',
      counts: { failed: 11 },
      problems: expect.arrayContaining([
        expect.objectContaining({ message: expect.stringContaining('refused all 11 users') }),
      ]),
    });
    expect(await sync([...renamed(11), toPerson('new')])).toMatchObject({
      state: 'completed',
      counts: { failed: 11, created: 1 },
    });
  });

  it('when the mark of an earlier version cannot be taken off', async () => {
    await sync([toPerson('ada'), ...OTHERS]);
    await set('ada', { nickname: 'bad', 'ldapSync.claim': 1 });
    await set('p0', { 'ldapSync.claim': 1 });
    await rule({ nickname: { $ne: 'bad' } });
    for (let runs = 0; runs < 2; runs += 1) {
      await collection('ldap_sync_lease').updateOne(
        { _id: 'ldap-sync' as never },
        { $set: { runId: 'dead', expiresAt: new Date(0) }, $unset: { isFreeOfMarks: '' } },
      );
      expect((await sync([toPerson('ada'), ...OTHERS])).state).toBe('completed');
    }
    expect(await user('p0')).not.toHaveProperty('ldapSync');
  });
});

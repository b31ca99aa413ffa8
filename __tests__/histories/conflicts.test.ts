import {
  many,
  toPerson,
  useHistories,
  type Entries,
  type Settings,
  type Values,
} from '../setup/histories.js';

const { addressesOf, collection, engine, previewThenRun, set, sync, user } = useHistories();
const FEW = { LDAP_Guard_Always_Allowed: 2, LDAP_Background_Sync_Disable_Missing_Users: true };

const insertLocal = (...people: object[]) =>
  collection('users').insertMany(people.map((person) => ({ type: 'user', active: true, ...person })));

/** Until a run completes; each held one is approved. */
async function settleDown(entries: Entries, settings: Settings): Promise<void> {
  for (let runs = 0; runs < 3; runs += 1) {
    const run = await sync(entries, settings);
    if (run.state === 'completed') return;
    await engine(entries, settings).approve(run._id);
  }
  throw new Error('It is held again and again.');
}

describe('a conflict that nobody can solve does not hold what others are to lose', () => {
  it('about an address that many share', async () => {
    const shared = many(13, () => ({ mail: 'info@x.org' }));
    await sync([toPerson('gone'), ...many(13)]);
    const held = await sync([toPerson('gone'), ...shared]);
    expect(held).toMatchObject({ state: 'held', held: { clearings: 13 } });
    expect((await engine([toPerson('gone'), ...shared]).approve(held._id)).counts).toMatchObject({
      updated: 1,
      conflicted: 12,
    });
    expect(await previewThenRun([toPerson('gone'), ...shared])).toMatchObject({
      state: 'completed',
      counts: { conflicted: 12 },
    });
    expect(await sync(shared, { LDAP_Background_Sync_Disable_Missing_Users: true })).toMatchObject({
      state: 'completed',
      counts: { conflicted: 12, deactivated: 1 },
    });
  });

  it('about user names that accounts of the host have', async () => {
    await sync([toPerson('gone'), ...many(4)], FEW);
    await insertLocal(...['x0', 'x1', 'x2'].map((username) => ({ _id: username, username })));
    const renamed = many(4, (index): Values => (index < 3 ? { uid: `x${index}` } : {}));
    expect(await sync(renamed, FEW)).toMatchObject({
      state: 'completed',
      counts: { conflicted: 3, deactivated: 1 },
    });
  });

  it('about a chain behind a name that nobody gives up', async () => {
    await sync([toPerson('gone'), ...many(5)], FEW);
    await insertLocal({ _id: 'local', username: 'boss' });
    const chain = many(5, (index): Values =>
      index === 0 ? { uid: 'boss' } : index < 4 ? { uid: `p${index - 1}` } : {},
    );
    await settleDown([toPerson('gone'), ...chain], FEW);
    expect(await sync(chain, FEW)).toMatchObject({
      state: 'completed',
      counts: { conflicted: 4, deactivated: 1 },
    });
  });

  it('about people in a circle, of whom one does not get what he wants', async () => {
    await sync([toPerson('gone'), ...many(5)], FEW);
    await insertLocal({ _id: 'local', username: 'local', emails: [{ address: 'boss@x.org' }] });
    const broken = many(5, (index): Values =>
      index === 4 ? {} : { mail: [`p${(index + 1) % 4}@x.org`, ...(index === 2 ? ['boss@x.org'] : [])] },
    );
    await settleDown([toPerson('gone'), ...broken], FEW);
    expect(await sync(broken, FEW)).toMatchObject({
      state: 'completed',
      counts: { conflicted: 4, deactivated: 1 },
    });
  });

  it('about addresses that are made of user names, though no entry has one of its own', async () => {
    const settings = { LDAP_Default_Domain: 'x.org', LDAP_Background_Sync_Disable_Missing_Users: true };
    const mailless = (name: string, uid = name) => toPerson(name, { uid, mail: [] });
    await sync(
      ['gone', 'p0', 'p1', 'p2'].map((name) => mailless(name)),
      settings,
    );
    await insertLocal(
      ...['n0', 'n1'].map((name) => ({
        _id: name,
        username: `${name}-local`,
        emails: [{ address: `${name}@x.org`, verified: true }],
      })),
    );
    const renamed = [mailless('p0', 'n0'), mailless('p1', 'n1'), mailless('p2')];
    await settleDown([mailless('gone'), ...renamed], settings);
    expect(await sync(renamed, settings)).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
    expect(await user('gone')).toMatchObject({ active: false });
  });

  it('about somebody who only changes the case of an address that others want', async () => {
    const settings = { LDAP_Guard_Always_Allowed: 1 };
    await sync([toPerson('a', { mail: ['a@x.org', 'z@x.org'] }), ...many(4)], settings);
    expect(
      await sync(
        [
          toPerson('a', { mail: 'A@x.org' }),
          ...many(4, (index): Values => (index < 2 ? { mail: 'a@x.org' } : {})),
        ],
        settings,
      ),
    ).toMatchObject({ state: 'completed', counts: { updated: 1, conflicted: 2 } });
  });
});

describe('whoever can lose something counts', () => {
  it('while those who have what they want give it up', async () => {
    await sync(many(4), FEW);
    const chain = many(4, (index) => ({ mail: index === 3 ? 'new@x.org' : `p${index + 1}@x.org` }));
    expect(await sync(chain, FEW)).toMatchObject({ state: 'held', held: { clearings: 4 } });
  });

  it('while two have it in two cases, and both give it up', async () => {
    await sync(many(6), FEW);
    await set('p0', { emails: [{ address: 'Info@x.org', verified: true }] });
    await set('p1', { emails: [{ address: 'info@x.org', verified: true }] });
    const changed = many(6, (index): Values =>
      index < 2 ? { mail: `new${index}@x.org` } : index === 2 ? { mail: 'info@x.org' } : {},
    );
    expect(await sync(changed, FEW)).toMatchObject({ state: 'held', held: { clearings: 3 } });
    expect(await addressesOf('p2')).toBe('p2@x.org');
  });

  it('while two have a user name in two cases, and both give it up', async () => {
    await sync(many(5), FEW);
    await set('p0', { username: 'Info' });
    await set('p1', { username: 'info' });
    expect(
      await sync(
        many(5, (index): Values => ({ uid: index < 2 ? `new${index}` : index === 2 ? 'info' : `p${index}` })),
        FEW,
      ),
    ).toMatchObject({ state: 'held', held: { renames: 3 } });
  });
});

describe('what a held report counts is what its list has', () => {
  it('with those who cannot lose anything', async () => {
    await sync(many(8), FEW);
    await insertLocal(...['x0', 'x1', 'x2'].map((username) => ({ _id: username, username })));
    expect(
      await sync(
        many(8, (index): Values => ({
          uid: index < 3 ? `x${index}` : index < 6 ? `new${index}` : `p${index}`,
        })),
        FEW,
      ),
    ).toMatchObject({ state: 'held', held: { renames: 6, reason: expect.stringContaining('3 of 8') } });
  });

  it('when it is held only because an earlier list waits', async () => {
    await sync(many(5), FEW);
    const renamed = many(5, (index): Values => (index < 3 ? { uid: `x${index}` } : {}));
    await sync(renamed, FEW);
    await insertLocal(...['x0', 'x1', 'x2'].map((username) => ({ _id: username, username })));
    expect(await sync(renamed, FEW)).toMatchObject({
      state: 'held',
      held: { renames: 3, reason: expect.stringContaining('nobody has approved') },
    });
  });
});

it('an address with a capital is free for the next once somebody has given it up, in a preview as in a run', async () => {
  await sync(many(4));
  await set('p0', {
    emails: [
      { address: 'p0@x.org', verified: true },
      { address: 'Info@x.org', verified: true },
    ],
  });
  expect(
    (await previewThenRun(many(4, (index): Values => (index === 1 ? { mail: 'info@x.org' } : {})))).counts,
  ).toMatchObject({ updated: 2, conflicted: 0 });
  expect(await addressesOf('p1')).toBe('info@x.org');
});

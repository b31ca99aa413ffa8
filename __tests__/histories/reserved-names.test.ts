import { hex, many, toLinkedUser, toPerson, useHistories, type Values } from '../setup/histories.js';

const { beforeReread, changes, collection, engine, previewThenRun, revert, sync, user } = useHistories();

const team = (name: string) => collection('rocketchat_team').insertOne({ _id: name as never, name });
const LINK = (name: string) => ({ id: hex(`id-${name}`), idAttribute: 'entryUUID' });

describe('a newcomer with a reserved user name', () => {
  it.each([
    ['system', 'Accounts_SystemBlockedUsernameList'],
    ['boss', 'Accounts_BlockedUsernameList'],
    ['here', 'mentions'],
    ['sales', 'teams'],
  ])('is rejected, and the others are created: %s', async (uid, by) => {
    await team('Sales');
    const settings = { Accounts_BlockedUsernameList: 'root, Boss' };
    const run = await previewThenRun([...many(4), toPerson('x', { uid })], settings);
    expect(run).toMatchObject({
      state: 'completed',
      counts: { created: 4, rejected: 1 },
      attention: [{ outcome: 'rejected', code: 'username-reserved', params: { username: uid, by } }],
    });
    expect(await user(uid)).toBeNull();
  });

  it('is created once the name is taken from the list', async () => {
    const settings = { Accounts_SystemBlockedUsernameList: 'admin' };
    expect(await sync([toPerson('system')], settings)).toMatchObject({ counts: { created: 1 } });
  });

  it('is not created when a team gets the name before the transaction', async () => {
    await sync(many(1));
    const lookUps = stealNameOf('sales');
    const run = await sync([...many(1), toPerson('sales')]);
    lookUps.restore();
    expect(run).toMatchObject({
      counts: { created: 0, conflicted: 1 },
      attention: [{ code: 'names-taken-meanwhile' }],
    });
    expect(await user('sales')).toBeNull();
  });
});

/** After the first look-up of teams by name, one is founded. */
function stealNameOf(name: string): { restore(): void } {
  const teams = collection('rocketchat_team');
  const original = teams.find.bind(teams);
  let asked = 0;
  const spy = jest.spyOn(teams, 'find').mockImplementation(((filter: object, options: object) => {
    const cursor = original(filter as never, options as never);
    if (!JSON.stringify(filter).includes(name)) return cursor;
    asked += 1;
    if (asked !== 1) return cursor;
    const toArray = cursor.toArray.bind(cursor);
    cursor.toArray = async () => {
      const found = await toArray();
      await teams.insertOne({ _id: name as never, name });
      return found;
    };
    return cursor;
  }) as never);
  return { restore: () => spy.mockRestore() };
}

describe('a user whom the directory wants to give a reserved name', () => {
  const renamed = [...many(3), toPerson('ada', { uid: 'here', cn: 'Ada' })];
  beforeEach(() => sync([...many(3), toPerson('ada')]));

  it('keeps the name, gets everything else, and counts as a conflict, in a preview too', async () => {
    const run = await previewThenRun(renamed);
    expect(run).toMatchObject({
      state: 'completed',
      removed: 0,
      counts: { conflicted: 1, updated: 0, unchanged: 3 },
      attention: [{ outcome: 'conflicted', code: 'username-reserved', username: 'ada' }],
    });
    expect(await user('ada')).toMatchObject({ name: 'Ada' });
    expect(await changes(run._id)).toMatchObject([{ kind: 'write', outcome: 'updated', username: 'ada' }]);
  });

  it('is told of in every run while nothing else is written', async () => {
    await sync(renamed);
    expect(await sync(renamed)).toMatchObject({
      counts: { conflicted: 1, unchanged: 3 },
      attention: [{ code: 'username-reserved' }],
    });
    expect(await sync([...many(3), toPerson('ada', { cn: 'Ada' })])).toMatchObject({
      counts: { unchanged: 4 },
      attention: [],
    });
  });

  it('does not count for the limit of renamings', async () => {
    const settings = { LDAP_Guard_Always_Allowed: 1 };
    const both = [
      ...many(3, (i): Values => (i === 0 ? { uid: 'q0' } : {})),
      toPerson('ada', { uid: 'here' }),
    ];
    expect(await sync(both, settings)).toMatchObject({ state: 'completed', removed: 1 });
    expect(await user('q0')).not.toBeNull();
  });

  it('is not renamed by an approval after a team got the name', async () => {
    const settings = { LDAP_Guard_Always_Allowed: 1 };
    const all = [...many(3, (i) => ({ uid: `q${i}` })), toPerson('ada', { uid: 'sales' })];
    const held = await sync(all, settings);
    expect(held).toMatchObject({ state: 'held', held: { renames: 4 } });
    await team('SALES');
    const approval = await engine(all, settings).approve(held._id);
    expect(approval).toMatchObject({
      removed: 3,
      attention: [{ username: 'ada', code: 'username-reserved', params: { by: 'teams' } }],
    });
    expect(await user('ada')).not.toBeNull();
  });

  it('is not renamed when a team gets the name right before the transaction', async () => {
    beforeReread(() => team('sales'));
    const run = await sync([...many(3), toPerson('ada', { uid: 'sales' })]);
    expect(run).toMatchObject({
      removed: 0,
      counts: { conflicted: 1 },
      attention: [{ code: 'username-taken', reason: expect.stringContaining('team') }],
    });
    expect(await user('ada')).not.toBeNull();
  });

  it('is renamed neither where the name does not fit the pattern of Rocket.Chat', async () => {
    const settings = { UTF8_Names_Slugify: false };
    const run = await sync([...many(3), toPerson('ada', { uid: 'adé' })], settings);
    expect(run).toMatchObject({ attention: [{ code: 'username-not-allowed', params: { username: 'adé' } }] });
    expect(
      await sync([...many(3), toPerson('ada', { uid: 'adé' })], {
        ...settings,
        UTF8_User_Names_Validation: '[a-zé]+',
      }),
    ).toMatchObject({ removed: 1, attention: [] });
  });
});

describe('a user who has a reserved name already', () => {
  const system = () =>
    collection('users').insertOne(toLinkedUser('system', LINK('system'), { importIds: [] }));

  it('is left alone', async () => {
    await system();
    const run = await sync([...many(1), toPerson('system')]);
    expect(run).toMatchObject({ state: 'completed', attention: [] });
    expect(await user('system')).toMatchObject({ active: true });
    expect((await sync([...many(1), toPerson('system')])).counts).toMatchObject({ unchanged: 2 });
  });

  it('gets it in another case', async () => {
    await system();
    const settings = { UTF8_Names_Slugify: false };
    const run = await sync([...many(1), toPerson('system', { uid: 'System' })], settings);
    expect(run).toMatchObject({ removed: 1, attention: [] });
    expect(await user('System')).not.toBeNull();
  });

  it('gets it back when a renaming is reverted', async () => {
    await system();
    const run = await sync([...many(1), toPerson('system', { uid: 'sys' })]);
    expect(await user('sys')).not.toBeNull();
    await revert(run._id);
    expect(await user('system')).not.toBeNull();
  });

  it('lets a newcomer with that name meet a conflict, not a second account', async () => {
    await collection('users').insertOne({ _id: 'root' as never, username: 'admin', type: 'user' });
    expect(await sync([toPerson('admin')])).toMatchObject({
      counts: { created: 0, conflicted: 1 },
      attention: [{ code: 'names-belong-to-another' }],
    });
  });
});

describe('an unusable pattern of user names', () => {
  it('ends the run before anybody is written, with the remedy', async () => {
    const run = await sync(many(1), { UTF8_User_Names_Validation: '(?=a).*' });
    expect(run).toMatchObject({
      state: 'failed',
      problems: [
        { setting: 'UTF8_User_Names_Validation', remedy: expect.stringContaining('without look-around') },
      ],
    });
  });
});

import { createChatRooms, ROOMS, SUBSCRIPTIONS } from '../setup/chat-rooms.js';
import { many, toPerson, useHistories } from '../setup/histories.js';

const histories = useHistories();
const { before, changes, collection, database, engine, killAt, previewThenRun, set, sync, user } = histories;
const { find, id, insert } = createChatRooms(histories);

type Room = Readonly<Record<string, unknown>>;
const toRoom = (_id: string, fields: Room = {}): Room => ({
  _id,
  t: 'c',
  name: _id,
  default: true,
  usersCount: 1,
  msgs: 7,
  ...fields,
});

/** A chat server with these rooms. */
async function open(...rooms: readonly Room[]): Promise<void> {
  await insert(ROOMS, ...rooms);
  await database().connection.createCollection(SUBSCRIPTIONS);
}

const ADA = [toPerson('ada', { cn: 'Ada Lovelace' })];
const ADA_AND_BOB = [...ADA, toPerson('bob')];

async function roomsOf(username: string): Promise<readonly string[]> {
  const joined = await collection(SUBSCRIPTIONS)
    .find({ 'u._id': await id(username) })
    .sort({ rid: 1 })
    .toArray();
  return joined.map(({ rid }) => rid as string);
}
const countOf = async (rid: string): Promise<unknown> => (await find(ROOMS, rid))?.['usersCount'];

describe('a newcomer', () => {
  it('joins the default channels silently, with the documents of Rocket.Chat', async () => {
    await open(toRoom('GENERAL', { fname: 'General', customFields: { a: 1 }, favorite: true }));
    expect(await sync(ADA)).toMatchObject({ counts: { created: 1 }, defaultChannels: 1, joined: 1 });
    const [subscription, ...others] = await collection(SUBSCRIPTIONS).find({}).toArray();
    expect(others).toEqual([]);
    expect(subscription).toEqual({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      open: true,
      alert: true,
      unread: 1,
      userMentions: 1,
      groupMentions: 0,
      ts: expect.any(Date),
      rid: 'GENERAL',
      name: 'GENERAL',
      fname: 'General',
      customFields: { a: 1 },
      t: 'c',
      u: { _id: await id('ada'), username: 'ada', name: 'Ada Lovelace' },
      f: true,
      _updatedAt: expect.any(Date),
    });
    expect(await find(ROOMS, 'GENERAL')).toMatchObject({
      usersCount: 2,
      msgs: 7,
      _updatedAt: expect.any(Date),
    });
    const ada = await user('ada');
    expect(ada).toMatchObject({ __rooms: ['GENERAL'] });
    expect(ada).not.toHaveProperty('ldapSync');
    expect(await collection('rocketchat_message').countDocuments({})).toBe(0);
  });

  it('joins a default group, and of a default team the rooms that its members join, but not the team', async () => {
    await open(
      toRoom('p1', { t: 'p' }),
      toRoom('main', { teamId: 't1', teamMain: true }),
      toRoom('auto', { default: false, teamId: 't1', teamDefault: true }),
      toRoom('other', { default: false, teamId: 't1' }),
      toRoom('elsewhere', { default: false, teamId: 't2', teamDefault: true }),
      toRoom('d1', { t: 'd' }),
      toRoom('guarded', { t: 'p', abacAttributes: [{ key: 'a', values: ['b'] }] }),
      toRoom('unguarded', { abacAttributes: [] }),
    );
    await sync(ADA);
    expect(await roomsOf('ada')).toEqual(['auto', 'main', 'p1', 'unguarded']);
    expect(await collection('rocketchat_team_member').countDocuments({})).toBe(0);
  });

  it('joins although the directory shows the person as disabled', async () => {
    await open(toRoom('c1'));
    await sync([toPerson('ada', { nsAccountLock: 'TRUE' })]);
    expect(await user('ada')).toMatchObject({ active: false });
    expect(await roomsOf('ada')).toEqual(['c1']);
  });

  it('joins nothing where LDAP_Sync_Default_Channels is off', async () => {
    await open(toRoom('c1'));
    expect(await sync(ADA, { LDAP_Sync_Default_Channels: false })).not.toHaveProperty('defaultChannels');
    await sync(ADA_AND_BOB);
    expect([await roomsOf('ada'), await roomsOf('bob')]).toEqual([[], ['c1']]);
  });

  it.each([
    ['no rooms', []],
    ['rooms of which nobody says who is in them', [toRoom('c1')]],
  ])('makes no collection on a host with %s', async (_what, rooms) => {
    if (rooms.length > 0) await insert(ROOMS, ...rooms);
    await sync(ADA);
    const names = (await database().connection.listCollections()).map(({ name }) => name);
    expect(names).not.toContain(SUBSCRIPTIONS);
    if (rooms.length === 0) expect(names).not.toContain(ROOMS);
    expect(await user('ada')).not.toHaveProperty('ldapSync');
  });

  it('who has a subscription already joins once', async () => {
    await open(toRoom('c1'));
    before({ collection: SUBSCRIPTIONS, method: 'insertMany' }, async () =>
      insert(SUBSCRIPTIONS, { _id: 's', rid: 'c1', u: { _id: await id('ada'), username: 'ada' } }),
    );
    await collection(SUBSCRIPTIONS).createIndex({ rid: 1, 'u._id': 1 }, { unique: true });
    expect(await sync(ADA_AND_BOB)).toMatchObject({ state: 'completed', joined: 1 });
    expect([await roomsOf('ada'), await roomsOf('bob')]).toEqual([['c1'], ['c1']]);
    expect(await countOf('c1')).toBe(2);
  });
});

describe('a run', () => {
  it('writes nothing the second time', async () => {
    await open(toRoom('c1'));
    await sync(ADA);
    const was = [await find(ROOMS, 'c1'), await user('ada')];
    expect(await sync(ADA)).not.toHaveProperty('joined');
    expect([await find(ROOMS, 'c1'), await user('ada')]).toEqual(was);
  });

  it('is shown by its preview, which lets nobody join', async () => {
    await open(toRoom('c1'), toRoom('c2'));
    const preview = await engine(ADA_AND_BOB).preview();
    expect(preview).toMatchObject({ counts: { created: 2 }, defaultChannels: 2 });
    expect(preview).not.toHaveProperty('joined');
    expect(await countOf('c1')).toBe(1);
    await previewThenRun(ADA_AND_BOB);
    expect(await roomsOf('bob')).toEqual(['c1', 'c2']);
  });

  it('changes the number of members once for fifty people', async () => {
    await open(toRoom('c1'));
    let updates = 0;
    const isMeant = (): boolean => {
      updates += 1;
      return false;
    };
    before({ collection: ROOMS, method: 'updateOne', isMeant }, () => undefined);
    expect(await sync(many(60))).toMatchObject({ joined: 60 });
    expect([updates, await countOf('c1')]).toEqual([2, 61]);
  });

  it.each([
    ['before anybody joins', { collection: SUBSCRIPTIONS, method: 'insertMany' }],
    ['before the number of members is changed', { collection: ROOMS, method: 'updateOne' }],
    ['between two rooms', { collection: ROOMS, method: 'updateOne', nth: 2 }],
  ] as const)('that is killed %s is finished by the next', async (_when, moment) => {
    await open(toRoom('c1'), toRoom('c2'));
    await killAt(moment, () => sync(ADA));
    await sync(ADA);
    expect(await roomsOf('ada')).toEqual(['c1', 'c2']);
    expect([await countOf('c1'), await countOf('c2')]).toEqual([2, 2]);
    expect((await user('ada'))?.['ldapSync']).toBeUndefined();
  });

  it('that finishes another brings nobody back who has left since', async () => {
    await open(toRoom('c1'), toRoom('c2'));
    await killAt({ collection: ROOMS, method: 'updateOne', nth: 2 }, () => sync(ADA));
    await collection(SUBSCRIPTIONS).deleteMany({ rid: 'c1' });
    await sync(ADA);
    expect(await roomsOf('ada')).toEqual(['c2']);
  });

  it('that finishes another lets nobody into a room that is no default room any more', async () => {
    await open(
      toRoom('GENERAL'),
      toRoom('closed'),
      toRoom('team', { teamId: 't', teamMain: true }),
      toRoom('inner', { t: 'p', default: false, teamId: 't', teamDefault: true }),
      toRoom('left', { t: 'p', default: false, teamId: 't', teamDefault: true }),
    );
    await killAt({ collection: ROOMS, method: 'updateOne', nth: 1 }, () => sync(ADA));
    expect(await roomsOf('ada')).toEqual([]);
    await collection(ROOMS).updateOne({ _id: 'closed' as never }, { $set: { t: 'p', default: false } });
    await collection(ROOMS).updateOne({ _id: 'left' as never }, { $unset: { teamDefault: '' } });
    expect(await sync(ADA)).toMatchObject({ state: 'completed', joined: 3 });
    expect(await roomsOf('ada')).toEqual(['GENERAL', 'inner', 'team']);
    expect((await user('ada'))?.['ldapSync']).toBeUndefined();
  });

  it('goes on when a room is gone, or its document cannot be written', async () => {
    await open(toRoom('c1'), toRoom('c2', { usersCount: 'many' }), toRoom('c3'));
    before({ collection: SUBSCRIPTIONS, method: 'insertMany' }, () =>
      collection(ROOMS).deleteMany({ _id: 'c3' as never }),
    );
    const run = await sync(ADA);
    expect(run).toMatchObject({ state: 'completed', joined: 1 });
    expect(run.problems).toEqual([expect.objectContaining({ message: expect.stringContaining('c2') })]);
    expect(await roomsOf('ada')).toEqual(['c1']);
    await collection(ROOMS).updateOne({ _id: 'c2' as never }, { $set: { usersCount: 4 } });
    await sync(ADA);
    expect(await roomsOf('ada')).toEqual(['c1', 'c2']);
  });

  it('tells nothing of rooms in the history, and its revert leaves newcomers where they are', async () => {
    await open(toRoom('c1'));
    const run = await sync(ADA);
    expect((await changes(run._id)).flatMap(({ fields }) => fields.map(({ field }) => field))).not.toContain(
      'joins',
    );
    await histories.revert(run._id);
    expect(await roomsOf('ada')).toEqual(['c1']);
  });

  it('says so when there are more default channels than a newcomer joins', async () => {
    await open(...Array.from({ length: 101 }, (_, index) => toRoom(`c${index}`)));
    const run = await sync(ADA);
    expect(run).toMatchObject({ defaultChannels: 100, joined: 100 });
    expect(run.problems).toEqual([
      expect.objectContaining({ message: expect.stringContaining('more than 100 default channels') }),
    ]);
  });

  it('passes over what somebody else has put in the place of the note', async () => {
    await open(toRoom('c1'));
    await sync(ADA_AND_BOB);
    await set('ada', { ldapSync: { joins: 'c1', unfinished: ['joins'] } });
    await set('bob', { ldapSync: { joins: [7, 'gone'], unfinished: ['joins'] } });
    expect(await sync(ADA_AND_BOB)).toMatchObject({ state: 'completed', problems: [] });
  });
});

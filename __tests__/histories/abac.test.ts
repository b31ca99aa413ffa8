import { ABAC, createAbacRooms, EVENTS, toAttributes } from '../setup/abac.js';
import { ROOMS, SUBSCRIPTIONS } from '../setup/chat-rooms.js';
import { many, toPerson, useHistories, type Values } from '../setup/histories.js';
import { MESSAGES, TRASH } from '../setup/rooms-of-groups.js';

const histories = useHistories();
const { changes, collection, engine, previewThenRun, set, sync, user } = histories;
const rooms = createAbacRooms(histories);

/** Ada, and others who have a value of everything. */
const people = (values: Values, count = 4) => [
  toPerson('ada', values),
  ...many(count, () => ({ ou: 'cs', l: 'Graz' })),
];
const HEX = expect.stringMatching(/^[0-9a-f]{24}$/);

describe('people get their ABAC attributes', () => {
  it('as Rocket.Chat stores them, new and known users, with an event of the audit for each', async () => {
    await sync([toPerson('ada')]);
    const run = await previewThenRun(
      people({ ou: ['math', ' cs '], departmentNumber: '7', l: 'Linz' }),
      ABAC,
    );
    expect(run).toMatchObject({ state: 'completed', counts: { updated: 1, created: 4 }, problems: [] });
    expect(await rooms.attributesOf('ada')).toEqual([
      { key: 'department', values: ['cs', 'math', '7'] },
      { key: 'site', values: ['Linz'] },
    ]);
    expect(await rooms.attributesOf('p0')).toEqual(toAttributes({ department: ['cs'], site: ['Graz'] }));
    expect(await collection(EVENTS).countDocuments({})).toBe(5);
    const { _id } = (await user('ada'))!;
    expect(await collection(EVENTS).find({ 'data.value._id': _id }).toArray()).toEqual([
      {
        _id: HEX,
        t: 'abac.subject.attribute.changed',
        ts: expect.any(Date),
        actor: { type: 'system' },
        data: [
          { key: 'subject', value: { _id, username: 'ada' } },
          { key: 'reason', value: 'ldap-sync' },
          { key: 'diff', value: toAttributes({ department: ['cs', 'math', '7'], site: ['Linz'] }) },
        ],
        _updatedAt: expect.any(Date),
      },
    ]);
    const told = (await changes(run._id)).filter(({ fields }) =>
      fields.some(({ field }) => field === 'abacAttributes'),
    );
    expect(told).toHaveLength(5);
  });

  it('and a second run writes nothing, whatever the order of the values', async () => {
    await sync(people({ ou: ['b', 'a'], l: 'Graz' }), ABAC);
    const before = await rooms.everything();
    expect((await previewThenRun(people({ ou: ['a', 'b'], l: 'Graz' }), ABAC)).counts.unchanged).toBe(5);
    expect(await rooms.everything()).toEqual(before);
    // As Rocket.Chat may have stored them.
    await set('ada', { abacAttributes: toAttributes({ site: ['Graz'], department: ['b', 'a'] }) });
    expect((await sync(people({ ou: ['a', 'b'], l: 'Graz' }), ABAC)).counts.unchanged).toBe(5);
  });

  it('and nobody gets any, and no audit is made, while the switch, ABAC or the decider is off', async () => {
    for (const off of [
      { LDAP_Background_Sync_ABAC_Attributes: false },
      { ABAC_Enabled: false },
      { ABAC_PDP_Type: 'virtru' },
    ])
      await sync(people({ ou: 'math' }), { ...ABAC, ...off });
    expect(await rooms.attributesOf('ada')).toBeUndefined();
    const known = await histories.database().connection.listCollections();
    expect(known.map(({ name }) => name)).not.toContain(EVENTS);
  });

  it('and keep the keys that no map names, and what cannot be read', async () => {
    await sync([toPerson('ada')]);
    const own = [{ key: 'clearance', values: ['high'] }, { key: 3 }];
    await set('ada', { abacAttributes: own });
    await previewThenRun(people({ ou: 'math' }), ABAC);
    expect(await rooms.attributesOf('ada')).toEqual([...own, { key: 'department', values: ['math'] }]);
    await previewThenRun(people({}), ABAC);
    expect(await rooms.attributesOf('ada')).toEqual(own);
  });

  it('but not where something stands there that is no list, which is told', async () => {
    await sync([toPerson('ada')]);
    await set('ada', { abacAttributes: 'odd' });
    const run = await previewThenRun(people({ ou: 'math' }), ABAC);
    expect(await rooms.attributesOf('ada')).toBe('odd');
    expect(run.attention).toMatchObject([{ code: 'abac-attributes-in-the-way', username: 'ada' }]);
  });
});

describe('whoever loses an ABAC attribute', () => {
  beforeEach(async () => {
    await sync(people({ ou: ['math', 'cs'], l: 'Graz' }), ABAC);
    await rooms.makeGuarded('lab', { department: ['math'] });
    await rooms.makeGuarded('office', { department: ['cs'], site: ['Graz'] });
    await rooms.make('open');
    for (const name of ['ada', 'p0'])
      for (const room of ['lab', 'office', 'open']) await rooms.put(name, room);
    await collection(EVENTS).deleteMany({});
  });

  it('leaves in the same moment every room that asks for it, and no other', async () => {
    const ada = (await user('ada'))!;
    const subscription = await collection(SUBSCRIPTIONS).findOne({ _id: 'S-lab-ada' as never });
    const run = await previewThenRun(people({ ou: 'cs', l: 'Graz' }), ABAC);
    expect(run).toMatchObject({ state: 'completed', counts: { updated: 1, unchanged: 4 } });
    expect(await rooms.attributesOf('ada')).toEqual(toAttributes({ department: ['cs'], site: ['Graz'] }));
    // Whoever loses nothing stays, though the room asks for what they do not have.
    expect(await rooms.members()).toEqual({ lab: ['p0'], office: ['ada', 'p0'], open: ['ada', 'p0'] });
    expect(await rooms.disagreements()).toEqual([]);
    expect((await user('ada'))?.['__rooms']).toEqual(['R-office', 'R-open']);
    expect(await collection(MESSAGES).find({}).toArray()).toEqual([
      {
        _id: HEX,
        t: 'abac-removed-user-from-room',
        rid: 'R-lab',
        ts: expect.any(Date),
        msg: 'ada',
        u: { _id: ada['_id'], username: 'ada', name: 'Somebody' },
        groupable: false,
        _updatedAt: expect.any(Date),
      },
    ]);
    expect(await collection(ROOMS).findOne({ name: 'lab' })).toMatchObject({ usersCount: 1, msgs: 1 });
    expect(await collection(TRASH).find({}).toArray()).toEqual([
      { ...subscription, _deletedAt: expect.any(Date), __collection__: 'subscription' },
    ]);
    const subject = { _id: ada['_id'], username: 'ada' };
    expect(await rooms.audit()).toEqual([
      {
        t: 'abac.subject.attribute.changed',
        subject,
        reason: 'ldap-sync',
        diff: toAttributes({ department: ['cs'] }),
      },
      {
        t: 'abac.action.performed',
        action: 'revoked-object-access',
        reason: 'ldap-sync',
        subject,
        object: { _id: 'R-lab', name: 'lab' },
      },
    ]);
    expect(await changes(run._id)).toMatchObject([
      {
        kind: 'clear',
        state: 'done',
        fields: [
          {
            field: 'abacAttributes',
            from: toAttributes({ department: ['cs', 'math'], site: ['Graz'] }),
            to: toAttributes({ department: ['cs'], site: ['Graz'] }),
          },
        ],
        reason: expect.stringContaining('lab'),
      },
    ]);
    const before = await rooms.everything();
    expect((await sync(people({ ou: 'cs', l: 'Graz' }), ABAC)).counts.unchanged).toBe(5);
    expect(await rooms.everything()).toEqual(before);
  });

  it('leaves every guarded room with the last attribute, and the field is gone', async () => {
    await previewThenRun(people({}), ABAC);
    expect(Object.keys((await user('ada'))!)).not.toContain('abacAttributes');
    expect(await rooms.members()).toEqual({ lab: ['p0'], office: ['p0'], open: ['ada', 'p0'] });
    expect((await rooms.audit())[0]).toMatchObject({
      diff: toAttributes({ department: ['cs', 'math'], site: ['Graz'] }),
    });
  });

  it('leaves a room that asks for several values, of which one is lost', async () => {
    await rooms.makeGuarded('both', { department: ['cs', 'math'] });
    await rooms.put('ada', 'both');
    await previewThenRun(people({ ou: 'cs', l: 'Graz' }), ABAC);
    expect(await rooms.members()).toMatchObject({ both: [], office: ['ada', 'p0'] });
  });

  it('gets the new value first, and leaves only what asks for the old one', async () => {
    await rooms.makeGuarded('studio', { department: ['art'] });
    await rooms.put('ada', 'studio');
    const run = await previewThenRun(people({ ou: ['art', 'cs'], l: 'Graz' }), ABAC);
    expect(await rooms.members()).toMatchObject({ lab: ['p0'], studio: ['ada'], office: ['ada', 'p0'] });
    expect((await changes(run._id)).map(({ kind, state }) => [kind, state])).toEqual([
      ['write', 'done'],
      ['clear', 'done'],
    ]);
    expect((await rooms.audit()).map(({ diff }) => diff)).toEqual([
      toAttributes({ department: ['art', 'cs', 'math'] }),
      toAttributes({ department: ['art', 'cs'] }),
      undefined,
    ]);
  });

  it('leaves also as the last owner, and the report says that the room has none', async () => {
    await collection(SUBSCRIPTIONS).updateOne({ _id: 'S-lab-ada' as never }, { $set: { roles: ['owner'] } });
    const run = await previewThenRun(people({ ou: 'cs', l: 'Graz' }), ABAC);
    expect((await rooms.members())['lab']).toEqual(['p0']);
    expect(run.attention).toMatchObject([
      {
        code: 'access-revoked',
        username: 'ada',
        params: { rooms: 'lab', ownerless: 'lab' },
        reason: expect.stringContaining('Without an owner by now: lab'),
      },
    ]);
  });

  it('leaves no room of which the attributes are given by an unreadable entry', async () => {
    const run = await previewThenRun(people({ ou: Buffer.from([0xff]), l: 'Graz' }), ABAC);
    expect(run.attention).toMatchObject([{ code: 'abac-attribute-unusable', params: { key: 'department' } }]);
    expect(await rooms.attributesOf('ada')).toHaveLength(2);
    expect((await rooms.members())['lab']).toEqual(['ada', 'p0']);
  });

  it('loses nothing while the map does not name the key, or the attribute may not be read', async () => {
    for (const settings of [
      { LDAP_ABAC_AttributeMap: '{"l":"site"}' },
      { LDAP_User_Search_AttributesToQuery: 'uid,cn,mail,entryUUID,l,+' },
    ])
      await sync(people({ l: 'Graz' }), { ...ABAC, LDAP_Extension_Field: '', ...settings });
    expect(await rooms.attributesOf('ada')).toHaveLength(2);
    expect((await rooms.members())['lab']).toEqual(['ada', 'p0']);
  });
});

describe('the guard', () => {
  const all = (values: Values) => many(4, () => values);

  it('holds a run in which several lose a key that nobody has, although others are there', async () => {
    await sync(all({ ou: 'cs', l: 'Graz' }), ABAC);
    await rooms.makeGuarded('office', { site: ['Graz'] });
    await rooms.put('p0', 'office');
    const less = [toPerson('p0', { ou: 'cs' }), toPerson('p1', { ou: 'cs' }), toPerson('p2', { ou: 'cs' })];
    const held = await previewThenRun([...less, toPerson('p3', { ou: 'cs' })], {
      ...ABAC,
      LDAP_Guard_Always_Allowed: 10,
    });
    expect(held).toMatchObject({
      state: 'held',
      held: { code: 'attribute-nowhere', params: { field: 'abacAttributes.site' } },
    });
    expect(held.held?.reason).toContain('ABAC attribute site');
    expect(held.held?.remedy).toContain('LDAP_ABAC_AttributeMap');
    expect((await rooms.members())['office']).toEqual(['p0']);
    await engine([...less, toPerson('p3', { ou: 'cs' })], ABAC).approve(held._id);
    expect(await rooms.attributesOf('p0')).toEqual(toAttributes({ department: ['cs'] }));
    expect((await rooms.members())['office']).toEqual([]);
  });

  it('lets few lose a value while somebody has the key', async () => {
    await sync(all({ ou: 'cs', l: 'Graz' }), ABAC);
    const less = many(4, (index): Values => (index < 2 ? { ou: 'cs' } : { ou: 'cs', l: 'Graz' }));
    expect(await previewThenRun(less, ABAC)).toMatchObject({ state: 'completed', counts: { updated: 2 } });
  });

  it('holds more than the limit, as other clearings', async () => {
    await sync(
      many(8, () => ({ ou: 'cs' })),
      ABAC,
    );
    const held = await sync(
      many(8, (index): Values => (index < 4 ? {} : { ou: 'cs' })),
      ABAC,
    );
    expect(held).toMatchObject({ state: 'held', held: { code: 'too-many-removals', clearings: 4 } });
  });
});

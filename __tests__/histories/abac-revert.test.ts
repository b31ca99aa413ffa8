import { ABAC, createAbacRooms, EVENTS, toAttributes } from '../setup/abac.js';
import { ROOMS, SUBSCRIPTIONS } from '../setup/chat-rooms.js';
import { many, toPerson, useHistories, type Values } from '../setup/histories.js';
import { TEAM_MEMBERS, TRASH } from '../setup/rooms-of-groups.js';

const histories = useHistories();
const { changes, collection, revert, set, sync, user } = histories;
const rooms = createAbacRooms(histories);

const people = (values: Values) => [toPerson('ada', values), ...many(4, () => ({ ou: 'cs', l: 'Graz' }))];
const BEFORE = toAttributes({ department: ['cs', 'math'], site: ['Graz'] });

/** Ada has lost a value, and two rooms with it. Gives the run. */
async function lose(): Promise<string> {
  await sync(people({ ou: ['math', 'cs'], l: 'Graz' }), ABAC);
  for (const name of ['lab', 'hall']) {
    await rooms.makeGuarded(name, { department: ['math'] });
    await rooms.put('ada', name, ['moderator']);
    await rooms.put('p0', name, ['owner']);
  }
  const { _id, state } = await sync(people({ ou: 'cs', l: 'Graz' }), ABAC);
  expect([state, await rooms.members()]).toEqual(['completed', { lab: ['p0'], hall: ['p0'] }]);
  return _id;
}

describe('taking back that somebody lost ABAC attributes', () => {
  it('gives the attributes and the memberships back, with roles and what was unread, and tells the audit', async () => {
    const run = await lose();
    await collection(EVENTS).deleteMany({});
    const back = await revert(run);
    expect(back).toMatchObject({ state: 'completed', counts: { updated: 1 }, attention: [] });
    expect(await rooms.attributesOf('ada')).toEqual(BEFORE);
    expect(await rooms.members()).toEqual({ lab: ['ada', 'p0'], hall: ['ada', 'p0'] });
    expect(await rooms.disagreements()).toEqual([]);
    expect(await collection(SUBSCRIPTIONS).findOne({ _id: 'S-lab-ada' as never })).toMatchObject({
      roles: ['moderator'],
      unread: 7,
    });
    expect(await collection(TRASH).countDocuments({})).toBe(0);
    expect(await rooms.audit()).toEqual([
      {
        t: 'abac.subject.attribute.changed',
        subject: { _id: (await user('ada'))?.['_id'], username: 'ada' },
        reason: 'ldap-sync',
        diff: toAttributes({ department: ['cs', 'math'] }),
      },
    ]);
  });

  it('brings nobody into a room that asks for other attributes by now, which is told', async () => {
    const run = await lose();
    await collection(ROOMS).updateOne(
      { name: 'lab' },
      { $set: { abacAttributes: toAttributes({ department: ['math', 'secret'] }) } },
    );
    const back = await revert(run);
    expect(await rooms.attributesOf('ada')).toEqual(BEFORE);
    expect(await rooms.members()).toEqual({ lab: ['p0'], hall: ['ada', 'p0'] });
    expect(back.attention).toMatchObject([
      {
        code: 'access-not-given-back',
        username: 'ada',
        params: { rooms: 'lab' },
        reason: expect.stringContaining('lab (it asks for other attributes by now)'),
      },
    ]);
    expect(await changes(back._id)).toMatchObject([{ kind: 'clear', state: 'done' }]);
  });

  it('tells of a room that is gone, or of which the trash is, and gives the others back', async () => {
    const run = await lose();
    await collection(ROOMS).deleteOne({ name: 'lab' });
    const back = await revert(run);
    expect((await rooms.members())['hall']).toEqual(['ada', 'p0']);
    expect(back.attention).toMatchObject([{ code: 'access-not-given-back', params: { rooms: 'lab' } }]);
  });

  it('says nothing of a room into which the user has come back', async () => {
    const run = await lose();
    await rooms.put('ada', 'lab');
    expect((await revert(run)).attention).toEqual([]);
    expect(await rooms.members()).toEqual({ lab: ['ada', 'p0'], hall: ['ada', 'p0'] });
  });

  it('brings back into a room that asks for nothing any more', async () => {
    const run = await lose();
    await collection(ROOMS).updateOne({ name: 'lab' }, { $unset: { abacAttributes: '' } });
    expect((await revert(run)).attention).toEqual([]);
    expect((await rooms.members())['lab']).toEqual(['ada', 'p0']);
  });

  it('leaves attributes alone that were changed since, and the rooms with them', async () => {
    const run = await lose();
    await set('ada', { abacAttributes: toAttributes({ department: ['art'] }) });
    const back = await revert(run);
    expect(back.attention).toMatchObject([{ code: 'changed-since', username: 'ada' }]);
    expect(await rooms.attributesOf('ada')).toEqual(toAttributes({ department: ['art'] }));
    expect(await rooms.members()).toEqual({ lab: ['p0'], hall: ['p0'] });
  });

  it('gives the membership in a team back with its main room', async () => {
    await sync(people({ ou: ['math', 'cs'], l: 'Graz' }), ABAC);
    await rooms.makeTeam('circle');
    const $set = { abacAttributes: toAttributes({ department: ['math'] }) };
    await collection(ROOMS).updateOne({ name: 'circle' }, { $set });
    await rooms.put('ada', 'circle');
    const { _id } = await sync(people({ ou: 'cs', l: 'Graz' }), ABAC);
    expect(await collection(TEAM_MEMBERS).countDocuments({})).toBe(0);
    await revert(_id);
    expect(await rooms.teamMembers()).toEqual({ circle: ['ada'] });
  });
});

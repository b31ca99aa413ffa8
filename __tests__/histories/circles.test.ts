import { many, toPerson, useHistories, type Values } from '../setup/histories.js';
import { removals } from '../setup/interventions.js';

const { addressesOf, collection, killAt, namesNow, people, previewThenRun, revert, sync, user } =
  useHistories();
const GENEROUS = { LDAP_Guard_Always_Allowed: 1_000 };
const SIZES = [2, 3, 7];

/** Of `p0`, `p1`, …, each wants what the next one has, and the last what the first one has. */
const circle = (size: number, to: (name: string) => Values) =>
  many(size, (index) => to(`p${(index + 1) % size}`));
const byName = (name: string): Values => ({ uid: name });
const byAddress = (name: string): Values => ({ mail: `${name}@x.org` });

const insertLocal = (fields: object) =>
  collection('users').insertOne({ _id: 'local' as never, type: 'user', active: true, ...fields });
describe.each(SIZES)('a circle of %i people', (size) => {
  beforeEach(() => sync(many(size), GENEROUS));

  it('who want the names of each other exchange them, in a preview as in a run, and a revert gives them back', async () => {
    const first = await people();
    const run = await previewThenRun(circle(size, byName), GENEROUS);
    expect(run).toMatchObject({
      state: 'completed',
      removed: size,
      counts: { updated: size, conflicted: 0 },
      attention: [],
    });
    expect(await namesNow()).toEqual(
      Object.fromEntries(many(size).map((_, index) => [`p${index}`, `p${(index + 1) % size}`])),
    );
    expect(await collection('users').countDocuments({ ldapSync: { $exists: true } })).toBe(0);
    expect((await sync(circle(size, byName), GENEROUS)).counts.unchanged).toBe(size);
    expect(await revert(run._id)).toMatchObject({ counts: { updated: size }, attention: [] });
    expect(await people()).toEqual(first);
  });

  it('who want the addresses of each other exchange them, and a revert gives them back', async () => {
    const first = await people();
    const run = await previewThenRun(circle(size, byAddress), GENEROUS);
    expect(run).toMatchObject({
      state: 'completed',
      removed: size,
      counts: { updated: size },
      attention: [],
    });
    for (let index = 0; index < size; index += 1)
      expect(await addressesOf(`p${index}`)).toBe(`p${(index + 1) % size}@x.org`);
    expect(await revert(run._id)).toMatchObject({ counts: { updated: size }, attention: [] });
    expect(await people()).toEqual(first);
  });

  it('exchange nothing when the host dies while they do, and everything in the run after', async () => {
    const first = await people();
    const killed = await killAt(removals(), () => sync(circle(size, byName), GENEROUS));
    expect(killed).toMatchObject({ state: 'interrupted', removed: 0, counts: { updated: 0 } });
    expect(await people()).toEqual(first);
    expect((await sync(circle(size, byName), GENEROUS)).counts.updated).toBe(size);
  });
});

it('a place where names are repeated has the exchanged ones', async () => {
  await sync(many(2));
  const messages = collection('rocketchat_message');
  for (const name of ['p0', 'p1']) {
    const { _id } = (await user(name))!;
    await messages.insertOne({ _id: name as never, u: { _id, username: name } });
  }
  await sync(circle(2, byName));
  expect(await messages.find({}).sort({ _id: 1 }).toArray()).toMatchObject([
    { u: { username: 'p1' } },
    { u: { username: 'p0' } },
  ]);
});

describe('a circle with a member who is blocked by an outsider', () => {
  // p1 wants an address that the outsider keeps, so nobody of the circle can move.
  const broken = many(4, (index): Values =>
    index === 3 ? {} : { mail: [`p${(index + 1) % 3}@x.org`, ...(index === 1 ? ['out@x.org'] : [])] },
  );

  beforeEach(async () => {
    await sync(many(4), GENEROUS);
    await insertLocal({ username: 'outsider', emails: [{ address: 'out@x.org', verified: true }] });
  });

  it('is a conflict for each of them, and leaves everybody what they have', async () => {
    const first = await people();
    const run = await previewThenRun(broken, GENEROUS);
    expect(run).toMatchObject({ state: 'completed', removed: 0, counts: { conflicted: 3, updated: 0 } });
    expect(run.attention).toMatchObject(Array(3).fill({ outcome: 'conflicted', code: 'address-taken' }));
    expect(await people()).toEqual(first);
  });

  it('is exchanged once the outsider has given the address up', async () => {
    await sync(broken, GENEROUS);
    await collection('users').deleteOne({ _id: 'local' as never });
    expect((await sync(broken, GENEROUS)).counts).toMatchObject({ updated: 3, conflicted: 0 });
    expect(await addressesOf('p1')).toBe('out@x.org p2@x.org');
  });
});

it('somebody who only waits for a member of a circle gets what is left over, in the same run', async () => {
  await sync([toPerson('q'), ...many(3)], GENEROUS);
  const entries = [
    toPerson('q', { mail: 'p1@x.org' }),
    toPerson('p0', { mail: 'p2@x.org' }),
    toPerson('p1', { mail: 'new@x.org' }),
    toPerson('p2', { mail: 'p0@x.org' }),
  ];
  expect((await sync(entries, GENEROUS)).counts).toMatchObject({ updated: 4, conflicted: 0 });
  expect(await addressesOf('q')).toBe('p1@x.org');
});

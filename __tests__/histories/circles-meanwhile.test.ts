import type { Engine } from '../setup/engine.js';
import { many, useHistories } from '../setup/histories.js';

const { before, beforeReread, collection, engine, namesNow, sync, user } = useHistories();
const GENEROUS = { LDAP_Guard_Always_Allowed: 1_000 };
/** Each wants the name of the next one. */
const CIRCLE = many(3, (index) => ({ uid: `p${(index + 1) % 3}` }));

describe.each([
  ['before the transaction reads it', (act: () => Promise<unknown>) => beforeReread(act)],
  [
    'after the transaction has read it',
    (act: () => Promise<unknown>) => before({ collection: 'users', method: 'bulkWrite' }, act),
  ],
])('a circle of which one member changes %s', (_moment, at) => {
  const swap = (): Engine => engine(CIRCLE, GENEROUS);
  beforeEach(() => sync(many(3), GENEROUS));

  it('is not exchanged when that one got another name by hand, which stays', async () => {
    at(() => collection('users').updateOne({ username: 'p1' }, { $set: { username: 'own' } }));
    const run = await swap().sync();
    expect(run).toMatchObject({ state: 'completed', removed: 0, counts: { updated: 0 } });
    expect(run.attention).toHaveLength(3);
    expect(await namesNow()).toEqual({ p0: 'p0', p1: 'own', p2: 'p2' });
    expect((await swap().sync()).counts).toMatchObject({ updated: 3, conflicted: 0 });
    expect(await namesNow()).toEqual({ p0: 'p1', p1: 'p2', p2: 'p0' });
  });

  it('is exchanged when only something else of that one changed, which stays', async () => {
    at(() => collection('users').updateOne({ username: 'p1' }, { $set: { customFields: { team: 'x' } } }));
    expect((await swap().sync()).counts).toMatchObject({ updated: 3 });
    expect(await namesNow()).toEqual({ p0: 'p1', p1: 'p2', p2: 'p0' });
    expect(await user('p2')).toMatchObject({ customFields: { team: 'x' } });
  });
});

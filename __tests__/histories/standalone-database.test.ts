import { createEngine, type Engine } from '../setup/engine.js';
import { many, useHistories } from '../setup/histories.js';
import { openStandalone } from '../setup/standalone-mongod.js';

const { collection, database, engine, people, sync } = useHistories();
const REMEDY = expect.stringContaining('mongod --replSet rs0') as string;
const PROBLEM = { message: expect.stringContaining('gives no transactions') as string, remedy: REMEDY };
const GENEROUS = { LDAP_Background_Sync_Disable_Missing_Users: true };

/** Engine of a host whose MongoDB is standalone, on the same data. */
async function onStandalone(work: (host: Engine) => Promise<void>): Promise<void> {
  const standalone = await openStandalone(database().connection);
  try {
    await work(createEngine(standalone.connection).of([...many(2), ...many(5).slice(3)], GENEROUS));
  } finally {
    await standalone.close();
  }
}

describe('on a standalone MongoDB', () => {
  beforeEach(() => sync(many(4)));

  it('a sync fails with the remedy, and writes to nobody', async () => {
    const before = await people();
    await onStandalone(async (host) => {
      expect(await host.sync()).toMatchObject({ state: 'failed', problems: [PROBLEM], counts: { read: 0 } });
    });
    expect(await people()).toEqual(before);
  });

  it('a preview says what is wrong, and what a sync would do', async () => {
    await onStandalone(async (host) => {
      expect(await host.preview()).toMatchObject({
        state: 'completed',
        problems: [PROBLEM],
        counts: { created: 1, unchanged: 3, deactivated: 1 },
      });
    });
    expect(await collection('users').countDocuments()).toBe(4);
  });

  it('an approval and a revert fail with the remedy, and can be given again on a replica set', async () => {
    const strict = { ...GENEROUS, LDAP_Guard_Always_Allowed: 1 };
    const { _id: heldId } = await sync(many(2), strict);
    await onStandalone(async (host) => {
      expect(await host.approve(heldId)).toMatchObject({ state: 'failed', problems: [PROBLEM] });
    });
    const approval = await engine(many(2), strict).approve(heldId);
    expect(approval.counts).toMatchObject({ deactivated: 2 });
    await onStandalone(async (host) => {
      expect(await host.revert(approval._id)).toMatchObject({ state: 'failed', problems: [PROBLEM] });
    });
    expect((await engine([], {}).revert(approval._id)).counts).toMatchObject({ reactivated: 2 });
  });
});

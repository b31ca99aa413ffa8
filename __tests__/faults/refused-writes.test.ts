import { eachRound, FAULT_TIMEOUT_MS } from '../setup/fault-budget.js';
import { lacksPictures, openFaultStage, type FaultStage } from '../setup/fault-stage.js';
import { createHost } from '../setup/host.js';
import { expireLease } from '../setup/leases.js';
import { readEverything } from '../setup/people-state.js';
import { describeWithSlapd } from '../setup/slapd.js';

const COLLECTIONS = [
  'users',
  'ldap_sync_changes',
  'ldap_sync_runs',
  'ldap_sync_lease',
  'rocketchat_avatars',
  'rocketchat_avatars.files',
  'rocketchat_avatars.chunks',
];

describeWithSlapd('a database that reads and deletes but writes no more, as on a full disk', () => {
  let stage: FaultStage;
  let undisturbedMs: number;

  beforeAll(async () => {
    stage = await openFaultStage();
    await stage.reset();
    const startedAt = performance.now();
    await stage.plainRun();
    undisturbedMs = performance.now() - startedAt;
  });
  afterAll(() => stage.close());

  /** Nothing passes a rule that no document can keep. */
  async function refuse(names: readonly string[], isRefusing: boolean): Promise<void> {
    for (const name of names)
      await stage.database.connection.db?.command({
        collMod: name,
        validator: isRefusing ? { 'no document': 'has this' } : {},
      });
  }

  async function syncRefused(
    names: readonly string[],
    afterMs: number,
  ): Promise<{ readonly state: string; readonly hasAllPictures: boolean }> {
    await stage.reset();
    const host = createHost(stage.database.connection);
    try {
      if (afterMs === 0) await refuse(names, true);
      const ended = host.ldapSync.sync().then(
        (report) => ({ state: report.state, hasAllPictures: !lacksPictures(report) }),
        () => ({ state: 'refused', hasAllPictures: false }),
      );
      if (afterMs > 0) {
        await new Promise((resolve) => setTimeout(resolve, afterMs));
        await refuse(names, true);
      }
      return await ended;
    } finally {
      await refuse(names, false);
    }
  }

  async function expectRecovery(): Promise<void> {
    await stage.expectNoHarm();
    await expireLease(stage.database.connection);
    expect((await stage.plainRun()).state).toBe('completed');
    await stage.expectUndisturbedEnd();
    await stage.expectNoHarm();
  }

  it.each([
    ['anything', COLLECTIONS],
    ['users', ['users']],
    ['the account of what is done', ['ldap_sync_changes']],
    ['pictures', ['rocketchat_avatars']],
  ])(
    'harms nobody and says that it failed when %s cannot be written, and the next run does the rest',
    async (_, names) => {
      expect((await syncRefused(names, 0)).state).toMatch(/^(failed|refused)$/);
      await expectRecovery();
    },
  );

  it('writes to nobody what it cannot write down first', async () => {
    await stage.reset();
    const before = await readEverything(stage.database.connection);
    expect((await syncRefused(['ldap_sync_changes'], 0)).state).toBe('failed');
    expect(await readEverything(stage.database.connection)).toEqual(before);
  });

  it(
    'harms nobody from whatever moment on, and the next run does the rest',
    async () => {
      await eachRound({ quick: 1, share: 0.1 }, async ({ random }) => {
        const { state, hasAllPictures } = await syncRefused(
          random.next() < 0.5 ? COLLECTIONS : [random.pick(COLLECTIONS)],
          1 + random.next() * undisturbedMs,
        );
        // A picture that cannot be stored costs the picture, and the report says whose.
        if (state === 'completed' && hasAllPictures) await stage.expectUndisturbedEnd();
        await expectRecovery();
      });
    },
    FAULT_TIMEOUT_MS,
  );
});

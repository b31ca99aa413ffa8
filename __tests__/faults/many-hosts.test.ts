import type { RunReport } from '../../models/run-report.js';
import { createLease } from '../../lib/sync/run/lease.js';
import { IS_FULL, FAULT_TIMEOUT_MS } from '../setup/fault-budget.js';
import { openFaultStage, type FaultStage } from '../setup/fault-stage.js';
import { createHost } from '../setup/host.js';
import { expireLease } from '../setup/leases.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { startSyncChild } from '../setup/sync-child-process.js';

const HOSTS = IS_FULL ? 4 : 2;
const CALLS = IS_FULL ? 50 : 10;
const MINUTE_MS = 60_000;

describeWithSlapd('many hosts on one database', () => {
  let stage: FaultStage;
  beforeAll(async () => {
    stage = await openFaultStage();
  });
  afterAll(() => stage.close());

  async function runs(): Promise<readonly RunReport[]> {
    return (await stage.database.connection
      .collection('ldap_sync_runs')
      .find({})
      .sort({ startedAt: 1 })
      .toArray()) as unknown as RunReport[];
  }

  it(
    'that are asked for a sync at once do runs one after the other, never two at a time, and everybody ' +
      'gets a report',
    async () => {
      await stage.reset();
      const children = await Promise.all(
        Array.from({ length: HOSTS }, () => startSyncChild(stage.database.url)),
      );
      try {
        await Promise.all(children.map((child) => child.go(CALLS)));
        const ends = await Promise.all(children.map((child) => child.done()));
        expect(ends.flatMap(({ errors }) => errors)).toEqual([]);
        const reports = ends.flatMap((end) => end.reports);
        expect(reports).toHaveLength(HOSTS * CALLS);
        expect(new Set(reports.map(({ state }) => state))).toEqual(new Set(['completed']));

        const done = await runs();
        expect(new Set(reports.map(({ _id }) => _id))).toEqual(new Set(done.map(({ _id }) => _id)));
        done.slice(1).forEach(({ startedAt }, index) => {
          expect(startedAt.getTime()).toBeGreaterThanOrEqual(done[index]?.finishedAt?.getTime() ?? Infinity);
        });
        // Each person was written by one run only.
        const [first, ...others] = done;
        expect(first?.counts.created).toBeGreaterThan(0);
        for (const { counts } of others)
          expect(counts).toMatchObject({ created: 0, updated: 0, deactivated: 0 });
        await stage.expectUndisturbedEnd();
        await stage.expectNoHarm();
      } finally {
        await Promise.all(children.map((child) => child.kill()));
      }
    },
    FAULT_TIMEOUT_MS,
  );

  it.each([
    ['ahead', MINUTE_MS],
    ['behind', -MINUTE_MS],
  ])(
    'a host whose clock is a minute %s does not take a living lease, and does take a dead one',
    async (_, skewMs) => {
      await stage.reset();
      const { connection } = stage.database;
      const holder = createLease(connection);
      expect(await holder.acquire('holder')).toMatchObject({ held: true });
      const clock = (): Date => new Date(Date.now() + skewMs);
      // No clock of a host comes into a lease; that of the host's runs is wrong.
      expect(await createLease(connection).acquire('other')).toEqual({ held: false, holderRunId: 'holder' });
      expect(await holder.renew('holder')).toBe(true);

      await expireLease(connection);
      expect((await createHost(connection, { clock }).ldapSync.sync()).state).toBe('completed');
      expect(await holder.renew('holder')).toBe(false);
      await stage.expectUndisturbedEnd();
    },
  );
});

import { eachRound, FAULT_TIMEOUT_MS } from '../setup/fault-budget.js';
import { lacksPictures, openFaultStage, type FaultStage } from '../setup/fault-stage.js';
import { expireLease } from '../setup/leases.js';
import { pickLineFault, type LineFault } from '../setup/line-faults.js';
import { byPort } from '../setup/mongo.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { startSyncChild, type SyncChild } from '../setup/sync-child-process.js';
import { startTcpProxy, type TcpProxy, type TcpProxyOptions } from '../setup/tcp-proxy.js';

/**
 * The driver of a line with a fault gives up soon, so that whoever has not ended after this long never will.
 */
const IMPATIENT = {
  serverSelectionTimeoutMS: '3000',
  connectTimeoutMS: '3000',
  socketTimeoutMS: '3000',
  waitQueueTimeoutMS: '6000',
};
const HANGS_MS = 240_000;

/**
 * The driver does not look whether an answer is to its question (`responseTo`), so one that comes twice is taken
 * for the answer to the next question: "there are no such documents", for instance, and then the report is
 * wrong, or a repeated name stays. TCP gives no byte twice. The rule that nobody goes holds all the same.
 */
const isTrusted = (name: LineFault): boolean => name !== 'duplicate';

describeWithSlapd('a line to the database that fails at any byte', () => {
  let stage: FaultStage;
  let firstByte: number;
  let lastByte: number;

  beforeAll(async () => {
    stage = await openFaultStage();
    const { proxy, child } = await openLine({}, {});
    firstByte = proxy.received();
    await child.go();
    expect((await child.done()).reports).toMatchObject([{ state: 'completed' }]);
    lastByte = proxy.received();
    // Else the line goes round the proxy, and no fault below ever happens.
    expect(lastByte - firstByte).toBeGreaterThan(100_000);
    await child.kill();
    await proxy.close();
  });
  afterAll(() => stage.close());

  async function openLine(
    trouble: Omit<TcpProxyOptions, 'targetPort'>,
    driver: Readonly<Record<string, string>> = IMPATIENT,
  ): Promise<{ proxy: TcpProxy; child: SyncChild }> {
    await stage.reset();
    const proxy = await startTcpProxy({ targetPort: Number(new URL(stage.database.url).port), ...trouble });
    const url = byPort(stage.database.url, proxy.port);
    for (const [name, value] of Object.entries(driver)) url.searchParams.set(name, value);
    return { proxy, child: await startSyncChild(url.href) };
  }

  /** Rejects when the process has died of it, too. */
  async function endOf(child: SyncChild): Promise<Awaited<ReturnType<SyncChild['done']>>> {
    let timer: NodeJS.Timeout | undefined;
    const hangs = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('The sync neither ends nor fails.')), HANGS_MS);
    });
    try {
      return await Promise.race([child.done(), hangs]);
    } finally {
      clearTimeout(timer);
    }
  }

  it(
    'leaves the process alive and everybody unharmed, and the next run does the rest',
    async () => {
      const met = new Map<string, number>();
      await eachRound({ quick: 2, share: 0.2 }, async ({ random }) => {
        // Some more than were needed to connect: how many that takes varies.
        const { name, at, trouble } = pickLineFault(random, lastByte - firstByte, firstByte + 500);
        const { proxy, child } = await openLine(trouble);
        try {
          await child.go();
          const { reports, errors } = await endOf(child);
          expect(reports.length + errors.length).toBe(1);
          if (proxy.received() >= at) met.set(name, (met.get(name) ?? 0) + 1);
          await child.go(0);
          await endOf(child);
          await stage.expectNoHarm();
          const [report] = reports;
          if (report?.state === 'completed' && !lacksPictures(report) && isTrusted(name))
            await stage.expectUndisturbedEnd();
        } finally {
          await child.kill();
          await proxy.close();
        }
        await expireLease(stage.database.connection);
        expect((await stage.plainRun()).state).toBe('completed');
        if (isTrusted(name)) await stage.expectUndisturbedEnd();
        await stage.expectNoHarm();
      });
      process.stderr.write(
        `faults that happened: ${[...met].map(([name, times]) => `${name} ${times}`).join(', ')}\n`,
      );
      expect([...met.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThan(0);
    },
    FAULT_TIMEOUT_MS,
  );
});

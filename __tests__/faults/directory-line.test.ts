import type { RunReport } from '../../models/run-report.js';
import { eachRound, FAULT_TIMEOUT_MS } from '../setup/fault-budget.js';
import { openFaultStage, type FaultStage } from '../setup/fault-stage.js';
import { createHost } from '../setup/host.js';
import { pickLineFault } from '../setup/line-faults.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { startTcpProxy, type TcpProxyOptions } from '../setup/tcp-proxy.js';

/** For the lines with a fault, some of which go silent; a line without one may be as slow as the machine. */
const IMPATIENT_MS = 1_000;
const PATIENT_MS = 60_000;

describeWithSlapd('a line to the directory that fails at any byte', () => {
  let stage: FaultStage;
  let undisturbed: RunReport;
  let bytes: number;

  beforeAll(async () => {
    stage = await openFaultStage();
    ({ report: undisturbed, bytes } = await syncThrough({}, PATIENT_MS));
    expect(undisturbed.state).toBe('completed');
  });
  afterAll(() => stage.close());

  async function syncThrough(
    trouble: Omit<TcpProxyOptions, 'targetPort'>,
    LDAP_Timeout = IMPATIENT_MS,
  ): Promise<{ report: RunReport; bytes: number }> {
    const proxy = await startTcpProxy({ targetPort: stage.slapd.port, ...trouble });
    try {
      await stage.reset({ LDAP_Port: proxy.port, LDAP_Timeout });
      return { report: await createHost(stage.database.connection).ldapSync.sync(), bytes: proxy.received() };
    } finally {
      await proxy.close();
    }
  }

  /** As an administrator does who sees that too many are missing: until then no run takes anything away. */
  async function reject({ _id }: RunReport): Promise<void> {
    const decision = { verdict: 'rejected', by: { _id: 'host-a' }, at: new Date() };
    await stage.database.connection
      .collection('ldap_sync_runs')
      .updateOne({ _id: _id as never }, { $set: { decision } });
  }

  it(
    'harms nobody, is never called complete with people lost, and the next run does the rest',
    async () => {
      await eachRound({ quick: 5, share: 0.2 }, async ({ random }) => {
        const { name, trouble } = pickLineFault(random, bytes);
        const { report } = await syncThrough(trouble);
        await stage.expectNoHarm();
        // A line that loses whole messages looks like a smaller directory, and nothing in the protocol tells
        // the two apart. The rule that nobody goes holds all the same: who is missing is looked up.
        const isUndetectable = name === 'halve' && report.counts.read < undisturbed.counts.read;
        if (report.state === 'completed' && !isUndetectable) {
          expect({ name, read: report.counts.read }).toEqual({ name, read: undisturbed.counts.read });
          await stage.expectUndisturbedEnd();
        } else if (report.state !== 'completed') {
          expect({ name, state: report.state, deactivated: report.counts.deactivated }).toEqual({
            name,
            // Said twice, an entry is one of two with the same id; of lost messages a look-up may show that
            // they are lost.
            state: expect.stringMatching(
              name === 'duplicate' || isUndetectable ? /^(failed|held)$/ : /^failed$/,
            ),
            deactivated: 0,
          });
          expect(report.problems).not.toEqual([]);
        }
        if (report.held?.approvable) await reject(report);
        expect((await stage.plainRun()).state).toBe('completed');
        await stage.expectUndisturbedEnd();
        await stage.expectNoHarm();
      });
    },
    FAULT_TIMEOUT_MS,
  );
});

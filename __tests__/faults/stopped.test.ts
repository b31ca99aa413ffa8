import { isDeepStrictEqual } from 'node:util';
import { toModify, toMove, toRename } from '../setup/fault-directory.js';
import { eachRound, FAULT_TIMEOUT_MS, IS_FULL } from '../setup/fault-budget.js';
import { openFaultStage, type FaultStage } from '../setup/fault-stage.js';
import { leaseEnded } from '../setup/leases.js';
import { SUFFIX } from '../setup/organisation.js';
import { readEverything } from '../setup/people-state.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { measureSyncChild, startSyncChild } from '../setup/sync-child-process.js';

/** The sleeper's lease lives shorter than usual, so that a sleep that really outlasts it is short, too. */
const LEASE_FACTOR = 0.05;
const ALUMNI = `ou=alumni,${SUFFIX}`;

/** What the sleeper has read is wrong when it wakes: who had left is back, names and pictures are others. */
const CHANGE = [
  toMove('person4', `ou=people,${SUFFIX}`, ALUMNI),
  toMove('person70', ALUMNI),
  toRename('renamed10', 'again10'),
  toRename('person80', 'renamed80'),
  ...[20, 21, 22, 23, 90, 91, 92].map((index) =>
    toModify(`person${index}`, 'replace: cn\ncn: Changed meanwhile'),
  ),
  toModify('number0', 'add: telephoneNumber\ntelephoneNumber: 99'),
  '',
].join('\n\n');
const UNDO = [
  toMove('person4', ALUMNI),
  toMove('person70', `ou=people,${SUFFIX}`, ALUMNI),
  toRename('again10', 'renamed10'),
  toRename('renamed80', 'person80'),
  ...[20, 21, 22, 23].map((index) => toModify(`person${index}`, `replace: cn\ncn: Changed ${index - 20}`)),
  ...[90, 91, 92].map((index) => toModify(`person${index}`, `replace: cn\ncn: Person person${index}`)),
  toModify('number0', 'delete: telephoneNumber'),
  '',
].join('\n\n');

describeWithSlapd(
  'a host that is stopped in the middle of a run, and woken when another host has done one',
  () => {
    let stage: FaultStage;
    let undisturbedMs: number;

    beforeAll(async () => {
      stage = await openFaultStage();
      await stage.reset();
      undisturbedMs = await measureSyncChild(stage.database.url);
    });
    afterAll(() => stage.close());

    /**
     * Where the woken host has written all the same; `undefined` when the run had ended before it could be
     * stopped.
     */
    async function stopAndWake(afterMs: number): Promise<readonly string[] | undefined> {
      const { connection, url } = stage.database;
      const runs = connection.collection('ldap_sync_runs');
      await stage.reset();
      const child = await startSyncChild(url, { leaseFactor: LEASE_FACTOR });
      await child.go();
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      child.signal('SIGSTOP');
      try {
        // What is on the wire arrives, and is nobody's fault.
        await leaseEnded(connection);
        const sleeper = await runs.findOne({});
        if (sleeper?.state !== 'running') return undefined;
        stage.slapd.modify(CHANGE);
        try {
          expect((await stage.plainRun()).state).toBe('completed');
          const before = await readEverything(connection);
          child.signal('SIGCONT');
          const { reports } = await child.done();
          const after = await readEverything(connection);
          expect(reports.map(({ state }) => state)).not.toContain('completed');
          expect(await runs.findOne({ _id: sleeper._id })).toMatchObject({ state: 'interrupted' });
          return Object.keys(after).filter((name) => !isDeepStrictEqual(after[name], before[name]));
        } finally {
          stage.slapd.modify(UNDO);
        }
      } finally {
        child.signal('SIGCONT');
        await child.kill();
      }
    }

    it(
      'writes nothing more, and does not call its run completed',
      async () => {
        let stopped = 0;
        const stale: string[] = [];
        await eachRound({ quick: 1, share: 0.2 }, async ({ index, random }) => {
          const written = await stopAndWake(random.next() * undisturbedMs);
          if (written === undefined) return;
          stopped += 1;
          if (written.length > 0) stale.push(`round ${index}: ${written.join(', ')}`);
        });
        process.stderr.write(
          `stopped in the middle of a run: ${stopped} times; stale writes: ${stale.length} times\n`,
        );
        expect(stale).toEqual([]);
        if (IS_FULL) expect(stopped).toBeGreaterThan(0);
      },
      FAULT_TIMEOUT_MS,
    );
  },
);

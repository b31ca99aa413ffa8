import { isDeepStrictEqual } from 'node:util';
import { toModify, toMove, toRename } from '../setup/fault-directory.js';
import { eachRound, FAULT_TIMEOUT_MS } from '../setup/fault-budget.js';
import { openFaultStage, type FaultStage } from '../setup/fault-stage.js';
import { leaseEnded } from '../setup/leases.js';
import { SUFFIX } from '../setup/organisation.js';
import { readEverything } from '../setup/people-state.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { measureSyncChild, startSyncChild, type SyncChild } from '../setup/sync-child-process.js';

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
    let commits: number;

    beforeAll(async () => {
      stage = await openFaultStage();
      await stage.reset();
      undisturbedMs = await measureSyncChild(stage.database.url);
      const run = await stage.database.connection.collection('ldap_sync_runs').findOne({});
      commits = Number(run?.transactions);
    });
    afterAll(() => stage.close());

    /** At a moment, or in the middle of a transaction that has passed the fence. */
    async function startAndStop(when: { readonly afterMs: number } | { readonly commit: number }) {
      const isMoment = 'afterMs' in when;
      const child = await startSyncChild(stage.database.url, {
        leaseFactor: LEASE_FACTOR,
        ...(isMoment ? {} : { signalAtCommit: { signal: 'SIGSTOP', commit: when.commit } }),
      });
      await child.go();
      if (isMoment) {
        await new Promise((resolve) => setTimeout(resolve, when.afterMs));
        child.signal('SIGSTOP');
      } else await child.halted();
      return child;
    }

    /** People, pictures, conversations and the history of runs, and what runs say of themselves. */
    async function readAll(): Promise<Awaited<ReturnType<typeof readEverything>>> {
      const { connection } = stage.database;
      const runs = await connection.collection('ldap_sync_runs').find({}).sort({ _id: 1 }).toArray();
      return { ...(await readEverything(connection)), ldap_sync_runs: runs };
    }

    /**
     * Where the woken host has written all the same; `undefined` when the run had ended before it could be
     * stopped.
     */
    async function stopAndWake(child: SyncChild): Promise<readonly string[] | undefined> {
      const { connection } = stage.database;
      const runs = connection.collection('ldap_sync_runs');
      try {
        // What is on the wire arrives, and is nobody's fault.
        await leaseEnded(connection);
        const sleeper = await runs.findOne({});
        if (sleeper?.state !== 'running') return undefined;
        stage.slapd.modify(CHANGE);
        try {
          expect((await stage.plainRun()).state).toBe('completed');
          const before = await readAll();
          child.signal('SIGCONT');
          const { reports } = await child.done();
          const after = withoutParked(await readAll());
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
        await eachRound({ quick: 2, share: 0.25 }, async ({ index, random }) => {
          await stage.reset();
          const child = await startAndStop(
            index % 2 ? { afterMs: random.next() * undisturbedMs } : { commit: random.integer(1, commits) },
          );
          const written = await stopAndWake(child);
          if (written === undefined) return;
          stopped += 1;
          if (written.length > 0) stale.push(`round ${index}: ${written.join(', ')}`);
          expect((await stage.plainRun()).state).toBe('completed');
          expect((await readAll()).rocketchat_avatars?.filter(isParked)).toEqual([]);
        });
        process.stderr.write(
          `stopped in the middle of a run: ${stopped} times; stale writes: ${stale.length} times; ` +
            `left parked until the next run: ${leftParked} files\n`,
        );
        expect(stale).toEqual([]);
        expect(stopped).toBeGreaterThan(0);
      },
      FAULT_TIMEOUT_MS,
    );
  },
);

type Documents = Awaited<ReturnType<typeof readEverything>>;

let leftParked = 0;

const isParked = ({ name, uploading }: Documents[string][number]): boolean =>
  uploading === true && String(name).startsWith('parked-avatar:');

/** Bytes that nobody is served: what the sleeper was storing is its own, and goes with the next run. */
function withoutParked(all: Documents): Documents {
  const parked = new Set((all.rocketchat_avatars ?? []).filter(isParked).map(({ _id }) => String(_id)));
  leftParked += parked.size;
  const isOthers = ({ _id, files_id: fileId }: Documents[string][number]): boolean =>
    !parked.has(String(fileId ?? _id));
  return Object.fromEntries(
    Object.entries(all).map(([name, documents]) => [name, documents.filter(isOthers)]),
  );
}

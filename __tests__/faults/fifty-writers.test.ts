import type { Collection } from 'mongoose';
import { NEWCOMERS } from '../setup/fault-directory.js';
import { eachRound, FAULT_TIMEOUT_MS, IS_FULL } from '../setup/fault-budget.js';
import { openFaultStage, type FaultStage } from '../setup/fault-stage.js';
import { openConnection } from '../setup/mongo.js';
import { describeWithSlapd } from '../setup/slapd.js';
import type { SeededRandom } from '../setup/seeded-random.js';

const WRITERS = 50;
/** Whom the run changes, and whom the writers write all the time. More of them take minutes on a slow server. */
const CHANGING = Array.from({ length: IS_FULL ? 8 : 3 }, (_, index) => `person${20 + index}`);
const HOT = CHANGING[0] as string;

interface Stored {
  username: string;
  visits: number;
  roles: string[];
  emails: { verified: boolean }[];
  statusText: string;
}
type Users = Collection<Stored>;

/** What a writer has been told is stored, by user name. */
interface Ledger {
  readonly counted: Map<string, number>;
  readonly roles: Map<string, string[]>;
  readonly texts: Map<string, unknown>;
}

describeWithSlapd('fifty who write the users that a run changes', () => {
  let stage: FaultStage;
  beforeAll(async () => {
    stage = await openFaultStage();
  });
  afterAll(() => stage.close());

  const users = () => stage.database.connection.collection('users');

  /** Adds, counts and sets, as a host does; each user's texts and flags are written by one writer only. */
  async function write(index: number, to: Users, { ledger, random, isOver }: Writing): Promise<void> {
    const own = CHANGING[index % CHANGING.length] as string;
    for (let turn = 0; !isOver(); turn += 1) {
      const username = index % 5 === 0 ? HOT : random.pick(CHANGING);
      await to.updateOne({ username }, { $inc: { visits: 1 } });
      ledger.counted.set(username, (ledger.counted.get(username) ?? 0) + 1);
      const role = `role-${index}-${turn}`;
      if (turn % 4 === 1) {
        await to.updateOne({ username }, { $addToSet: { roles: role } });
        ledger.roles.set(username, [...(ledger.roles.get(username) ?? []), role]);
      }
      if (index >= CHANGING.length) continue;
      const text = { statusText: `turn ${turn}`, verified: turn % 2 === 0 };
      const set = { statusText: text.statusText, 'emails.0.verified': text.verified };
      await to.updateOne({ username: own }, { $set: set });
      ledger.texts.set(own, text);
    }
  }

  async function readBack(): Promise<Ledger> {
    const found = (await users()
      .find({ username: { $in: CHANGING } })
      .toArray()) as unknown as readonly Stored[];
    const by = <T>(valueOf: (user: Stored) => T): [string, T][] =>
      found.map((user) => [user.username, valueOf(user)]);
    return {
      counted: new Map(by(({ visits }) => visits)),
      roles: new Map(by(({ roles }) => roles.filter((role) => role.startsWith('role-')))),
      texts: new Map(by(({ statusText, emails }) => ({ statusText, verified: emails[0]?.verified }))),
    };
  }

  it(
    'lose nothing, the run ends, whom it found no moment for is named, and the next run does these',
    async () => {
      await eachRound({ quick: 1, share: 0.15 }, async ({ random }) => {
        await stage.reset();
        const original = await users()
          .find({ username: { $in: CHANGING } })
          .toArray();
        const connection = await openConnection(stage.database.url);
        const ledger: Ledger = { counted: new Map(), roles: new Map(), texts: new Map() };
        let isOver = false;
        const writing = { ledger, random, isOver: () => isOver };
        const to = connection.collection('users') as unknown as Users;
        const writers = Promise.all(Array.from({ length: WRITERS }, (_, index) => write(index, to, writing)));
        const report = await stage.plainRun();
        isOver = true;
        await writers;
        await connection.close();

        expect(report.state).toBe('completed');
        const busy = report.attention.filter(({ code }) => code === 'user-busy');
        expect(report.counts).toMatchObject({ failed: busy.length, created: NEWCOMERS });
        const stored = await readBack();
        for (const [username, visits] of ledger.counted)
          expect([username, stored.counted.get(username)]).toEqual([username, visits]);
        for (const [username, roles] of ledger.roles)
          expect(stored.roles.get(username)?.toSorted()).toEqual(roles.toSorted());
        for (const [username, text] of ledger.texts) expect(stored.texts.get(username)).toEqual(text);
        const writes = [...ledger.counted.values()].reduce((sum, visits) => sum + visits, 0);
        process.stderr.write(`writes beside the run: more than ${writes}; busy: ${busy.length}\n`);

        // What the writers did to addresses is another difference.
        for (const { _id, roles, emails } of original)
          await users().updateOne(
            { _id },
            { $set: { roles, emails }, $unset: { visits: '', statusText: '' } },
          );
        expect((await stage.plainRun()).counts).toMatchObject({ updated: busy.length, failed: 0 });
        await stage.expectUndisturbedEnd();
        await stage.expectNoHarm();
      });
    },
    FAULT_TIMEOUT_MS,
  );
});

interface Writing {
  readonly ledger: Ledger;
  readonly random: SeededRandom;
  readonly isOver: () => boolean;
}

import fc from 'fast-check';
import { OUTCOMES, type RunReport } from '../../models/run-report.js';
import type { UserRecord } from '../../models/user.js';
import type { Engine } from '../setup/engine.js';
import { toEntry } from '../setup/entries.js';
import { holds } from '../setup/holds.js';
import { expectAsPreviewed } from '../setup/as-previewed.js';
import { useLaboratory } from '../setup/laboratory.js';
import { BASE } from '../setup/memory-directory.js';
import { faults, toLdapId, worlds } from '../setup/worlds.js';

jest.setTimeout(600_000);
const laboratory = useLaboratory();
const cases = worlds(2);

describe('the same directory once more', () => {
  it('gives nothing to write, when everybody got what they were to get', async () => {
    await holds(12, worlds(0), async (world) => {
      const engine = await laboratory.build(world);
      const first = await engine.sync();
      fc.pre(first.state === 'completed');
      const before = await laboratory.dump('users');
      const second = await engine.sync();
      expect([second.state, await laboratory.dump('users')]).toEqual(['completed', before]);
      expect((await engine.changes(second._id)).filter(({ state }) => state !== 'skipped')).toEqual([]);
    });
  });

  it('comes to rest, also where one waits for a name or an address that another sets free', async () => {
    await holds(6, cases, async (world) => {
      const engine = await laboratory.build(world);
      let before = '';
      let after = await laboratory.dump('users');
      for (let run = 0; run < 8 && after !== before; run += 1) {
        before = after;
        await engine.sync();
        after = await laboratory.dump('users');
      }
      expect(after).toBe(before);
    });
  });
});

describe('a preview', () => {
  it('says row by row what the run then does, and changes nobody', async () => {
    await holds(15, cases, async (world) => {
      const engine = await laboratory.build(world);
      const before = [await laboratory.dump('users'), await laboratory.dump('rocketchat_avatars')];
      const preview = await engine.preview();
      expect([await laboratory.dump('users'), await laboratory.dump('rocketchat_avatars')]).toEqual(before);
      const run = await engine.sync();
      await expectAsPreviewed(preview, run, engine);
    });
  });
});

describe('where the database holds two spellings of one name or address, a preview', () => {
  const user = (
    _id: string,
    username: string,
    address: string,
    services: UserRecord['services'],
  ): UserRecord => ({
    _id,
    type: 'user',
    username,
    emails: [{ address, verified: true }],
    roles: ['user'],
    active: true,
    ...(services?.ldap ? { ldap: true } : {}),
    services,
  });
  const ldap = { ldap: { id: toLdapId(0), idAttribute: 'entryUUID' } };
  const entry = (uid: string, mail: string) =>
    toEntry(`cn=p0,${BASE}`, { entryUUID: 'id-0', uid, cn: 'Ada', mail });

  it('says of the address what the run then does', async () => {
    const users = [user('local-0', 'local', 'ADA@x.org', {}), user('linked-0', 'u0', 'ada@x.org', ldap)];
    const engine = await laboratory.build({ entries: [entry('u0', 'ADA@x.org')], users, settings: {} });
    const preview = await engine.preview();
    expect(preview.counts).toEqual((await engine.sync()).counts);
  });

  it('says of the name what the run then does', async () => {
    const users = [user('local-0', 'Ada', 'local@x.org', {}), user('linked-0', 'ada', 'ada@x.org', ldap)];
    const engine = await laboratory.build({
      entries: [entry('Ada', 'ada@x.org')],
      users,
      settings: { UTF8_Names_Slugify: false },
    });
    const preview = await engine.preview();
    expect(preview.counts).toEqual((await engine.sync()).counts);
  });
});

describe('the counts', () => {
  it(
    'add up, however a run ends: everybody who was read has one outcome, and beside them only the ' +
      'missing are counted',
    async () => {
      await holds(
        15,
        fc.record({ world: cases, fault: fc.option(faults, { nil: undefined }) }),
        async ({ world, fault }) => {
          const engine = await laboratory.build(world);
          const run = await engine.sync(fault);
          await expectToAddUp(run, engine);
          if (run.held?.approvable) {
            const approval = await engine.approve(run._id);
            const people = new Set((await engine.changes(approval._id)).map(({ userId }) => userId));
            expect([approval.counts.read, sumOf(approval)]).toEqual([0, people.size]);
          }
        },
      );
    },
  );
});

async function expectToAddUp(run: RunReport, engine: Engine): Promise<void> {
  const rows = await engine.changes(run._id);
  const missing = rows.filter(
    (row) => row.state === 'done' && 'because' in row && row.because === 'missing-from-directory',
  );
  expect(sumOf(run) - missing.length).toBe(run.counts.read);
}

function sumOf({ counts }: RunReport): number {
  return OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
}

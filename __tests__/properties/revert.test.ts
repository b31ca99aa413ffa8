import fc from 'fast-check';
import type { UserRecord } from '../../models/user.js';
import { toEntry } from '../setup/entries.js';
import { holds } from '../setup/holds.js';
import { useLaboratory } from '../setup/laboratory.js';
import { BASE } from '../setup/memory-directory.js';
import { toLdapId, worlds } from '../setup/worlds.js';

jest.setTimeout(600_000);
const laboratory = useLaboratory();

type Taken = Pick<UserRecord, 'active' | 'username' | 'sipExtension' | 'emails'>;

/** What a run takes away, and so what a revert gives back. */
async function taken(): Promise<Map<string, Taken>> {
  return new Map((await laboratory.users()).map((user) => [user._id, toTaken(user)]));
}

function toTaken({ active, username, sipExtension, emails }: UserRecord): Taken {
  return { active, username, sipExtension, emails };
}

const cases = worlds(1, false);

it(
  'a revert gives everybody back what the run took away, but for a name or an address that somebody else ' +
    'has',
  async () => {
    await holds(15, cases, async (world) => {
      const engine = await laboratory.build({
        ...world,
        settings: { ...world.settings, LDAP_Guard_Always_Allowed: 20 },
      });
      const before = await taken();
      const run = await engine.sync();
      fc.pre(run.state === 'completed');
      const changes = await engine.changes(run._id);
      // What a run gives is not taken back: people stay switched on, and keep an extension or an address that
      // is new.
      const given = new Map(
        changes
          .filter(({ kind }) => kind === 'write')
          .map(({ userId, fields }) => [userId, new Map(fields.map(({ field, to }) => [field, to]))]),
      );
      const revert = await engine.revert(run._id);
      expect(revert.state).toBe('completed');
      const after = await taken();
      const expected = [...before].map(
        ([userId, was]) => [userId, { ...was, ...pick(given.get(userId)) }] as const,
      );
      expectGivenBack(new Map(expected), after);
    });
  },
);

it(
  'a revert gives everybody back what an approval took away, but for a name or an address that somebody ' +
    'else has',
  async () => {
    await holds(10, cases, async (world) => {
      const engine = await laboratory.build({
        ...world,
        settings: { ...world.settings, LDAP_Guard_Always_Allowed: 1 },
      });
      const run = await engine.sync();
      fc.pre(run.held?.approvable === true);
      const before = await taken();
      const approval = await engine.approve(run._id);
      expect(approval.state).toBe('completed');
      await engine.revert(approval._id);
      expectGivenBack(before, await taken());
    });
  },
);

it('a revert gives a name back that was passed on by who was read first', async () => {
  const engine = await laboratory.build({
    entries: [
      toEntry(`cn=p0,${BASE}`, { entryUUID: 'id-0', uid: 'u1', cn: 'A', mail: 'm0@x.org' }),
      toEntry(`cn=p1,${BASE}`, { entryUUID: 'id-1', uid: 'u2', cn: 'B', mail: 'm1@x.org' }),
    ],
    users: [linked(0, 'u0'), linked(1, 'u1')],
    settings: {},
  });
  const before = await taken();
  const run = await engine.sync();
  expect((await laboratory.users()).map(({ username }) => username)).toEqual(['u1', 'u2']);
  await engine.revert(run._id);
  expect(await taken()).toEqual(before);
});

function linked(id: number, username: string): UserRecord {
  return {
    _id: `linked-${id}`,
    type: 'user',
    username,
    emails: [{ address: `m${id}@x.org`, verified: true }],
    roles: ['user'],
    active: true,
    ldap: true,
    services: { ldap: { id: toLdapId(id), idAttribute: 'entryUUID' } },
  };
}

/**
 * A database may hold `ada` beside `Ada`; whoever was renamed away from there cannot go back, since a run
 * makes no such pairs.
 */
function expectGivenBack(before: ReadonlyMap<string, Taken>, after: ReadonlyMap<string, Taken>): void {
  const others = (userId: string): Taken[] =>
    [...after].filter(([id]) => id !== userId).map(([, user]) => user);
  const isTaken = (name: string | undefined, by: string): boolean =>
    others(by).some(({ username }) => username?.toLowerCase() === name?.toLowerCase());
  const addressesOf = ({ emails }: Taken): string[] =>
    (emails ?? []).map(({ address }) => address.toLowerCase());
  for (const [userId, was] of before) {
    const is = after.get(userId)!;
    const taken = new Set(others(userId).flatMap(addressesOf));
    const free = {
      ...(isTaken(was.username, userId) ? { username: was.username } : {}),
      ...(addressesOf(was).some((address) => taken.has(address)) ? { emails: was.emails } : {}),
    };
    expect({ userId, ...is, ...free }).toEqual({ userId, ...was });
  }
}

function pick(given: ReadonlyMap<string, unknown> | undefined): Partial<Taken> {
  return Object.fromEntries(
    ['active', 'sipExtension', 'emails']
      .filter((field) => given?.has(field))
      .map((field) => [field, given?.get(field)]),
  );
}

import fc from 'fast-check';
import type { Directory, DirectoryEntry } from '../../lib/directory/directory.js';
import type { Membership } from '../../lib/directory/groups.js';
import { toEntry } from '../setup/entries.js';
import { GROUPS, membershipsOf, personDN, toGroupPerson, toQuestion } from '../setup/group-directory.js';
import { createMemoryDirectory, type Fault } from '../setup/memory-directory.js';
import { createRangedDirectory } from '../setup/ranged-directory.js';

const NAMES = ['g0', 'g1', 'g2', 'g3', 'g4'] as const;
const PEOPLE = ['ada', 'bob', 'eve'] as const;

type Name = (typeof NAMES)[number];

/** Who is in which group, and which group is in which. */
interface World {
  readonly people: Readonly<Record<Name, readonly string[]>>;
  readonly within: Readonly<Record<Name, readonly Name[]>>;
}

/** What of it is not shown, and nothing is said of it. */
interface Lies {
  readonly hidden: readonly Name[];
  readonly memberless: readonly Name[];
  readonly fault: Fault | undefined;
  readonly rangeSize: number;
  readonly breaksAt: number;
}

const ofEach = <T>(value: fc.Arbitrary<T>) =>
  fc.record(Object.fromEntries(NAMES.map((name) => [name, value])) as Record<Name, fc.Arbitrary<T>>);

const worlds: fc.Arbitrary<World> = fc.record({
  people: ofEach(fc.subarray([...PEOPLE, 'guest'])),
  within: ofEach(fc.subarray([...NAMES])),
});
const lies: fc.Arbitrary<Lies> = fc.record({
  hidden: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.subarray([...NAMES], { maxLength: 2 })),
  memberless: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.subarray([...NAMES], { maxLength: 2 })),
  fault: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant('size-limit' as const), afterEntries: fc.nat(4) }),
      fc.constant({ kind: 'empty' as const }),
    ),
    { nil: undefined, freq: 4 },
  ),
  rangeSize: fc.constantFrom(1, 2, 100),
  breaksAt: fc.oneof({ weight: 4, arbitrary: fc.constant(Infinity) }, fc.nat(6)),
});

/** Some other spelling of a DN. */
const respelt = (dn: string, index: number): string =>
  [dn, dn.toUpperCase(), dn.replaceAll(',', ' ; '), dn.replaceAll('=', ' = ')][index % 4] as string;

function toDirectory(
  { people, within }: World,
  { hidden, memberless, fault, rangeSize, breaksAt }: Lies,
): Directory {
  const entries: DirectoryEntry[] = NAMES.filter((name) => !hidden.includes(name)).map((name) => {
    // A group without a member is one that hides its members.
    const dns = [...people[name].map(personDN), ...within[name].map((inner) => `cn=${inner},${GROUPS}`)];
    const member = memberless.includes(name) ? [] : dns.map(respelt);
    return toEntry(`cn=${name},${GROUPS}`, { cn: name, objectClass: 'groupOfNames', member });
  });
  const everybody = [...PEOPLE, 'guest'].map((name) => toEntry(personDN(name), { uid: name }));
  return createRangedDirectory(createMemoryDirectory([...entries, ...everybody], fault), {
    size: rangeSize,
    breaksAt,
  });
}

function isMember(person: string, group: Name, { people, within }: World, seen = new Set<Name>()): boolean {
  if (seen.has(group)) return false;
  seen.add(group);
  return (
    people[group].includes(person) ||
    within[group].some((inner) => isMember(person, inner, { people, within }, seen))
  );
}

function toReach(group: Name, { within }: World): readonly Name[] {
  const reached = new Set([group]);
  for (const one of reached) for (const inner of within[one]) reached.add(inner);
  return [...reached];
}

async function ask(world: World, lie: Lies, isNested: boolean) {
  const link = isNested ? 'member:1.2.840.113556.1.4.1941:' : 'member';
  const question = toQuestion(`(&(cn=#{groupName})(${link}=#{userdn}))`, NAMES);
  const people = PEOPLE.map((name) => toGroupPerson(name));
  return (await membershipsOf(toDirectory(world, lie), question, people)) as Record<
    string,
    Record<Name, Membership>
  >;
}

const TRUTH: Lies = { hidden: [], memberless: [], fault: undefined, rangeSize: 2, breaksAt: Infinity };

describe('for any groups with circles and values in parts', () => {
  it('everybody is said to be in the groups they are in, and in no other, when the directory tells all', () =>
    fc.assert(
      fc.asyncProperty(worlds, fc.boolean(), async (world, isNested) => {
        const answers = await ask(world, TRUTH, isNested);
        for (const person of PEOPLE)
          for (const group of NAMES) {
            const wanted = isNested ? isMember(person, group, world) : world.people[group].includes(person);
            const isWhole = (isNested ? toReach(group, world) : [group]).every(
              (one) => world.people[one].length + world.within[one].length > 0,
            );
            const answer = answers[person]![group];
            if (wanted) expect(answer).toBe('member');
            else expect(answer).toBe(isWhole ? 'not-member' : 'unknown');
          }
      }),
    ));

  it('nobody is said not to be in a group on the strength of what the directory does not show', () =>
    fc.assert(
      fc.asyncProperty(worlds, lies, fc.boolean(), async (world, lie, isNested) => {
        const answers = await ask(world, lie, isNested);
        for (const person of PEOPLE)
          for (const group of NAMES) {
            const wanted = isNested ? isMember(person, group, world) : world.people[group].includes(person);
            expect(answers[person]![group]).not.toBe(wanted ? 'not-member' : 'member');
          }
      }),
    ));
});

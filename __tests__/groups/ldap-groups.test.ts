import type { Directory } from '../../lib/directory/directory.js';
import { ONCE_BY_DEFAULT } from '../../lib/groups/group-strategy.js';
import { toEntry } from '../setup/entries.js';
import {
  GROUPS,
  membershipsOf,
  PEOPLE,
  personDN,
  readGroupsOf,
  toGroup,
  toGroupPerson,
  toQuestion,
  watched,
} from '../setup/group-directory.js';
import { createMemoryDirectory } from '../setup/memory-directory.js';
import { createRangedDirectory } from '../setup/ranged-directory.js';

const BY_DN = '(&(cn=#{groupName})(member=#{userdn}))';
const BY_NAME = '(&(cn=#{groupName})(memberUid=#{username}))';
const NESTED = '(&(cn=#{groupName})(member:1.2.840.113556.1.4.1941:=#{userdn}))';
const ADA = toGroupPerson('ada');
const BOB = toGroupPerson('bob');
const ENTRIES = ['ada', 'bob'].map((name) => toEntry(personDN(name), { uid: name }));
const both = (ada: string, bob: string, group = 'staff') => ({
  ada: { [group]: ada },
  bob: { [group]: bob },
});

describe('a group', () => {
  it.each([
    ['member', BY_DN, { member: personDN('ada') }],
    ['member in another spelling', BY_DN, { member: ' UID = Ada ; ou=PEOPLE,dc=X' }],
    [
      'uniqueMember',
      '(&(cn=#{groupName})(uniqueMember=#{userdn}))',
      { uniqueMember: `${personDN('ada')}#'01'B` },
    ],
    ['memberUid', BY_NAME, { memberUid: 'Ada' }],
    [
      'a DN made of the name',
      '(&(cn=#{groupName})(member=uid=#{username},ou=people,dc=x))',
      { member: personDN('ada') },
    ],
  ])('lists its members by %s', async (_, filter, values) => {
    const groups = [toGroup('Staff', values)];
    expect(await membershipsOf(groups, toQuestion(filter, ['staff']), [ADA, BOB])).toEqual(
      both('member', 'not-member'),
    );
  });

  it('has the members of all entries with its name', async () => {
    const groups = [
      toGroup('staff', { member: personDN('ada') }),
      toGroup('staff', { member: personDN('bob') }, `ou=other,${GROUPS}`),
    ];
    expect(await membershipsOf(groups, toQuestion(BY_DN, ['staff']), [ADA, BOB])).toEqual(
      both('member', 'member'),
    );
  });

  it('has the members of groups within it, through circles, and of groups under another base', async () => {
    const groups = [
      toGroup('staff', { member: [personDN('ada'), `cn=inner,${GROUPS}`] }),
      toGroup('inner', { member: [`cn=staff,${GROUPS}`, 'cn=far,ou=elsewhere,dc=x'] }),
      toGroup('far', { member: [personDN('bob'), 'CN=Far, OU=Elsewhere, DC=x'] }, 'ou=elsewhere,dc=x'),
      ...ENTRIES,
    ];
    const people = [ADA, BOB, toGroupPerson('eve')];
    expect(await membershipsOf(groups, toQuestion(NESTED, ['staff', 'inner']), people)).toEqual({
      ada: { staff: 'member', inner: 'member' },
      bob: { staff: 'member', inner: 'member' },
      eve: { staff: 'not-member', inner: 'not-member' },
    });
    expect(await membershipsOf(groups, toQuestion(BY_DN, ['staff']), [ADA, BOB])).toEqual(
      both('member', 'not-member'),
    );
  });

  it('is the primary group of those whose entries say so, though it does not list them', async () => {
    const sid = Buffer.from('0105000000000005150000000102030401020304010203040102', 'hex');
    const groups = [toGroup('staff', { member: personDN('eve'), objectSid: sid })];
    const ada = toGroupPerson('ada', { primaryGroupSid: sid.toString('hex') });
    expect(await membershipsOf(groups, toQuestion(BY_DN, ['staff']), [ada, BOB])).toEqual(
      both('member', 'not-member'),
    );
  });

  it('with many members is read part by part to the end', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `p${index}`);
    const groups = [toGroup('staff', { member: names.map(personDN) })];
    const directory = createRangedDirectory(createMemoryDirectory(groups), { size: 3 });
    const answers = await membershipsOf(
      directory,
      toQuestion(BY_DN, ['staff']),
      [...names, 'ada'].map((name) => toGroupPerson(name)),
    );
    expect(answers).toEqual({
      ...Object.fromEntries(names.map((name) => [name, { staff: 'member' }])),
      ada: { staff: 'not-member' },
    });
  });
});

describe('nobody is known not to be in a group', () => {
  const member = personDN('bob');

  it.each([
    ['is not there', [toGroup('others', { member })], 'not found'],
    ['shows no member', [toGroup('others', { member }), toGroup('staff', {})], 'show no member'],
    ['is dynamic', [toGroup('staff', { member, memberURL: 'ldap:///dc=x??sub?(uid=*)' })], 'dynamic'],
  ])('that %s', async (_, groups, message) => {
    const question = toQuestion(BY_DN, ['staff', 'others']);
    const memberships = await readGroupsOf(createMemoryDirectory(groups), [question]);
    const [ofAda] = await memberships.ask(question, [ADA]);
    expect(ofAda!('staff')).toBe('unknown');
    expect(memberships.problems()).toContainEqual(
      expect.objectContaining({
        setting: 'THE_MAP',
        message: expect.stringMatching(new RegExp(`${message}.*"staff"`)),
        remedy: expect.stringContaining('THE_MAP'),
        params: expect.objectContaining({ groups: 'THE_MAP', names: '"staff"' }),
      }),
    );
  });

  it('when the place where groups are shows none', async () => {
    const question = toQuestion(BY_DN, ['staff', 'others']);
    const memberships = await readGroupsOf(createMemoryDirectory([]), [question]);
    expect((await memberships.ask(question, [ADA]))[0]!('staff')).toBe('unknown');
    expect(memberships.problems()).toMatchObject([
      { setting: 'THE_BASE', message: expect.stringContaining(GROUPS) },
    ]);
  });

  it('when the search for groups is cut off', async () => {
    const groups = ['a', 'b', 'c'].map((name) => toGroup(name, { member }));
    const directory = createMemoryDirectory(groups, { kind: 'size-limit', afterEntries: 2 });
    const question = toQuestion(BY_DN, ['a', 'b', 'c']);
    const memberships = await readGroupsOf(directory, [question]);
    const [ofAda, ofBob] = await memberships.ask(question, [ADA, BOB]);
    expect(['a', 'b', 'c'].map(ofAda!)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(['a', 'b', 'c'].map(ofBob!)).toEqual(['member', 'member', 'unknown']);
    expect(memberships.problems()).toMatchObject([
      { setting: 'THE_BASE', message: expect.stringContaining('size limit') },
    ]);
  });

  it('whose further members cannot be read', async () => {
    const groups = [
      toGroup('staff', { member: Array.from({ length: 9 }, (_, index) => personDN(`p${index}`)) }),
    ];
    const directory = createRangedDirectory(createMemoryDirectory(groups), { size: 3, breaksAt: 6 });
    const people = [toGroupPerson('p5'), toGroupPerson('p8')];
    expect(await membershipsOf(directory, toQuestion(BY_DN, ['staff']), people)).toEqual({
      p5: { staff: 'member' },
      p8: { staff: 'unknown' },
    });
  });

  it('in which a group shows no member', async () => {
    const groups = [
      toGroup('staff', { member: [member, `cn=inner,${GROUPS}`] }),
      toGroup('inner', { objectClass: 'groupOfNames' }),
    ];
    expect(await membershipsOf(groups, toQuestion(NESTED, ['staff']), [ADA])).toEqual({
      ada: { staff: 'unknown' },
    });
  });

  it.each([
    ['an entry', false, 'unknown'],
    ['an entry, unless the server knows it and will be asked (Active Directory)', true, 'not-member'],
  ])('in which is %s that is not shown', async (_, isActiveDirectory, answer) => {
    const question = toQuestion(NESTED, ['staff']);
    const groups = [toGroup('staff', { member: [member, `cn=hidden,${GROUPS}`] }), ...ENTRIES];
    const memberships = await readGroupsOf(createMemoryDirectory(groups), [question], { isActiveDirectory });
    expect((await memberships.ask(question, [ADA]))[0]!('staff')).toBe(answer);
  });

  it.each([
    ['hides them', false, 'unknown'],
    ['is empty, as groups may be in an Active Directory', true, 'not-member'],
  ])('in which is a group that shows no member, so that it %s', async (_, isActiveDirectory, answer) => {
    const question = toQuestion(NESTED, ['staff']);
    const inner = toGroup('inner', { objectClass: 'group' });
    const groups = [toGroup('staff', { member: [member, inner.dn] }), inner, ...ENTRIES];
    const memberships = await readGroupsOf(createMemoryDirectory(groups), [question], { isActiveDirectory });
    expect((await memberships.ask(question, [ADA]))[0]!('staff')).toBe(answer);
  });

  it('that their own entry names (memberOf)', async () => {
    const groups = [toGroup('staff', { member })];
    const ada = toGroupPerson('ada', { memberOf: [`CN=Staff,${GROUPS}`] });
    const eve = toGroupPerson('eve', { memberOf: [`cn=others,${GROUPS}`] });
    expect(await membershipsOf(groups, toQuestion(BY_DN, ['staff']), [ada, eve])).toEqual({
      ada: { staff: 'unknown' },
      eve: { staff: 'not-member' },
    });
  });

  it('that is within another of which only the entry of the person knows', async () => {
    const groups = [toGroup('staff', { member: [member, `cn=hidden,${GROUPS}`] })];
    const ada = toGroupPerson('ada', { memberOf: [`cn=hidden,${GROUPS}`] });
    expect(await membershipsOf(groups, toQuestion(NESTED, ['staff']), [ada])).toEqual({
      ada: { staff: 'unknown' },
    });
  });

  it('unless only groups within the group have them, and those do not count', async () => {
    const groups = [
      toGroup('staff', { member: [member, `cn=inner,${GROUPS}`] }),
      toGroup('inner', { member: ADA.dn }),
    ];
    const ada = toGroupPerson('ada', { memberOf: [`cn=inner,${GROUPS}`] });
    expect(await membershipsOf(groups, toQuestion(BY_DN, ['staff']), [ada])).toEqual({
      ada: { staff: 'not-member' },
    });
  });

  it('when they have no user name, and the group lists names', async () => {
    const nameless = toGroupPerson('ada', { usernames: [] });
    const groups = [toGroup('staff', { memberUid: 'bob' })];
    const question = toQuestion(BY_NAME, ['staff']);
    const memberships = await readGroupsOf(createMemoryDirectory(groups), [question]);
    expect((await memberships.ask(question, [nameless]))[0]!('staff')).toBe('unknown');
  });
});

describe('groups that are asked for once', () => {
  const once = (groups: readonly string[]) =>
    toQuestion('(member=#{userdn})', groups, { strategy: ONCE_BY_DEFAULT });
  const member = personDN('ada');

  it('are called by the first attribute that they have, by each of its values, and exactly', async () => {
    const groups = [
      toGroup('staff', { ou: ['Berlin', 'Bonn'], member }),
      toGroup('admins', { member }),
      toGroup('bonn', { member: personDN('bob') }),
    ];
    expect(
      await membershipsOf(groups, once(['Berlin', 'Bonn', 'staff', 'admins', 'Admins', 'bonn']), [ADA]),
    ).toEqual({
      ada: {
        Berlin: 'member',
        Bonn: 'member',
        staff: 'unknown',
        admins: 'member',
        Admins: 'unknown',
        bonn: 'not-member',
      },
    });
  });
});

describe('people who name their groups', () => {
  const question = toQuestion(
    '(&(uid=#{username})(memberOf=cn=#{groupName},ou=groups,dc=x))',
    ['staff', 'gone'],
    {
      baseDN: PEOPLE,
    },
  );
  const people = [
    toEntry(personDN('ada'), { uid: 'ada', memberOf: ['cn=x,dc=x', 'cn=y,dc=x', `CN=STAFF,${GROUPS}`] }),
    toEntry(personDN('bob'), { uid: 'bob', memberOf: 'cn=x,dc=x' }),
    toEntry(personDN('eve'), { uid: 'eve', memberOf: [`cn=staff,${GROUPS}`, 'cn=x,dc=x'] }),
  ];

  it.each([1, 2, 100])(
    'are found in one search, though their entries come in parts of %i values',
    async (size) => {
      const inner = createRangedDirectory(createMemoryDirectory(people), { size });
      const { directory, queries } = watched(inner);
      expect(
        await membershipsOf(
          directory,
          question,
          ['ada', 'bob', 'eve'].map((name) => toGroupPerson(name)),
        ),
      ).toEqual({
        ada: { staff: 'member', gone: 'unknown' },
        bob: { staff: 'not-member', gone: 'unknown' },
        eve: { staff: 'member', gone: 'unknown' },
      });
      expect(queries.filter(({ scope }) => scope === 'sub')).toHaveLength(1);
    },
  );
});

describe('a question in no usual form', () => {
  const question = toQuestion('(&(cn=#{groupName})(member=#{userdn})(description=*))', ['staff', 'admins']);
  const unusual = toQuestion('(&(cn=#{groupName})(|(member=#{userdn})(!(cn=*)))(description=*))', [
    'staff',
    'admins',
  ]);
  const groups = [
    toGroup('staff', { description: 'x', member: personDN('ada') }),
    toGroup('admins', { member: personDN('ada') }),
  ];

  it('is answered as its usual form would be, with a search for each person', async () => {
    expect(question.form.kind).toBe('listed');
    expect(unusual.form.kind).toBe('each-person');
    const { directory, queries } = watched(createMemoryDirectory(groups));
    expect(await membershipsOf(directory, unusual, [ADA, BOB])).toEqual({
      ada: { staff: 'member', admins: 'unknown' },
      bob: { staff: 'not-member', admins: 'unknown' },
    });
    expect(queries).toHaveLength(2);
  });

  it('takes what people are called for a value, whatever is in it', async () => {
    const evil = toGroupPerson('*)(cn=*', { dn: 'uid=*)(cn=*,dc=x' });
    const people = [ADA, evil];
    expect(await membershipsOf(groups, unusual, people)).toMatchObject({
      '*)(cn=*': { staff: 'not-member' },
    });
  });
});

describe('several questions', () => {
  it('share their searches when they ask in one place for groups of one kind', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `g${index}`);
    const groups = names.map((name) => toGroup(name, { member: personDN('ada'), memberUid: 'ada' }));
    const { directory, queries } = watched(createMemoryDirectory(groups));
    const roles = toQuestion(BY_DN, names.slice(0, 40));
    const channels = toQuestion(BY_NAME, names.slice(20), { baseDN: 'OU=Groups, DC=x' });
    const memberships = await readGroupsOf(directory, [roles, channels]);
    expect((await memberships.ask(roles, [ADA]))[0]!('g39')).toBe('member');
    expect((await memberships.ask(channels, [BOB]))[0]!('g59')).toBe('not-member');
    expect(queries).toHaveLength(1);
  });

  it.each([
    [120, 2],
    [400, 4],
  ])('about %i groups take %i searches, however many people there are', async (count, searches) => {
    const names = Array.from({ length: count }, (_, index) => `g${index}`);
    const { directory, queries } = watched(
      createMemoryDirectory(names.map((name) => toGroup(name, { member: personDN('ada') }))),
    );
    const question = toQuestion(BY_DN, names);
    const memberships = await readGroupsOf(directory, [question]);
    await memberships.ask(
      question,
      Array.from({ length: 1_000 }, (_, index) => toGroupPerson(`p${index}`)),
    );
    expect(queries).toHaveLength(searches);
  });
});

describe('the server itself', () => {
  it.each([
    [BY_DN, 'ada', true],
    [BY_DN, 'bob', false],
    [BY_NAME, 'bob', true],
  ])('is asked whether it finds a group by a person: %s, %s', async (filter, name, isMatched) => {
    const groups = [toGroup('staff', { member: personDN('ada'), memberUid: 'bob' })];
    const question = toQuestion(filter, ['staff']);
    const memberships = await readGroupsOf(createMemoryDirectory(groups), [question]);
    expect(await memberships.isMatched(question, 'staff', toGroupPerson(name))).toBe(isMatched);
  });

  it('is no witness against somebody when it does not finish the search', async () => {
    const inner = createMemoryDirectory([toGroup('staff', { member: personDN('ada') })]);
    const message = 'The server stopped at its time limit.';
    const directory: Directory = {
      ...inner,
      async *sweep(query, signal) {
        if (query.sizeLimit !== 1) return yield* inner.sweep(query, signal);
        return { complete: false, reason: 'time-limit', message, remedy: 'Raise it.' };
      },
    };
    const question = toQuestion(BY_DN, ['staff']);
    const memberships = await readGroupsOf(directory, [question]);
    expect(await memberships.isMatched(question, 'staff', toGroupPerson('bob'))).toBe(true);
  });
});

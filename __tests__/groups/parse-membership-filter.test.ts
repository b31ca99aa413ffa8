import type { GroupStrategy } from '../../lib/groups/group-strategy.js';
import { ONCE_BY_DEFAULT } from '../../lib/groups/group-strategy.js';
import { parseMembershipFilter } from '../../lib/groups/parse-membership-filter.js';

const EACH: GroupStrategy = { kind: 'each_group' };
const parse = (text: string, strategy: GroupStrategy = EACH) =>
  parseMembershipFilter(text, 'THE_FILTER', strategy);
const formOf = (text: string, strategy?: GroupStrategy) => {
  const parsed = parse(text, strategy);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.form;
};

const member = { attribute: 'member', template: '#{userdn}', by: 'dn', isNested: false };
const memberUid = { attribute: 'memberUid', template: '#{username}', by: 'name', isNested: false };
const byName = { by: 'value', attribute: 'cn', template: '#{groupName}' };

const LISTED: readonly (readonly [string, object])[] = [
  ['(&(cn=#{groupName})(memberUid=#{username}))', { fixed: [], naming: byName, links: [memberUid] }],
  ['&(cn=#{groupName})(member=#{userdn})', { fixed: [], naming: byName, links: [member] }],
  [
    '(&(objectClass=posixGroup)(&(cn=#{groupName})(memberUid=#{username})))',
    {
      fixed: [{ type: 'equal', attribute: 'objectClass', value: Buffer.from('posixGroup') }],
      naming: byName,
    },
  ],
  ['(&(cn=#{groupName})(|(memberUid=#{username})(member=#{userdn})))', { links: [memberUid, member] }],
  [
    '(&(cn=#{groupName})(member:1.2.840.113556.1.4.1941:=#{userdn}))',
    { naming: byName, links: [{ ...member, isNested: true }] },
  ],
  [
    '(&(cn=chat-#{groupName})(uniqueMember=uid=#{username},ou=people,dc=x))',
    {
      naming: { ...byName, template: 'chat-#{groupName}' },
      links: [{ ...member, attribute: 'uniqueMember', template: 'uid=#{username},ou=people,dc=x' }],
    },
  ],
  [
    '(&(objectClass=user)(sAMAccountName=#{username})(memberOf:1.2.840.113556.1.4.1941:=cn=#{groupName},dc=x))',
    {
      fixed: [],
      naming: { by: 'dn', template: 'cn=#{groupName},dc=x' },
      links: [{ ...member, isNested: true }],
    },
  ],
];

describe('a filter of the group settings', () => {
  it.each(LISTED)('is turned round when it asks for groups with members (%#)', (text, form) => {
    expect(formOf(text)).toMatchObject({ kind: 'listed', ...form });
  });

  it.each([
    ['(member=#{userdn})', { fixed: [], links: [member] }],
    ['(&(ou=*)(uniqueMember=#{userdn}))', { fixed: [{ type: 'present', attribute: 'ou' }] }],
  ])('is turned round when it asks for all groups of a person once: %s', (text, form) => {
    const naming = { by: 'first-present', attributes: ['ou', 'cn'] };
    expect(formOf(text, ONCE_BY_DEFAULT)).toMatchObject({ kind: 'listed', naming, ...form });
  });

  it('is turned round when it asks for people who name a group', () => {
    expect(
      formOf('(&(objectClass=user)(uid=#{username})(memberOf=cn=#{groupName},ou=groups,dc=x))'),
    ).toMatchObject({
      kind: 'member-of',
      group: 'cn=#{groupName},ou=groups,dc=x',
      person: { attribute: 'uid', template: '#{username}', by: 'name' },
      fixed: [{ attribute: 'objectClass' }],
    });
  });

  it.each([
    ['(&(cn=#{groupName})(memberUid=*#{username}*))', ['cn']],
    ['(&(cn=#{groupName})(!(member=#{userdn})))', ['cn']],
    ['(&(cn=#{groupName})(member=#{userdn})(owner=#{userdn}))', ['cn']],
    ['(|(cn=#{groupName})(member=#{userdn}))', []],
    ['(&(|(cn=#{groupName})(ou=#{groupName}))(member=#{userdn}))', []],
    ['(&(cn=*#{groupName})(member=#{userdn}))', []],
    ['(description=#{groupName} of #{username})', []],
    ['(&(uid=#{username})(!(locked=TRUE))(memberOf:1.2.840.113556.1.4.1941:=cn=#{groupName},dc=x))', []],
  ])(
    'is asked of each person, with a warning that says what it costs, in any other form (%#)',
    (text, names) => {
      const parsed = parse(text);
      expect(parsed).toMatchObject({
        ok: true,
        form: { kind: 'each-person', nameAttributes: names },
        warning: {
          message: expect.stringContaining('each person costs a search of its own or several'),
          remedy: expect.stringContaining('(&(cn=#{groupName})(member=#{userdn}))'),
        },
      });
    },
  );

  it.each([
    ['', 'is empty'],
    ['  ', 'is empty'],
    ['(&(cn=#{groupName})(memberUid=#{user}))', 'has "#{user}"'],
    ['(&(cn=#{groupName}(memberUid=#{username}))', 'is not a search filter'],
    ['(&(cn=#{groupName})(userPassword=#{username}))', 'tests userPassword'],
    ['(cn=#{groupName})', 'has neither #{username} nor #{userdn}'],
    ['(memberUid=#{username})', 'has no #{groupName}'],
  ])('is refused with a remedy when it cannot mean what it says: %j', (text, message) => {
    expect(parse(text)).toMatchObject({
      ok: false,
      problem: {
        message: expect.stringContaining(message),
        remedy: expect.stringContaining('Correct THE_FILTER, for example'),
      },
    });
  });

  it('is refused when it has the name of a group and is asked once', () => {
    expect(parse('(&(cn=#{groupName})(member=#{userdn}))', ONCE_BY_DEFAULT)).toMatchObject({ ok: false });
  });
});

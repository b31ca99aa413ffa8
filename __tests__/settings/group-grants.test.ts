import { GRANT_SETTINGS } from '../../lib/settings/grant-settings.js';
import type { GrantKind, GroupGrants } from '../../lib/settings/sync-settings.js';
import { parseStored } from '../setup/sync-settings.js';

const KINDS = Object.keys(GRANT_SETTINGS) as GrantKind[];

function parse(kind: GrantKind, stored: Record<string, unknown> = {}) {
  const { enable, map, base } = GRANT_SETTINGS[kind];
  const parsed = parseStored({
    [enable]: true,
    [map]: '{"staff":["one","two"]}',
    [base]: 'ou=groups,dc=x',
    ...stored,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return {
    grants: parsed.settings.grants[kind],
    warned: parsed.warnings.map(({ setting }) => setting),
    remedies: parsed.warnings.map(({ remedy }) => remedy).join(' '),
  };
}

describe.each(KINDS)('groups that give %s', (kind) => {
  const { map, base, filter, otherBase } = GRANT_SETTINGS[kind];

  it('are those that the map names, each with a name or a list of names', () => {
    const { grants, warned } = parse(kind, { [map]: '{"staff":" one ","it":["one","two","one"]}' });
    expect(warned).toEqual([]);
    expect(toLists(grants)).toEqual([
      ['staff', ['one']],
      ['it', ['one', 'two']],
    ]);
    expect(grants?.question).toMatchObject({ groups: ['staff', 'it'], form: { kind: 'listed' } });
  });

  it.each([['{'], ['[]'], ['{}'], [''], ['{"staff":1}'], [`{"staff":"${'x'.repeat(201)}"}`]])(
    'give and take nothing when the map is %.40s, which is told with the remedy',
    (text) => {
      const { grants, warned, remedies } = parse(kind, { [map]: text });
      expect([grants, warned[0]]).toEqual([undefined, map]);
      expect(remedies).toContain('{"staff":"name"');
    },
  );

  it('leave out what the map says wrongly of one group', () => {
    const { grants, warned } = parse(kind, { [map]: '{"staff":"one","it":[{}],"__proto__":"two"}' });
    expect(warned).toEqual([map]);
    expect(toLists(grants)).toEqual([
      ['staff', ['one']],
      ['__proto__', ['two']],
    ]);
  });

  it.each([['(&(cn=#{groupName})(member='], ['(cn=#{groupName})'], ['(userPassword=#{username})']])(
    'give and take nothing when the filter is %s',
    (text) => {
      expect(parse(kind, { [filter]: text })).toMatchObject({ grants: undefined, warned: [filter] });
    },
  );

  it(`${otherBase ? 'are under the base of the people' : 'give and take nothing'} without a base`, () => {
    const { grants, warned } = parse(kind, { [base]: ' ' });
    expect([grants?.question.baseDN, warned]).toEqual(
      otherBase ? ['ou=people,dc=x', []] : [undefined, [base]],
    );
  });

  it('cost a search for each person with an unusual filter, which is told', () => {
    const unusual = '(&(ou=*)(!(member=#{userdn})))';
    const text = filter.includes('Teams') ? unusual : `(&(cn=#{groupName})${unusual})`;
    const { grants, warned } = parse(kind, { [filter]: text });
    expect([grants?.question.form.kind, warned]).toEqual(['each-person', [filter]]);
  });
});

function toLists(grants: GroupGrants | undefined) {
  return [...(grants?.byGroup ?? [])];
}

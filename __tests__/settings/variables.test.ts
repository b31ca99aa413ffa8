import { parseSyncSettings } from '../../lib/settings/parse-sync-settings.js';
import { parseSettings } from '../../lib/settings/settings.js';
import { createExpansion } from '../../lib/settings/variables/variable-names.js';

const MAP = 'LDAP_DataSync_VariableMap';
const GOOD = { LDAP_Host: 'x', LDAP_BaseDN: 'dc=x', LDAP_Server_Type: '', LDAP_DataSync_UseVariables: true };

function problemsOf(map: unknown, settings: object = {}) {
  const stored = { ...GOOD, [MAP]: typeof map === 'string' ? map : JSON.stringify(map), ...settings };
  const parsed = parseSyncSettings(parseSettings(new Map(Object.entries(stored))));
  return parsed.ok ? [] : parsed.problems;
}
const withOutput = (output: object) => ({ x: { input: 'a', output } });
const match = (pattern: string, flags?: string) =>
  withOutput({
    operation: 'match',
    pattern,
    regex: true,
    valueIfTrue: 'y',
    ...(flags === undefined ? {} : { flags }),
  });

describe('a variable that cannot be computed for anybody ends the run, with what to do', () => {
  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'is not JSON'],
    ['a list', '[]', 'is not an object of JSON'],
    ['too long', `{"x":"${'y'.repeat(70_000)}"}`, 'characters long'],
    ['too deep', `{"x":${'{"y":'.repeat(20)}1${'}'.repeat(20)}}`, 'nested deeper'],
    ['too many', Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`v${n}`, {}])), '101 entries'],
    ['a variable that is a text', { x: 'a' }, '"x" is not an object'],
    ['an input that is a list', { x: { input: ['a'] } }, '"x" has an "input" that is not a text'],
    ['an output that is a text', { x: { input: 'a', output: 'match' } }, '"x" has an "output"'],
    [
      'an unknown operation',
      withOutput({ operation: 'toString' }),
      'the operation "toString", which is none',
    ],
    ['the name of all objects as an operation', withOutput({ operation: 'constructor' }), 'which is none'],
    ['match without a pattern', withOutput({ operation: 'match', valueIfTrue: 'y' }), 'has no "pattern"'],
    [
      'match without a value',
      withOutput({ operation: 'match', pattern: 'a' }),
      'does not say what a match gives',
    ],
    [
      'match with an index that is none',
      withOutput({ operation: 'match', pattern: 'a', indexToUse: -1 }),
      'a whole number',
    ],
    [
      'replace without a replacement',
      withOutput({ operation: 'replace', pattern: 'a' }),
      'has no "replacement"',
    ],
    [
      'replace with an empty pattern',
      withOutput({ operation: 'replace', pattern: '', replacement: 'b' }),
      'has no "pattern"',
    ],
    ['split without a pattern', withOutput({ operation: 'split' }), 'has no "pattern"'],
    [
      'substring without a number',
      withOutput({ operation: 'substring', start: '1' }),
      '"start" that is not a number',
    ],
    ['fallback without one', withOutput({ operation: 'fallback' }), 'has no "fallback"'],
    [
      'a flag of the wrong type',
      withOutput({ operation: 'match', pattern: 'a', regex: 'yes', valueIfTrue: 'y' }),
      '"regex"',
    ],
    ['an attribute with a password', { x: { input: 'userPassword' } }, 'userPassword'],
    ['a template with a password', { x: { input: '#{unicodePwd}' } }, 'unicodePwd'],
    ['a template that does not end', { x: { input: '#{a' } }, '"#{" without'],
    ['an attribute that is none', { x: { input: 'a b' } }, 'cannot be an LDAP attribute'],
    [
      'a variable that is computed later',
      { x: { input: 'my_y' }, my_y: { input: 'a' } },
      '"my_y", which is not computed before',
    ],
    ['itself', { my_x: { input: 'my_x' } }, '"my_x", which is not computed before'],
    ['two by one name', { x: { input: 'a' }, X: { input: 'a' } }, 'twice'],
    ...[
      '',
      '1x',
      'a b',
      'x;lang-en',
      'a.b',
      '$where',
      'constructor',
      'prototype',
      'password',
      'y'.repeat(65),
    ].map((name): [string, unknown, string] => [
      `the name ${JSON.stringify(name.slice(0, 20))}`,
      { [name]: { input: 'a' } },
      'no variable can have',
    ]),
    ['the name "__proto__"', '{"__proto__":{"input":"a"}}', 'no variable can have'],
  ])('%s', (_, map, message) => {
    expect(problemsOf(map)[0]).toMatchObject({
      setting: MAP,
      message: expect.stringContaining(message),
      remedy: expect.stringMatching(/\w+ \w+/),
    });
  });

  it('all of it is told at once', () => {
    const bad = {
      '': { input: 'a' },
      x: { input: 'a', output: { operation: 'split' } },
      y: { input: 'userPassword' },
    };
    expect(problemsOf(bad, { LDAP_Host: '' })).toHaveLength(4);
  });

  it('nothing of it is told while variables are off', () => {
    expect(problemsOf('{', { LDAP_DataSync_UseVariables: false })).toEqual([]);
  });
});

describe('a pattern', () => {
  it.each(['(?=a)b', '(?!a)b', '(?<=a)b', '(?<!a)b'])(
    'that looks around is refused, and told what to write: %s',
    (pattern) => {
      expect(problemsOf(match(pattern))).toMatchObject([
        {
          message: expect.stringContaining('looks ahead or behind'),
          remedy: expect.stringContaining('indexToUse'),
        },
      ]);
    },
  );

  it.each(['(a)\\1', '(?<n>a)\\k<n>'])('that refers back is refused: %s', (pattern) => {
    expect(problemsOf(match(pattern))).toMatchObject([{ message: expect.stringContaining('refers back') }]);
  });

  it.each<[string, string]>([
    ['[', ''],
    ['(', ''],
    ['a', 'y'],
    ['a', 'v'],
    ['a', 'gg'],
    ['a', 'x'],
    ['(a{100}){100}', ''],
    ['a{2000}', ''],
    ['(a{500}b{500})', ''],
    ['\\p{L}', ''],
    ['\\u{61}', ''],
    ['[]', ''],
    ['\\01', ''],
  ])('that cannot be had is refused: %s with the flags "%s"', (pattern, flags) => {
    expect(problemsOf(match(pattern, flags))).toHaveLength(1);
  });

  it('that is too long is refused', () => {
    expect(problemsOf(match('x'.repeat(501)))).toMatchObject([{ remedy: 'Use at most 500.' }]);
  });

  it.each(['\\(?=a', '[(?=]', '[\\\\1]', '\\\\1', '(?<name>a)', '\\0'])(
    'that only looks so is not: %s',
    (pattern) => {
      expect(problemsOf(match(pattern))).toEqual([]);
    },
  );
});

it('a variable may be named where an attribute of a person is, and nowhere else', () => {
  const map = { log_in: { input: 'uid' } };
  const named = ['LDAP_Username_Field', 'LDAP_Name_Field', 'LDAP_Email_Field', 'LDAP_Extension_Field'];
  expect(problemsOf(map, Object.fromEntries(named.map((id) => [id, 'log_in'])))).toEqual([]);
  expect(problemsOf(map, { LDAP_Name_Field: '#{log_in}#{sn}' })).toEqual([]);
  for (const id of ['LDAP_User_Search_Field', 'LDAP_Unique_Identifier_Field', 'LDAP_Avatar_Field'])
    expect(problemsOf(map, { [id]: 'log_in' }).map(({ setting }) => setting)).toEqual([id]);
});

it('what a variable is computed of does not grow with the number of ways to it', () => {
  const variables = Array.from({ length: 100 }, (_, n) => ({
    name: `v${n + 1}`,
    input: { kind: 'first', attributes: [`v${n}`, `V${n}`] } as const,
  }));
  expect(createExpansion(variables)(['v100', 'mail'])).toEqual(['v0', 'V0', 'mail']);
});

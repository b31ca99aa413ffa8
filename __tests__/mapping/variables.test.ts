import { mapEntry, toRequestedAttributes } from '../../lib/mapping/map-entry.js';
import { toTexts } from '../../lib/mapping/attribute-text.js';
import { withVariables } from '../../lib/mapping/variables/with-variables.js';
import { MAPPING, toEntry } from '../setup/entries.js';
import { toSyncSettings } from '../setup/sync-settings.js';

type Values = Parameters<typeof toEntry>[1];

const mappingOf = (map: object, settings: object = {}) =>
  toSyncSettings({
    LDAP_DataSync_UseVariables: true,
    LDAP_DataSync_VariableMap: JSON.stringify(map),
    ...settings,
  }).mapping;

/** What variables are, of an entry with these values. */
function compute(map: object, values: Values, name = 'x'): readonly string[] {
  return toTexts(withVariables(toEntry('cn=a', values), mappingOf(map).variables), name, 'raw');
}

const one = (output: object, text: string) => compute({ x: { input: 'a', output } }, { a: text })[0] ?? '';

describe('an operation does what it does in Rocket.Chat', () => {
  it.each<[string, object, string, string]>([
    ['none', {}, 'Ada', 'Ada'],
    ['match: a text', { operation: 'match', pattern: 'd', valueIfTrue: 'yes' }, 'Ada', 'yes'],
    [
      'match: no match',
      { operation: 'match', pattern: 'z', valueIfTrue: 'yes', valueIfFalse: 'no' },
      'Ada',
      'no',
    ],
    ['match: no match, nothing said', { operation: 'match', pattern: 'z', valueIfTrue: 'yes' }, 'Ada', ''],
    [
      'match: without regex a pattern all the same',
      { operation: 'match', pattern: '^A.a$', valueIfTrue: 'y' },
      'Ada',
      'y',
    ],
    [
      'match: without regex the flags do not count',
      { operation: 'match', pattern: 'ADA', flags: 'i', valueIfTrue: 'y' },
      'Ada',
      '',
    ],
    [
      'match: with flags',
      { operation: 'match', pattern: 'ADA', regex: true, flags: 'i', valueIfTrue: 'y' },
      'Ada',
      'y',
    ],
    [
      'match: a group',
      { operation: 'match', pattern: '^(\\w+)@', regex: true, indexToUse: 1 },
      'ada@x.org',
      'ada',
    ],
    [
      'match: the whole',
      { operation: 'match', pattern: '[a-z]+', regex: true, indexToUse: 0 },
      '1abc2',
      'abc',
    ],
    [
      'match: a group that is not there',
      { operation: 'match', pattern: 'a', indexToUse: 3, valueIfTrue: 'y' },
      'a',
      'y',
    ],
    [
      'match: a group that is not there, nothing said',
      { operation: 'match', pattern: 'a', indexToUse: 3 },
      'a',
      '',
    ],
    [
      'match: a group without a part',
      { operation: 'match', pattern: '(z)?a', indexToUse: 1, valueIfTrue: 'y' },
      'a',
      '',
    ],
    [
      'match: with g the index counts matches',
      { operation: 'match', pattern: '(\\d)', regex: true, flags: 'g', indexToUse: 2 },
      '1-2-3',
      '3',
    ],
    ['replace: the first', { operation: 'replace', pattern: 'a', replacement: 'b' }, 'aa', 'ba'],
    ['replace: all', { operation: 'replace', pattern: 'a', replacement: 'b', all: true }, 'aa', 'bb'],
    [
      'replace: a text is no pattern',
      { operation: 'replace', pattern: '.', replacement: '-', all: true },
      'a.b',
      'a-b',
    ],
    ['replace: by nothing', { operation: 'replace', pattern: 'a', replacement: '', all: true }, 'aba', 'b'],
    [
      'replace: a pattern once',
      { operation: 'replace', pattern: '\\d', regex: true, replacement: '#' },
      '12',
      '#2',
    ],
    [
      'replace: a pattern, all',
      { operation: 'replace', pattern: '\\d', regex: true, all: true, replacement: '#' },
      '12',
      '##',
    ],
    [
      'replace: a pattern with g',
      { operation: 'replace', pattern: '\\d', regex: true, flags: 'g', replacement: '#' },
      '12',
      '##',
    ],
    [
      'replace: groups',
      { operation: 'replace', pattern: '(\\w+), (\\w+)', regex: true, replacement: '$2 $1' },
      'Byron, Ada',
      'Ada Byron',
    ],
    [
      'replace: empty matches',
      { operation: 'replace', pattern: 'z*', regex: true, all: true, replacement: '-' },
      'ab',
      '-a-b-',
    ],
    ['split: the first part', { operation: 'split', pattern: '@' }, 'ada@x.org', 'ada'],
    ['split: another part', { operation: 'split', pattern: '@', indexToUse: 1 }, 'ada@x.org', 'x.org'],
    ['split: a part that is not there', { operation: 'split', pattern: '@', indexToUse: 2 }, 'ada@x.org', ''],
    [
      'split: at an end of a line',
      { operation: 'split', pattern: '\r\n', indexToUse: 1 },
      'Road 1\r\nTown',
      'Town',
    ],
    ['substring: to the end', { operation: 'substring', start: 1 }, 'Ada', 'da'],
    ['substring: between', { operation: 'substring', start: 0, end: 2 }, 'Ada', 'Ad'],
    ['substring: the other way round', { operation: 'substring', start: 2, end: -4 }, 'Ada', 'Ad'],
    ['substring: half a character is none', { operation: 'substring', start: 0, end: 1 }, '😀', ''],
    ['fallback: not needed', { operation: 'fallback', fallback: 'b' }, 'Ada', 'Ada'],
    ['fallback: too short', { operation: 'fallback', fallback: '#{a}x', minLength: 4 }, 'Ada', 'Adax'],
    ['fallback: long enough', { operation: 'fallback', fallback: 'b', minLength: 3 }, 'Ada', 'Ada'],
  ])('%s', (_, output, text, result) => {
    expect(one(output, text)).toBe(result);
  });

  it('without an input, on the empty text', () => {
    const output = { operation: 'match', pattern: '^$', valueIfTrue: 'none' };
    expect(compute({ x: { input: 'nowhere', output } }, {})).toEqual(['none']);
    expect(
      compute({ x: { input: 'a', output: { operation: 'fallback', fallback: 'b' } } }, { b: 'B' }),
    ).toEqual(['B']);
  });
});

/** JavaScript's own engine is asked, with patterns that do it no harm. */
describe('a pattern means what it means in JavaScript', () => {
  const TEXTS = [
    'Ada Lovelace',
    'a\u00a0b\r\nc',
    'ÄÖ ß-1',
    'x{,3}[:a]&&',
    'aaab',
    '2024-01-31',
    '',
    'AzQE',
    'a/b\\c.d',
  ];
  it.each([
    ['\\s+', ''],
    ['[\\s]', ''],
    ['[^\\S]', ''],
    ['\\S', 'g'],
    ['.', 'g'],
    ['.', 'gs'],
    ['[^]', 'g'],
    ['(a)|(b)', 'g'],
    ['^c', 'm'],
    ['\\A\\z', ''],
    ['\\Q', ''],
    ['\\E', ''],
    ['x{,3}', ''],
    ['[[:a]', 'g'],
    ['[a&&]', 'g'],
    ['\\/', ''],
    ['(?<y>\\d{4})-(?<m>\\d\\d)', ''],
    ['\\u00c4', ''],
    ['\\xdf', ''],
    ['ä', 'i'],
    ['\\bL', ''],
    ['a*?', 'g'],
    ['(a*)(b)?', ''],
    ['\\\\c', ''],
    ['[\\]\\-.]', 'g'],
    ['\\W', 'gu'],
    ['\\p{L}+', 'gu'],
    ['[\\w-]+', 'g'],
    ['(?:a|ab)(b?)', ''],
    ['$', ''],
    ['[^\\d]', 'g'],
  ])('/%s/%s', (pattern, flags) => {
    for (const text of TEXTS) {
      const replace = { operation: 'replace', pattern, flags, regex: true, replacement: '<$&|$1>' };
      const variables = mappingOf({ x: { input: '#{a}', output: replace } }).variables;
      const computed = withVariables(toEntry('cn=a', { a: text }), variables).attributes.get('x');
      const expected = text.replace(new RegExp(pattern, flags), '<$&|$1>');
      expect([text, computed?.values.map(String).join()]).toEqual([text, expected]);
    }
  });

  it.each(['$$', '$&', '[$`]', "[$']", '$1$2$3', '$10', '$01', '$00', '$<n>', '$<z>', '$', '$0', '$12x'])(
    'and so does the replacement %s',
    (replacement) => {
      for (const [pattern, regex] of [
        ['(b)(?<n>c)?', true],
        ['(b)', true],
        ['b', false],
      ] as const) {
        const expected = 'abcd'.replace(regex ? new RegExp(pattern) : pattern, replacement);
        expect(one({ operation: 'replace', pattern, regex, replacement }, 'abcd')).toBe(expected);
      }
    },
  );
});

describe('variables', () => {
  const upper = { operation: 'replace', pattern: '^', regex: true, replacement: 'x-' };

  it('see those before them, in the order of the map', () => {
    const map = {
      one: { input: 'a', output: upper },
      two: { input: '#{one}.#{b}' },
      x: { input: 'two', output: upper },
    };
    expect(compute(map, { a: 'A', b: 'B' })).toEqual(['x-x-A.B']);
  });

  it('take the place of an attribute of their name, with all its options, also when they are empty', () => {
    const none = { operation: 'match', pattern: 'z', valueIfTrue: 'y' };
    expect(compute({ a: { input: 'a', output: upper } }, { a: 'A' }, 'a')).toEqual(['x-A']);
    expect(compute({ A: { input: 'a', output: none } }, { a: 'A', 'a;lang-en': 'B' }, 'a')).toEqual([]);
  });

  it('are computed of each of several values, whatever their order', () => {
    const main = { operation: 'match', pattern: '^SMTP:(.*)$', regex: true, indexToUse: 1 };
    const values = ['smtp:b@x.org', 'SMTP:a@x.org'];
    for (const a of [values, [...values].reverse()])
      expect(compute({ x: { input: 'a', output: main } }, { a })).toEqual(['a@x.org']);
  });

  it('without an input are none', () => {
    expect(compute({ x: { input: '', output: upper }, y: { output: upper } }, { x: 'stays' })).toEqual([
      'stays',
    ]);
  });

  const ID = { id: '00', idAttribute: 'entryUUID' };
  it('make the user name, the name, addresses and the extension', () => {
    const output = { operation: 'split', pattern: '@' };
    const mapping = mappingOf(
      {
        log_in: { input: 'mail', output },
        called: { input: '#{givenName} #{sn}' },
        box: { input: '#{log_in}@y.org' },
        tel: { input: 'phone' },
      },
      {
        LDAP_Username_Field: 'log_in',
        LDAP_Name_Field: '#{called}!',
        LDAP_Email_Field: 'box',
        LDAP_Extension_Field: 'tel',
      },
    );
    const entry = toEntry('cn=a', { mail: 'ada@x.org', givenName: 'Ada', sn: 'L', phone: '42' });
    expect(mapEntry(entry, ID, mapping)).toMatchObject({
      person: { username: 'ada', name: 'Ada L!', emails: ['ada@y.org'], sipExtension: '42' },
    });
    const asked = toRequestedAttributes(mapping);
    expect(asked).toEqual(expect.arrayContaining(['mail', 'givenName', 'sn', 'phone']));
    for (const name of ['log_in', 'called', 'box', 'tel']) expect(asked).not.toContain(name);
  });

  it('are no photo, and switch nobody off or on', () => {
    const map = {
      jpegPhoto: { input: 'uid' },
      loginDisabled: { input: 'uid', output: { ...upper, replacement: 'TRUE' } },
    };
    const mapping = { ...MAPPING, variables: mappingOf(map).variables };
    const ada = { uid: 'ada', mail: 'a@x.org' };
    expect(mapEntry(toEntry('cn=a', ada), ID, mapping)).toMatchObject({
      person: { disabled: false, photo: undefined },
    });
    expect(mapEntry(toEntry('cn=a', { ...ada, loginDisabled: 'TRUE' }), ID, mapping)).toMatchObject({
      person: { disabled: true },
    });
    expect(toRequestedAttributes(mapping)).toEqual(expect.arrayContaining(['jpegPhoto', 'loginDisabled']));
  });

  it.each<[string, object, Values, string]>([
    [
      'an input that is no text',
      { input: 'a' },
      { a: Buffer.from([0xff]) },
      'cannot be computed: a holds bytes',
    ],
    [
      'an input that is too long',
      { input: 'a' },
      { a: 'x'.repeat(5_000) },
      'cannot be computed: a is 5000 bytes long',
    ],
    [
      'a template that becomes too long',
      { input: '#{a}#{a}' },
      { a: 'x'.repeat(3_000) },
      'becomes longer than 4096 characters',
    ],
    [
      'a replacement that becomes too long',
      { input: 'a', output: { operation: 'replace', pattern: 'x', all: true, replacement: 'yy' } },
      { a: 'x'.repeat(3_000) },
      'becomes longer than 4096 characters',
    ],
  ])('that cannot be computed reject the entry by name: %s', (_, variable, values, why) => {
    const mapped = mapEntry(
      toEntry('cn=a', { uid: 'a', mail: 'a@x.org', ...values }),
      ID,
      mappingOf({ x: variable }),
    );
    expect(mapped).toEqual({
      rejection: {
        code: 'variable-failed',
        params: { variable: 'x', operation: expect.any(String), why: expect.stringContaining(why) },
        reason: expect.stringContaining(`The variable "x" (`),
        remedy: expect.stringContaining('LDAP_DataSync_VariableMap'),
      },
    });
  });
});

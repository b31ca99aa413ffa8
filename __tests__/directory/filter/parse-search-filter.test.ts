import { FilterSyntaxError, parseSearchFilter } from '../../../lib/directory/filter/parse-search-filter.js';
import {
  allOf,
  anyOf,
  equals,
  isAttributeDescription,
  present,
} from '../../../lib/directory/filter/search-filter.js';
import { abridge } from '../../setup/abridge.js';

const b = (text: string): Buffer => Buffer.from(text);
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const equal = (attribute: string, value: string | Buffer): object => ({
  type: 'equal',
  attribute,
  value: Buffer.from(value as string),
});

describe('a search filter', () => {
  it.each<[string, object]>([
    ['(cn=Babs Jensen)', equal('cn', 'Babs Jensen')],
    ['(cn=a=b)', equal('cn', 'a=b')],
    ['(cn=)', equal('cn', '')],
    ['( cn =x)', equal('cn', 'x')],
    ['(cn= x )', equal('cn', ' x ')],
    ['(cn=Jürgen)', equal('cn', 'Jürgen')],
    ['(cn=山田)', equal('cn', '山田')],
    ['(cn=Lu\\c4\\8di\\c4\\87)', equal('cn', 'Lučić')],
    ['(o=Parens R Us \\28for all\\29)', equal('o', 'Parens R Us (for all)')],
    ['(cn=a\\5Cb\\2a)', equal('cn', 'a\\b*')],
    ['(bin=\\00\\00\\00\\04)', equal('bin', hex('00000004'))],
    ['(objectGUID=\\ff\\00\\80\\C3)', equal('objectGUID', hex('ff0080c3'))],
    ['(2.5.4.3=x)', equal('2.5.4.3', 'x')],
    ['(cn;lang-de=x)', equal('cn;lang-de', 'x')],
    ['(objectClass=*)', { type: 'present', attribute: 'objectClass' }],
    ['(n>=5)', { type: 'greaterOrEqual', attribute: 'n', value: b('5') }],
    ['(n<=5)', { type: 'lessOrEqual', attribute: 'n', value: b('5') }],
    ['(n~=5)', { type: 'approx', attribute: 'n', value: b('5') }],
    ['(cn=a*)', { type: 'substring', attribute: 'cn', initial: b('a'), any: [] }],
    ['(cn=*z)', { type: 'substring', attribute: 'cn', any: [], final: b('z') }],
    ['(cn=*m*)', { type: 'substring', attribute: 'cn', any: [b('m')] }],
    [
      '(cn=Jü*\\2a*ü*z)',
      { type: 'substring', attribute: 'cn', initial: b('Jü'), any: [b('*'), b('ü')], final: b('z') },
    ],
    ['(cn=a**z)', { type: 'substring', attribute: 'cn', initial: b('a'), any: [], final: b('z') }],
    ['(!(cn=x))', { type: 'not', filter: equal('cn', 'x') }],
    ['(! (cn=x) )', { type: 'not', filter: equal('cn', 'x') }],
    ['(&)', { type: 'and', filters: [] }],
    ['(|)', { type: 'or', filters: [] }],
    [
      '(&\n (a=1)\n (|(b=2)(c=3))\n)',
      {
        type: 'and',
        filters: [equal('a', '1'), { type: 'or', filters: [equal('b', '2'), equal('c', '3')] }],
      },
    ],
    [
      '(userAccountControl:1.2.840.113556.1.4.803:=2)',
      {
        type: 'extensible',
        attribute: 'userAccountControl',
        rule: '1.2.840.113556.1.4.803',
        value: b('2'),
        dnAttributes: false,
      },
    ],
    [
      '(sn:dn:2.4.6.8.10:=Barney)',
      { type: 'extensible', attribute: 'sn', rule: '2.4.6.8.10', value: b('Barney'), dnAttributes: true },
    ],
    ['(o:dn:=Ace)', { type: 'extensible', attribute: 'o', value: b('Ace'), dnAttributes: true }],
    ['(cn:=x)', { type: 'extensible', attribute: 'cn', value: b('x'), dnAttributes: false }],
    [
      '(:DN:caseExactMatch:=x)',
      { type: 'extensible', rule: 'caseExactMatch', value: b('x'), dnAttributes: true },
    ],
    ['cn=x', equal('cn', 'x')],
    ['( objectClass=person )', equal('objectClass', 'person')],
    ['( cn = x )', equal('cn', 'x')],
    ['(cn = x )', equal('cn', 'x ')],
    ['(cn=x\n)', equal('cn', 'x')],
    ['( cn=\\20x\\20 )', equal('cn', ' x ')],
    ['( cn=* )', { type: 'present', attribute: 'cn' }],
    ['( ! ( cn=x ) )', { type: 'not', filter: equal('cn', 'x') }],
    ['( & ( a=1 ) ( b=2 ) )', { type: 'and', filters: [equal('a', '1'), equal('b', '2')] }],
    ['(\t|(a=1)\n(b=2) )', { type: 'or', filters: [equal('a', '1'), equal('b', '2')] }],
    ['( &)', { type: 'and', filters: [] }],
    ['  &(a=1)(b=2)  ', { type: 'and', filters: [equal('a', '1'), equal('b', '2')] }],
    ['!(a=1)', { type: 'not', filter: equal('a', '1') }],
  ])('%j is understood', (text, filter) => {
    expect(parseSearchFilter(text)).toEqual(filter);
  });

  const refusals: readonly [string, number, RegExp][] = [
    ['', 0, /"=" is missing/],
    ['()', 1, /"=" is missing/],
    ['(cn)', 1, /"=" is missing/],
    ['cn', 0, /"=" is missing/],
    ['  (cn)', 3, /"=" is missing/],
    ['(cn=x', 5, /"\)" is missing/],
    ['cn=x)', 4, /Text after/],
    ['(cn=x)(cn=y)', 6, /Text after/],
    ['(cn=x)y', 6, /Text after/],
    ['(cn=a(b)', 5, /must be written \\28/],
    ['(cn=a\0b)', 5, /must be written \\00/],
    ['(cn=ab\\)', 6, /two hex digits/],
    ['(cn=ab\\zz)', 6, /two hex digits/],
    ['cn=ab\\4', 5, /two hex digits/],
    ['(cn=*ab*\\g0)', 8, /two hex digits/],
    ['(cn=**)', 4, /One "\*" is enough/],
    ['(cn>=5*)', 6, /must be written \\2a/],
    ['(cn:caseExactMatch:=*)', 20, /must be written \\2a/],
    ['(=x)', 1, /not an attribute/],
    ['(c n=x)', 1, /not an attribute/],
    ['(c_n=x)', 1, /not an attribute/],
    ['(1.2.=x)', 1, /not an attribute/],
    ['(__proto__=x)', 1, /not an attribute/],
    ['(:=x)', 1, /not a matching rule/],
    ['(:dn:=x)', 1, /not a matching rule/],
    ['(cn::=x)', 1, /not a matching rule/],
    ['(cn:a b:=x)', 1, /not a matching rule/],
    ['(&(cn=x)', 8, /"\)" is missing/],
    ['(&cn=x)', 2, /"\)" is missing/],
    ['(!)', 2, /"\(" is missing/],
    ['(!(a=1)(b=2))', 7, /"\)" is missing/],
    [`${'(!'.repeat(70)}(a=1)${')'.repeat(70)}`, 130, /Nested too deeply/],
    [`(cn=${'x'.repeat(70_000)})`, 65_536, /longer than/],
  ];
  it.each(refusals.map((row) => [abridge(row[0]), ...row] as const))(
    '%j is refused, with the place',
    (_, text, position, reason) => {
      const refused = (): unknown => parseSearchFilter(text);
      expect(refused).toThrow(FilterSyntaxError);
      expect(refused).toThrow(reason);
      expect(refused).toThrow(expect.objectContaining({ position }));
    },
  );

  it('never takes long, however it is built', () => {
    for (const text of [
      '('.repeat(60_000),
      '(cn=' + '*'.repeat(60_000),
      '(&' + '(a=1)'.repeat(12_000),
      '(cn=' + '\\2a'.repeat(20_000) + ')',
      ':'.repeat(60_000) + '=x',
    ]) {
      try {
        parseSearchFilter(text);
      } catch (error) {
        expect(error).toBeInstanceOf(FilterSyntaxError);
      }
    }
  });

  it('is built from checked attributes and raw values', () => {
    expect(allOf([present('uid'), equals('cn', 'a*)(uid=*')])).toEqual({
      type: 'and',
      filters: [{ type: 'present', attribute: 'uid' }, equal('cn', 'a*)(uid=*')],
    });
    expect(anyOf([present('uid')])).toEqual({ type: 'present', attribute: 'uid' });
    expect(anyOf([])).toEqual({ type: 'or', filters: [] });
    expect(equals('objectGUID', hex('ff00'))).toEqual(equal('objectGUID', hex('ff00')));
    expect(() => equals('cn=x)(uid', 'x')).toThrow(TypeError);
    expect(() => present('')).toThrow(TypeError);
  });

  const descriptions: readonly [string, boolean][] = [
    ['cn', true],
    ['sAMAccountName', true],
    ['x-custom-1', true],
    ['1.2.840.113556', true],
    ['userCertificate;binary', true],
    ['member;range=0-1499', true],
    ['', false],
    ['1cn', false],
    ['cn ', false],
    ['cn\n', false],
    ['cn;', false],
    ['cn*', false],
    ['1..2', false],
    ['constructor()', false],
    ['a'.repeat(257), false],
  ];
  it.each(descriptions.map(([text, is]) => [abridge(text), is, text] as const))(
    'an attribute description: %j is one: %s',
    (_, is, text) => {
      expect(isAttributeDescription(text)).toBe(is);
    },
  );
});

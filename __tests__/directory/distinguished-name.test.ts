import fc from 'fast-check';
import { toCanonicalDN } from '../../lib/directory/distinguished-name.js';

const SAME: readonly (readonly [string, string, string])[] = [
  ['case', 'CN=Ada Lovelace,OU=People,DC=Example', 'cn=ada lovelace,ou=people,dc=example'],
  ['spaces around what separates', ' cn = Ada , ou=People ;dc = x ', 'cn=Ada,ou=People,dc=x'],
  ['several spaces in a value', 'cn=Ada   Lovelace,dc=x', 'cn=ada lovelace,dc=x'],
  ['an escaped comma', String.raw`cn=Lovelace\, Ada,dc=x`, String.raw`cn=Lovelace\2c Ada,dc=x`],
  ['quotes', 'cn="Lovelace, Ada",dc=x', String.raw`cn=Lovelace\, Ada,dc=x`],
  ['bytes of UTF-8', String.raw`cn=J\c3\bcrgen,dc=x`, 'cn=jürgen,dc=X'],
  ['composed and decomposed letters', 'cn=Ju\u0308rgen,dc=x', 'cn=jürgen,dc=x'],
  ['an escape that is not needed', String.raw`cn=a\=b,dc=x`, 'cn=a=b,dc=x'],
  ['the order of a multi-valued RDN', 'uid=1+cn=Ada,dc=x', 'CN=ada + UID=1,dc=x'],
  [
    'other names of a type',
    'commonName=Ada,domainComponent=x',
    'OID.2.5.4.3=Ada,0.9.2342.19200300.100.1.25=x',
  ],
  ['a value in hex', 'cn=#0c03416461,dc=x', 'cn=Ada,dc=x'],
  ['the unique id of a uniqueMember', "cn=Ada,dc=x#'0101'B", 'cn=ada,dc=x'],
  ['an escaped blank at the end', String.raw`cn=a\ ,dc=x`, 'cn=a,dc=x'],
  ['characters beyond the first plane', 'cn=😀,dc=x', String.raw`cn=\f0\9f\98\80,dc=x`],
];

const DIFFERENT: readonly (readonly [string, string])[] = [
  ['cn=ada,dc=x', 'cn=ada,dc=y'],
  ['cn=ada,dc=x', 'uid=ada,dc=x'],
  [String.raw`cn=a\,ou=b,dc=x`, 'cn=a,ou=b,dc=x'],
  [String.raw`cn=a\+cn=b,dc=x`, 'cn=a+cn=b,dc=x'],
  [String.raw`cn=a\\,dc=x`, 'cn=a,dc=x'],
  ['cn=Jürgen,dc=x', 'cn=Jurgen,dc=x'],
  [String.raw`cn=\#0c03416461,dc=x`, 'cn=Ada,dc=x'],
];

describe('two DNs', () => {
  it.each(SAME)('are the same where only %s differs', (_, one, other) => {
    expect(toCanonicalDN(one)).toBeDefined();
    expect(toCanonicalDN(one)).toBe(toCanonicalDN(other));
  });

  it.each(DIFFERENT)('are not the same: %s, %s', (one, other) => {
    expect(toCanonicalDN(one)).not.toBe(toCanonicalDN(other));
  });

  it('are the same exactly when their values are, however they are escaped', () => {
    const value = fc.string({
      minLength: 1,
      maxLength: 8,
      unit: fc.constantFrom(...Array.from('ab,+=\\"#<>; é')),
    });
    const toDN = (text: string): string =>
      `cn=${Array.from(Buffer.from(text), (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')},dc=x`;
    const toEscaped = (text: string): string => `cn=${text.replace(/[^a-z]/gu, '\\$&')},dc=x`;
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(toCanonicalDN(toDN(one))).toBe(toCanonicalDN(toEscaped(one)));
        const isSame = one.replace(/\s+/g, ' ').trim() === other.replace(/\s+/g, ' ').trim();
        expect(toCanonicalDN(toDN(one)) === toCanonicalDN(toEscaped(other))).toBe(isSame);
      }),
    );
  });
});

it.each([
  '',
  'ada',
  'cn',
  '=x',
  'cn=ada,',
  'cn=ada,dc',
  String.raw`cn=ada\ `.trimEnd(),
  'cn="ada',
  'c n=ada',
  'cn=#0c0',
  'cn="a"b,dc=x',
])('a text that is no DN has no key: %j', (text) => expect(toCanonicalDN(text)).toBeUndefined());

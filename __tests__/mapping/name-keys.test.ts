import {
  toAddressForm,
  toAddressKey,
  toComposed,
  toDomainKey,
  toNameKey,
} from '../../lib/mapping/name-keys.js';

describe('the wide key, which only stands in the way of a name', () => {
  it.each([
    ['ada', 'ADA'],
    ['école', 'ÉCOLE'],
    ['école', 'e\u0301cole'],
    ['straße', 'STRASSE'],
    ['ΟΔΟΣ', 'οδος'],
    ['kim', '\u212aim'],
    ['a\u200bda', 'ada'],
    ['a@bücher.example', 'A@XN--BCHER-KVA.example'],
    ['a@BÜCHER.example', 'a@bücher.example'],
  ])('is one for %j and %j', (one, other) => {
    expect(toNameKey(one)).toBe(toNameKey(other));
  });

  it.each(['Ada', 'a_B.c-d', 'A@X.org', 'a@b@C', '@', '', 'xn--Bcher-kva'])(
    'of ASCII text is its lower case, by which an index finds it: %j',
    (text) => {
      expect(toNameKey(text)).toBe(text.toLowerCase());
    },
  );

  it('tells different names apart', () => {
    expect(new Set(['ada', 'adá', 'ad', 'ada@x', 'ada@y'].map(toNameKey)).size).toBe(5);
  });
});

describe('the narrow key, by which addresses of one user are the same', () => {
  it.each([
    ['A@X.org', 'a@x.org'],
    ['École@x.org', 'école@x.org'],
    ['e\u0301cole@x.org', 'école@x.org'],
    ['a@bücher.example', 'a@xn--bcher-kva.example'],
  ])('is one for %j and %j', (one, other) => {
    expect(toAddressKey(one)).toBe(toAddressKey(other));
  });

  it.each([
    ['\u212aim@x.org', 'kim@x.org'],
    ['\u0130@x.org', 'i@x.org'],
    ['\u0131@x.org', 'i@x.org'],
    ['ſ@x.org', 's@x.org'],
    ['straße@x.org', 'strasse@x.org'],
    ['a\u200bda@x.org', 'ada@x.org'],
    ['ａda@x.org', 'ada@x.org'],
  ])('differs for the mailboxes %j and %j', (one, other) => {
    expect(toAddressKey(one)).not.toBe(toAddressKey(other));
  });
});

it('the form of an address is its encoding, not its case', () => {
  expect(toAddressForm('A@X.org')).toBe('A@X.org');
  expect(toAddressForm('E\u0301@BÜCHER.example')).toBe('É@xn--bcher-kva.example');
});

it('composing makes no ASCII of what is none', () => {
  expect(toComposed('e\u0301\u212a\u037e\u1fefo\u0308')).toBe('é\u212a\u037e\u1fefö');
});

it('a domain has one key in Unicode and in punycode, and keeps one that is none', () => {
  expect(toDomainKey('Bücher.example')).toBe(toDomainKey('XN--bcher-kva.EXAMPLE'));
  expect(toDomainKey('b ü')).toBe('b ü');
});

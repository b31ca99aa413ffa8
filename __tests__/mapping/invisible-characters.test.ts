import { findInvisible, showInvisible, withoutInvisible } from '../../lib/invisible-characters.js';
import { mapEntry } from '../../lib/mapping/map-entry.js';
import { MAPPING, toEntry } from '../setup/entries.js';

function person(values: Parameters<typeof toEntry>[1], slugifyUsername = true) {
  const entry = toEntry('uid=ada,dc=x', { uid: 'ada', cn: 'Ada', mail: 'ada@x.org', ...values });
  const mapped = mapEntry(
    entry,
    { id: '00', idAttribute: 'entryUUID' },
    { ...MAPPING, slugifyUsername, extensionAttribute: 'telephoneNumber' },
  );
  if ('rejection' in mapped) throw new Error(mapped.rejection.reason);
  return mapped.person;
}

const INVISIBLE = [
  '\u00ad',
  '\u061c',
  '\u180e',
  '\u200b',
  '\u200c',
  '\u200d',
  '\u200e',
  '\u200f',
  '\u202a',
  '\u202e',
  '\u2060',
  '\u2063',
  '\u2066',
  '\u2069',
  '\u3164',
  '\ufe0f',
  '\ufeff',
  '\uffa0',
  '\ufff9',
  '\u{e0001}',
  '\u{e0041}',
  '\u{e0100}',
];

it.each(INVISIBLE.map((character) => [showInvisible(character), character]))(
  '%s is found, shown, and taken out of user names and extensions',
  (shown, character) => {
    expect(shown).toMatch(/^<U\+[0-9A-F]{4,5}>$/);
    expect(`<${findInvisible(`a${character}`) ?? ''}>`).toBe(shown);
    expect(withoutInvisible(`${character}a${character}${character}b`)).toBe('ab');
    for (const slugify of [true, false])
      expect(person({ uid: `a${character}da` }, slugify).username).toBe('ada');
    expect(person({ telephoneNumber: `${character}42${character}` }).sipExtension).toBe('42');
  },
);

it('what can be seen is not taken for invisible', () => {
  for (const text of ['Ada', 'é', 'e\u0301', '中文', '🙂', '\u0600', ' ', '\u00a0'])
    expect(findInvisible(text)).toBeUndefined();
});

describe('a display name', () => {
  it.each([
    ['bidirectional controls', '\u202eAda\u202c \u2067Lovelace\u2069\u200f', 'Ada Lovelace'],
    ['zero-width spaces', 'A\u200bda\u2060', 'Ada'],
    ['soft hyphens', 'Love\u00adlace', 'Lovelace'],
    ['a byte order mark', '\ufeffAda', 'Ada'],
    ['tags', 'Ada\u{e0041}\u{e007f}', 'Ada'],
    ['blank letters', 'Ada\u3164', 'Ada'],
    ['joiners that join nothing', '\u200dAda\u200c Lovelace\u200d', 'Ada Lovelace'],
  ])('loses %s', (_, cn, name) => {
    expect(person({ cn }).name).toBe(name);
  });

  it.each([
    ['Persian', 'علی\u200cرضا'],
    ['Hindi', 'क\u094d\u200dष'],
    ['Malayalam, at the end', 'ന\u0d4d\u200d'],
    ['a family', '👩\u200d👩\u200d👧'],
    ['a heart', '❤\ufe0f'],
    ['the flag of Scotland', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['a form of a Japanese character', '葛\u{e0100}城'],
  ])('keeps what is spelling: %s', (_, cn) => {
    expect(person({ cn }).name).toBe(cn);
  });

  it('of which nothing can be seen is none', () => {
    expect(person({ cn: '\u200b\u202e' }).name).toBeUndefined();
  });
});

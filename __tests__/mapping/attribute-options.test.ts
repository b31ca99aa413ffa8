import { toAllowedEntry } from '../../lib/explain/show-entry.js';
import { mapEntry } from '../../lib/mapping/map-entry.js';
import { MAPPING, toEntry } from '../setup/entries.js';

function person(values: Parameters<typeof toEntry>[1]) {
  const entry = toEntry('uid=ada,dc=x', { uid: 'ada', mail: 'ada@x.org', ...values });
  const mapped = mapEntry(entry, { id: '00', idAttribute: 'entryUUID' }, MAPPING);
  if ('rejection' in mapped) throw new Error(mapped.rejection.reason);
  return mapped.person;
}

describe('an attribute with options', () => {
  it.each<[string, Parameters<typeof toEntry>[1], string | undefined]>([
    ['answers where there is no plain one', { 'displayName;lang-en': 'Ada' }, 'Ada'],
    ['gives way to the plain one', { 'displayName;lang-en': 'Ada', displayName: 'Augusta' }, 'Augusta'],
    ['answers where the plain one is empty', { 'displayName;lang-en': 'Ada', displayName: ' ' }, 'Ada'],
    ['answers before the next attribute', { 'displayName;lang-en': 'Ada', cn: 'Augusta' }, 'Ada'],
    ['is the first by the alphabet', { 'cn;lang-fr': 'Adèle', 'cn;lang-de': 'Adele' }, 'Adele'],
    ['is the one with fewer options', { 'cn;lang-de;x-a': 'no', 'cn;lang-en': 'Ada' }, 'Ada'],
    ['may have an option of the site', { 'cn;x-chat': 'Ada' }, 'Ada'],
    ['is found in any case', { 'CN;Lang-EN': 'Ada' }, 'Ada'],
    ['is no answer in binary', { 'cn;binary': 'Ada' }, undefined],
    ['is no answer as a phonetic form', { 'cn;lang-ja;phonetic': 'Ada' }, undefined],
    ['is no answer as a range', { 'cn;range=0-9': 'Ada' }, undefined],
    ['is no answer for another attribute', { 'cnx;lang-en': 'Ada', 'sn;lang-en': 'L' }, undefined],
  ])('%s', (_, values, name) => {
    expect(person(values).name).toBe(name);
    const backwards = Object.fromEntries(Object.entries(values).reverse());
    expect(person(backwards).name).toBe(name);
  });

  it('answers for addresses and photos, too', () => {
    const { emails, photo } = person({
      mail: [],
      'mail;x-work': 'a@x.org',
      'jpegPhoto;lang-en': 'x',
    });
    expect([emails, photo]).toEqual([['a@x.org'], { bytes: Buffer.from('x') }]);
  });

  it('is explained as it is synced', () => {
    const entry = toEntry('uid=ada,dc=x', { 'displayName;lang-en': 'Ada', 'sn;lang-en': 'L' });
    expect([...toAllowedEntry(entry, MAPPING).attributes.keys()]).toEqual(['displayname;lang-en']);
  });
});

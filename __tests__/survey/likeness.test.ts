import { findAlike, findMisspelt } from '../../lib/survey/likeness.js';

const NAMES = [
  'uid',
  'cn',
  'sn',
  'mail',
  'givenName',
  'displayName',
  'telephoneNumber',
  'jpegPhoto',
  'entryUUID',
];

describe('the name that somebody meant', () => {
  it.each([
    ['uidd', 'uid'],
    ['UDI', 'uid'],
    ['mial', 'mail'],
    ['e-mail', 'mail'],
    ['telefoneNumer', 'telephoneNumber'],
    ['entryUIID', 'entryUUID'],
    ['surname', 'sn'],
    ['login', 'uid'],
    ['photo', 'jpegPhoto'],
    ['thumbnailJpegPhoto', 'jpegPhoto'],
  ])('for %s is %s', (wrong, right) => {
    expect(findAlike(wrong, NAMES)).toBe(right);
  });

  it.each(['c', 'dn', 'employeeNumber', 'x'.repeat(10_000)])('is none for %.20s', (wrong) => {
    expect(findAlike(wrong, NAMES)).toBeUndefined();
  });

  it.each(['login', 'photo', 'surname'])('is no misspelling where another word was used: %s', (wrong) => {
    expect(findMisspelt(wrong, NAMES)).toBeUndefined();
  });
});

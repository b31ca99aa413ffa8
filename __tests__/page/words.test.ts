import { advice as germanAdvice } from '../../ui/words/advice-de.js';
import { de } from '../../ui/words/de.js';
import { en } from '../../ui/words/en.js';
import { createFormats } from '../../ui/words/formats.js';
import { choosePlural, fill, type Word } from '../../ui/words/word.js';
import { ADVICE_CODES } from '../../lib/advice.js';
import { OUTCOMES, RUN_PHASES } from '../../models/run-report.js';
import { REMOVAL_KINDS } from '../../models/removal-kind.js';

const toParameters = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();
const toTexts = (word: Word): readonly string[] =>
  typeof word === 'string' ? [word] : [word.one, word.other];

describe('the words of the page', () => {
  it('are the same keys in both languages', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
  });

  it('have the same parameters and plurals in both languages, and no empty text', () => {
    for (const [key, word] of Object.entries(en)) {
      const other = de[key as keyof typeof en];
      expect([key, typeof other]).toEqual([key, typeof word]);
      const parameters = [...new Set(toTexts(word).flatMap(toParameters))].sort();
      expect([key, [...new Set(toTexts(other).flatMap(toParameters))].sort()]).toEqual([key, parameters]);
      for (const text of [...toTexts(word), ...toTexts(other)])
        expect([key, text.trim() === '']).toEqual([key, false]);
    }
  });

  it('name every outcome, every phase of a run and every kind of change', () => {
    for (const phase of RUN_PHASES) expect(en).toHaveProperty([`phase.${phase}`]);
    for (const outcome of OUTCOMES) expect(en).toHaveProperty([`outcome.${outcome}`]);
    for (const kind of [...REMOVAL_KINDS, 'write', 'sign-out']) expect(en).toHaveProperty([`change.${kind}`]);
  });

  it('have a German reason and remedy for every code of the server', () => {
    expect(Object.keys(germanAdvice).sort()).toEqual([...ADVICE_CODES].sort());
    for (const [code, texts] of Object.entries(germanAdvice))
      for (const text of texts) expect([code, text.length > 0]).toEqual([code, true]);
  });

  it('are not filled in where a parameter is missing, so that the English of the server is shown', () => {
    expect(fill('{a} of {b}', { a: 1, b: 'x' }, String)).toBe('1 of x');
    expect(fill('{a} of {b}', { a: 1 }, String)).toBeUndefined();
  });

  it.each([
    [0, 'other'],
    [1, 'one'],
    [2, 'other'],
  ])('take the plural of %i', (count, expected) => {
    const word = { one: 'one', other: 'other' };
    expect(choosePlural(word, { count }, new Intl.PluralRules('de'))).toBe(expected);
  });

  it('show times with their zone, and what is no time as it is', () => {
    expect(createFormats('en').time('2026-11-28T03:51:00Z')).toMatch(/2026.*(UTC|GMT|[A-Z]{2,4})/);
    expect(createFormats('de').time('<b>')).toBe('<b>');
    expect(createFormats('en').age('2026-11-28T03:00:00Z', Date.parse('2026-11-28T05:00:00Z'))).toBe(
      '2 hours ago',
    );
  });
});

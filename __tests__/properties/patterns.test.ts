import fc from 'fast-check';
import { parsePattern } from '../../lib/settings/variables/pattern.js';
import { toParameters } from '../setup/holds.js';

const ATOMS = [
  'a',
  'b',
  '.',
  '\\d',
  '\\w',
  '\\s',
  '\\S',
  '\\W',
  '\\D',
  '[ab]',
  '[^a]',
  '[\\s\\d]',
  '[^\\S]',
  '\\.',
  '-',
  'é',
];
const ODD_ATOMS = [
  '\\x61',
  '\\u0062',
  '(?:a|b)',
  '[a-c]',
  '\\-',
  '1',
  ' ',
  '[\\w.-]',
  '\\t',
  '\\A',
  '\\z',
  '[[:a]',
  '[^]',
];
const PLACES = ['\\b', '^', '$'];
const TIMES = ['', '', '*', '+', '?', '{1,2}', '*?', '+?', '{2}'];

const piece = fc.oneof(
  fc
    .tuple(fc.constantFrom(...ATOMS, ...ODD_ATOMS), fc.constantFrom(...TIMES))
    .map(([atom, times]) => atom + times),
  fc.constantFrom(...PLACES),
);
const sequence = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''));
// A group that is repeated keeps its last match in RE2, where JavaScript forgets it.
const patterns = fc.oneof(
  sequence,
  fc.tuple(sequence, sequence, sequence).map(([one, two, three]) => `(${one})|(${two})${three}`),
);
const texts = fc.string({
  unit: fc.constantFrom(...Array.from('abc1 \n\r\u00a0éx.-A\t_[:z')),
  maxLength: 12,
});

it('a pattern matches in RE2 what it matches in JavaScript, with the same groups', () => {
  fc.assert(
    fc.property(patterns, texts, fc.constantFrom('', 'i', 's', 'g'), (source, text, flags) => {
      const parsed = parsePattern(source, flags);
      if ('fault' in parsed) throw new Error(parsed.fault);
      const own = new RegExp(source, flags.replace('g', '')).exec(text);
      const found = parsed.pattern.find(text, 0);
      expect(found && [found.start, ...found.groups]).toEqual(own ? [own.index, ...own] : undefined);
    }),
    toParameters(3_000),
  );
});

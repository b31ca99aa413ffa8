import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toErrorsPage } from '../../dev/errors-page.js';
import { listFiles } from '../../dev/dangling-links.js';

const root = join(__dirname, '../..');
const page = toErrorsPage();
const rows = [...page.matchAll(/^\| `([\w-]+)` \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  ([, code = '', what, remedy]) => ({
    code,
    what,
    remedy,
  }),
);
const sources = listFiles(join(root, 'lib/directory'), '.ts').map((path) => readFileSync(path, 'utf8'));
const found = (pattern: RegExp): readonly string[] => [
  ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, code = '']) => code))),
];

describe('docs/errors.md', () => {
  it('is what npm run docs writes', () => {
    expect(readFileSync(join(root, 'docs/errors.md'), 'utf8')).toBe(page);
  });

  it('has every failure code that the directory can give', () => {
    const codes = found(/'(directory-[a-z]+)'/g);
    expect(codes.length).toBeGreaterThanOrEqual(6);
    expect(rows.map(({ code }) => code)).toEqual(expect.arrayContaining([...codes]));
  });

  it('has every reason for which a sweep can be incomplete', () => {
    const reasons = found(/reason: '([a-z]+(?:-[a-z]+)?)',/g);
    expect(reasons.length).toBeGreaterThanOrEqual(5);
    expect(rows.map(({ code }) => code)).toEqual(expect.arrayContaining([...reasons]));
  });

  it.each([
    ['lib/errors.ts', 25],
    ['lib/advice.ts', 80],
  ])('has every code of %s, with a remedy', (file, count) => {
    const text = readFileSync(join(root, file), 'utf8');
    const codes = [...text.matchAll(/^ {2}(?:\| )?'([a-z-]+)'[,;]?$/gm)].map(([, code = '']) => code);
    expect(codes.length).toBeGreaterThanOrEqual(count);
    const explained = rows.filter(({ remedy }) => /\w\w/.test(remedy ?? '')).map(({ code }) => code);
    expect(explained).toEqual(expect.arrayContaining(codes));
  });

  it.each([
    '52e',
    '52f',
    '530',
    '531',
    '532',
    '533',
    '568',
    '701',
    '773',
    '775',
    '80090346',
    '8',
    '13',
    '48',
    '51',
    '52',
  ])('has the refusal %s with a remedy', (wanted) => {
    expect(rows.find(({ code }) => code === wanted)?.remedy).toMatch(/\w+ \w+/);
  });
});

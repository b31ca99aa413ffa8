import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUILT = join(__dirname, '../../dist/ui');
const FIRST_VIEW_BYTES = 60_000;
const ALL_BYTES = 150_000;

describe('the built page', () => {
  const files = readdirSync(join(BUILT, 'assets')).map((name) => {
    const content = readFileSync(join(BUILT, 'assets', name));
    return { name, text: content.toString('utf8'), zipped: gzipSync(content).length };
  });
  const index = readFileSync(join(BUILT, 'index.html'), 'utf8');
  const sum = (of: typeof files): number => of.reduce((bytes, { zipped }) => bytes + zipped, 0);

  it('takes at most 60 kB for the first view, and 150 kB in all', () => {
    const first = files.filter(({ name }) => index.includes(name));
    expect(first.length).toBeGreaterThan(1);
    expect(sum(first) + gzipSync(index).length).toBeLessThanOrEqual(FIRST_VIEW_BYTES);
    expect(sum(files)).toBeLessThanOrEqual(ALL_BYTES);
  });

  it('has a table of exactly the files that are there', () => {
    const table = JSON.parse(readFileSync(join(BUILT, 'files.json'), 'utf8')) as object;
    expect(Object.keys(table).sort()).toEqual(files.map(({ name }) => name).sort());
  });

  it('asks no other host for anything, and makes no code of texts', () => {
    for (const { name, text } of files) {
      const hosts = [...text.matchAll(/https?:\/\/[\w.-]+/g)].map(([host]) => host);
      // The names of XML's vocabularies, which nobody calls.
      expect([name, hosts.filter((host) => !/^http:\/\/www\.w3\.org$/.test(host))]).toEqual([name, []]);
      expect(text).not.toMatch(/\beval\(|new Function\(|document\.write/);
    }
  });
});

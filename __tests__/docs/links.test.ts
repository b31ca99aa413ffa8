import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDanglingLinks, findMissingMaps, listFiles } from '../../dev/dangling-links.js';

const root = join(__dirname, '../..');
const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', '__tests__/README.md'];

describe('the pages of the repository', () => {
  it('have no link to a file or a heading that is not there', () => {
    const pages = [...PAGES.map((page) => join(root, page)), ...listFiles(join(root, 'docs'), '.md')];
    expect(findDanglingLinks(root, pages)).toEqual([]);
  });
});

describe('what points at nothing', () => {
  let folder: string;
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dangling-'));
    mkdirSync(join(folder, 'docs'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is a link to a file, a heading or a place outside that is not there', () => {
    write('docs/there.md', '# A heading: with `code`\n');
    const page = write(
      'page.md',
      [
        '[a](docs/there.md) [b](docs/there.md#a-heading-with-code) [c](https://example.org/x) `[d](none)`',
        '[e](docs/none.md) [f](docs/there.md#none) [g](../outside.md) [h](#none)',
      ].join('\n'),
    );
    const targets = ['docs/none.md', 'docs/there.md#none', '../outside.md', '#none'];
    expect(findDanglingLinks(folder, [page])).toEqual(targets.map((target) => `page.md → ${target}`));
  });

  it('is a map that is not there, or names sources that are not there', () => {
    write('a.js', '//# sourceMappingURL=a.js.map\n');
    write('b.js', '//# sourceMappingURL=b.js.map\n');
    write('b.js.map', JSON.stringify({ sources: ['../b.ts'] }));
    write('c.js', '//# sourceMappingURL=c.js.map\n');
    write('c.js.map', JSON.stringify({ sources: ['../c.ts'], sourcesContent: ['1'] }));
    expect([...findMissingMaps(folder)].sort()).toEqual(['a.js → a.js.map', 'b.js → b.js.map']);
  });
});

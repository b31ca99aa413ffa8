import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../../dev/dangling-links.js';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8');
/** The first cell of each row that quotes a message. */
const messages = [...page.matchAll(/^\| ([^|]+?) *\|/gm)]
  .map(([, cell = '']) => cell)
  .filter((cell) => cell !== 'the message' && !/^-+$/.test(cell));

/** A text that stands on several lines of the code is one text. */
const code = ['lib', 'routes', 'models']
  .flatMap((folder) => listFiles(join(root, folder), '.ts'))
  .map((path) => readFileSync(path, 'utf8').replace(/['`]\s*\+\s*['`]/g, ''))
  .join('\n')
  .replaceAll("\\'", "'");

describe('docs/troubleshooting.md', () => {
  it('quotes many messages', () => {
    expect(messages.length).toBeGreaterThan(45);
  });

  it.each([...new Set(messages)])('quotes a message that is in the code: %s', (message) => {
    // A reason behind a colon comes from a table of its own.
    const parts = message.split(/…|: (?=\w)/).map((part) => part.replace(/\.$/, '').trim());
    const unknown = parts.filter((part) => /\w/.test(part) && !code.includes(part));
    expect(unknown).toEqual([]);
    expect(Math.max(...parts.map((part) => part.length))).toBeGreaterThan(10);
  });
});

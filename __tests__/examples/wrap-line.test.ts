import { createPaint } from '../../cli/terminal/style.js';
import { wrapLine } from '../../examples/demo/wrap-line.js';

describe('a line on a terminal', () => {
  it('that is too wide is broken between words, and goes on further in', () => {
    expect(wrapLine('  one two three', 80)).toEqual(['  one two three']);
    expect(wrapLine('  one two three four', 10)).toEqual(['  one two', '    three', '    four']);
  });

  it('is measured in columns: styles take none, and wide characters two', () => {
    const bold = createPaint(true, {})('bold', 'Ada');
    expect(wrapLine(`${bold} is here`, 11)).toEqual([`${bold} is here`]);
    expect(wrapLine('山田 太郎', 8)).toEqual(['山田', '  太郎']);
  });

  it('keeps a word whole that is wider than the terminal', () => {
    expect(wrapLine('  uid=ada,ou=people is gone', 11)).toEqual(['  uid=ada,ou=people', '    is gone']);
  });
});

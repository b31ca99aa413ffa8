import { toColumns, toPrintable, toWidth } from '../../cli/terminal/printable.js';
import { createPaint } from '../../cli/terminal/style.js';
import { toTable } from '../../cli/terminal/table.js';

const plain = createPaint(false, {});

describe('a table', () => {
  it.each([
    ['Ada', 3],
    ['山田', 4],
    ['민준', 4],
    ['Thảo'.normalize('NFD'), 4],
    ['👩', 2],
    ['עדי', 3],
  ])('gives %s %d columns', (text, width) => {
    expect(toWidth(text)).toBe(width);
  });

  it('cuts off what is too wide, a wide character never in half', () => {
    expect(toColumns('山田太郎', 6)).toBe('山田… ');
    expect(toColumns('Lovelace', 6)).toBe('Lovel…');
    expect(toColumns('Ada', 6)).toBe('Ada   ');
  });

  it('aligns its columns', () => {
    const columns = [
      { title: 'name', maxWidth: 10 },
      { title: 'outcome', maxWidth: 10 },
    ];
    expect(toTable(columns, [{ cells: ['山田', 'created'] }, { cells: ['Ada', ''] }], plain)).toEqual([
      'name  outcome',
      '山田  created',
      'Ada',
    ]);
  });

  it('lets no text of a directory steer the terminal', () => {
    const [, row] = toTable(
      [{ title: 'name', maxWidth: 40 }],
      [{ cells: ['\u001b[2J\u202eAda\r\n\u009b31m'] }],
      plain,
    );
    expect(row).toBe('\ufffd[2J\ufffdAda\ufffd\ufffd\ufffd31m');
    expect(toPrintable('Zoë 山田')).toBe('Zoë 山田');
  });

  it('is coloured on a terminal only, and not where NO_COLOR is set', () => {
    expect(createPaint(true, {})('red', 'x')).toBe('\u001b[31mx\u001b[39m');
    expect(createPaint(true, { NO_COLOR: '1' })('red', 'x')).toBe('x');
    expect(plain('red', 'x')).toBe('x');
  });
});

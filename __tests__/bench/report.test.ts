import { median, toRatio } from '../../bench/medians.js';
import { toReport } from '../../bench/report.js';
import type { Measurement, Round } from '../../bench/rounds.js';

/** A tree whose syncs take so many times 100 ms, beside a driver that takes so many times 50 ms. */
function measured(slow: number, noise = 1): Measurement {
  const sync = { wallMs: 100 * slow, cpuMs: 10 * slow, peakMiB: 120, eventLoopP99Ms: 10 };
  return {
    firstImport: sync,
    noChange: sync,
    ldapsearchMs: 5,
    read: { in: 80 * noise, scan: 50 * noise },
    insert: { insert: 50 * noise },
  };
}

const SETTING = { database: 'a database', machine: 'a machine', rounds: 2, baseline: undefined };

function tableOf(rounds: readonly Round[], baseline?: string): readonly (readonly string[])[] {
  return toReport(rounds, { ...SETTING, baseline })
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe('the report of the benchmark', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[], 0],
  ])('%j has the median %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('a ratio is made of each round, not of the medians, and shows how far rounds are apart', () => {
    expect(
      toRatio([
        [100, 50],
        [10, 10],
        [300, 100],
      ]),
    ).toBe('2.00 (1.00–3.00)');
  });

  it('divides a sync by the best way of the driver', () => {
    const [headings, , , noChange] = tableOf([{ people: 100, own: measured(1) }]);
    expect(noChange?.[headings!.indexOf('sync ÷ floor')]).toBe('2.00');
  });

  it('compares with nothing unless there is a baseline', () => {
    const [headings, , ...rows] = tableOf([{ people: 100, own: measured(1) }]);
    expect(headings).not.toContainEqual(expect.stringContaining('CPU ÷'));
    expect(rows.map(({ length }) => length)).toEqual([headings!.length, headings!.length]);
  });

  it('has the ratios to the baseline, and of the floors beside both, in columns of their own', () => {
    const rounds = [
      { people: 100, own: measured(3), baseline: measured(1) },
      { people: 100, own: measured(4, 2), baseline: measured(2) },
      { people: 100, own: measured(1), baseline: measured(1, 2) },
    ];
    const [headings, , ...rows] = tableOf(rounds, 'v1');
    expect(headings?.slice(-3)).toEqual(['sync ÷ `v1`', 'CPU ÷ `v1`', 'floor ÷ floor']);
    const compared = ['2.00 (1.00–3.00)', '2.00 (1.00–3.00)', '1.00 (0.50–2.00)'];
    expect(rows.map((row) => row.slice(-3))).toEqual([compared, compared]);
  });
});

import { isTimeZone, parsePattern, type SchedulePattern } from '../../lib/schedule/schedule-pattern.js';

function parse(text: string, zone = 'UTC'): SchedulePattern {
  const pattern = parsePattern(text, zone);
  if ('fault' in pattern) throw new Error(pattern.fault);
  return pattern;
}
const at = (time: string) => new Date(`${time}Z`);
const shown = (date: Date | undefined) => date?.toISOString().slice(0, 16);

/** All slots after one time, until another. */
function slots({ next }: SchedulePattern, from: string, to: string): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  for (let now = next(at(from)); now && now <= at(to); now = next(now)) found.push(shown(now));
  return found;
}

describe('a schedule', () => {
  it.each([
    ['every_1_hour', '2026-11-27T10:00', '2026-11-27T11:00'],
    ['every_6_hours', '2026-11-27T06:00', '2026-11-27T12:00'],
    ['every_12_hours', '2026-11-27T00:00', '2026-11-27T12:00'],
    ['every_24_hours', '2026-11-27T00:00', '2026-11-28T00:00'],
    ['every_48_hours', '2026-11-27T00:00', '2026-11-29T00:00'],
    ['Every 24 hours', '2026-11-27T00:00', '2026-11-28T00:00'],
    ['Every 5 minutes', '2026-11-27T10:25', '2026-11-27T10:30'],
    [' 30  2 * * 1-5 ', '2026-11-27T02:30', '2026-11-30T02:30'],
  ])('may be %s', (text, latest, next) => {
    const pattern = parse(text);
    expect(shown(pattern.latest(at('2026-11-27T10:29')))).toBe(latest);
    expect(shown(pattern.next(at('2026-11-27T10:29')))).toBe(next);
  });

  it('is due at its very time, and not before', () => {
    const { latest } = parse('0 10 * * *');
    expect(shown(latest(at('2026-11-27T10:00')))).toBe('2026-11-27T10:00');
    expect(shown(latest(at('2026-11-27T09:59:59.999')))).toBe('2026-11-26T10:00');
  });

  it.each([
    ['', 'neither'],
    ['* * * * * *', 'neither'],
    ['every_5_hours', 'neither'],
    ['@daily', 'neither'],
    ['61 * * * *', 'no valid'],
    ['0 0 30 2 *', 'never due'],
    [`${'1,'.repeat(200)}1 * * * *`, 'longer'],
    ['constructor', 'neither'],
  ])('is refused, with the reason, when it is %.40j', (text, reason) => {
    expect(parsePattern(text, '')).toEqual({ fault: expect.stringContaining(reason) });
  });

  it('goes by its time zone', () => {
    expect(shown(parse('30 2 * * *', 'Europe/Vienna').next(at('2026-07-01T12:00')))).toBe('2026-07-02T00:30');
    expect([isTimeZone('Europe/Vienna'), isTimeZone('Middle/Earth'), isTimeZone('')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('comes once in the night that lacks an hour, at the end of it', () => {
    const nightly = parse('30 2 * * *', 'Europe/Vienna');
    expect(slots(nightly, '2026-03-28T12:00', '2026-03-30T12:00')).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
    expect(shown(nightly.latest(at('2026-03-29T12:00')))).toBe('2026-03-29T01:00');
  });

  it('comes once in the night that has an hour twice', () => {
    const nightly = parse('30 2 * * *', 'Europe/Vienna');
    expect(slots(nightly, '2026-10-24T12:00', '2026-10-26T12:00')).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
    for (const now of ['2026-10-25T00:45', '2026-10-25T01:15', '2026-10-25T01:45', '2026-10-25T02:30'])
      expect([now, shown(nightly.latest(at(now)))]).toEqual([now, '2026-10-25T00:30']);
  });

  it.each([
    ['2026-03-28T23:00', '2026-03-29T22:00', 23],
    ['2026-10-24T22:00', '2026-10-25T23:00', 25],
  ])('of every hour misses none on the day that begins %s', (from, to, hours) => {
    expect(slots(parse('0 * * * *', 'Europe/Vienna'), from, to)).toHaveLength(hours);
  });
});

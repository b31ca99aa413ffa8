import { startStopwatch } from '../../../lib/sync/run/stopwatch.js';

describe('the time since something was asked', () => {
  let monotonic = 1_000;
  let wall = 1_700_000_000_000;

  beforeEach(() => {
    jest.spyOn(performance, 'now').mockImplementation(() => monotonic);
    jest.spyOn(Date, 'now').mockImplementation(() => wall);
  });
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ['both clocks go', 300, 300, 300],
    ['the machine was suspended, which only the wall clock shows', 5, 60_000, 60_000],
    ['the wall clock was put back', 300, -3_600_000, 300],
    ['the wall clock was put on', 300, 3_600_000, 3_600_000],
  ])('is never too short when %s', (_, passed, wallPassed, expected) => {
    const elapsed = startStopwatch();
    monotonic += passed;
    wall += wallPassed;
    expect(elapsed()).toBe(expected);
  });
});

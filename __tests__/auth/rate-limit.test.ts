import { createRateLimit, type LimitedCall } from '../../lib/auth/rate-limit.js';
import { parseSettings, type ReadSettings } from '../../lib/settings/settings.js';

/** Settings that the test may change between two calls. */
function createSettings(initial: Readonly<Record<string, unknown>> = {}): {
  stored: Record<string, unknown>;
  readSettings: ReadSettings;
} {
  const settings = {
    stored: { ...initial },
    readSettings: () => Promise.resolve(parseSettings(new Map(Object.entries(settings.stored)))),
  };
  return settings;
}

const by = (userId: string, address = '192.0.2.1', tokenId?: string): LimitedCall => ({
  scope: 'syncNow',
  principal: { userId, ...(tokenId === undefined ? {} : { tokenId }) },
  address,
});

const CALLS = 'API_Enable_Rate_Limiter_Limit_Calls_Default';
const TIME = 'API_Enable_Rate_Limiter_Limit_Time_Default';

test('ten calls of one key pass, the eleventh is limited, and another key is not', async () => {
  const limit = createRateLimit(createSettings());
  for (let call = 1; call <= 10; call += 1) {
    await expect(limit(by('a'))).resolves.toMatchObject({ limited: false, limit: 10, remaining: 10 - call });
  }
  const state = await limit(by('a'));
  expect(state).toMatchObject({ limited: true, limit: 10, remaining: 0 });
  expect(state!.retryAfterSeconds).toBeGreaterThanOrEqual(1);
  expect(state!.retryAfterSeconds).toBeLessThanOrEqual(60);
  expect(Number.isNaN(state!.resetAt.getTime())).toBe(false);
  await expect(limit(by('b'))).resolves.toMatchObject({ limited: false });
});

test('a hundred calls at once do not pass the limit', async () => {
  const limit = createRateLimit(createSettings());
  const states = await Promise.all(Array.from({ length: 100 }, () => limit(by('a'))));
  expect(states.filter((state) => !state!.limited)).toHaveLength(10);
});

test('a factor multiplies the calls', async () => {
  const limit = createRateLimit({ ...createSettings({ [CALLS]: 2 }), factor: 3 });
  const states = await Promise.all(Array.from({ length: 7 }, () => limit(by('a'))));
  expect(states.map((state) => state!.limited)).toEqual([false, false, false, false, false, false, true]);
});

test('a changed setting counts from the next call on', async () => {
  const settings = createSettings({ [CALLS]: 1 });
  const limit = createRateLimit(settings);
  await limit(by('a'));
  await expect(limit(by('a'))).resolves.toMatchObject({ limited: true });
  settings.stored[CALLS] = 2;
  await expect(limit(by('a'))).resolves.toMatchObject({ limited: false, limit: 2 });
  settings.stored.API_Enable_Rate_Limiter = false;
  await expect(limit(by('a'))).resolves.toBeUndefined();
});

test.each([0, -1, 'many', null])('a number of calls that is %p is the default', async (calls) => {
  await expect(createRateLimit(createSettings({ [CALLS]: calls }))(by('a'))).resolves.toMatchObject({
    limit: 10,
    remaining: 9,
  });
});

test.each([0, -1, 'long', null])('a window that is %p is the default', async (window) => {
  const state = await createRateLimit(createSettings({ [TIME]: window }))(by('a'));
  expect(state!.retryAfterSeconds).toBe(60);
});

test('a window longer than a timer can wait still counts', async () => {
  const limit = createRateLimit(createSettings({ [CALLS]: 1, [TIME]: 1_000_000_000_000 }));
  await limit(by('a'));
  // The timer that forgets the count would have fired by now.
  await new Promise((resolve) => setTimeout(resolve, 20));
  await expect(limit(by('a'))).resolves.toMatchObject({ limited: true });
});

test('a flood of keys makes the oldest counts be forgotten, and no others', async () => {
  const limit = createRateLimit(createSettings({ [CALLS]: 1 }));
  await limit(by('first'));
  await limit(by('second'));
  for (let key = 0; key < 9_999; key += 1) await limit(by(`flood ${key}`));
  await expect(limit(by('second'))).resolves.toMatchObject({ limited: true });
  await expect(limit(by('first'))).resolves.toMatchObject({ limited: false });
});

test('settings that cannot be read are an error, not a free pass', async () => {
  const limit = createRateLimit({ readSettings: () => Promise.reject(new Error('down')) });
  await expect(limit(by('a'))).rejects.toThrow('down');
});

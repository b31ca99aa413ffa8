import express from 'express';
import request from 'supertest';
import { toAddressGroup } from '../../lib/auth/limits/address-group.js';
import { createCallCounter } from '../../lib/auth/limits/call-counter.js';
import { createRateLimit } from '../../lib/auth/rate-limit.js';
import { parseSettings } from '../../lib/settings/settings.js';
import {
  ADMIN,
  AUTH_HEADERS,
  createHost,
  hashToken,
  SECOND_FACTOR,
  seedAdmin,
  type TestHost,
} from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const PLAIN = { 'X-User-Id': 'plainUser00000001', 'X-Auth-Token': 'a-token-of-a-plain-user' };
const STOLEN = { ...AUTH_HEADERS, 'X-Auth-Token': 'another-token-of-the-admin' };
const ENDPOINTS = ['syncNow', 'previewSync', 'approveRun', 'rejectRun', 'revertRun'];

let database: TestDatabase;
let app: TestHost['app'];

beforeEach(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  const users = database.connection.collection('users');
  const token = (text: string) => ({ hashedToken: hashToken(text), when: new Date() });
  await users.insertOne({
    _id: PLAIN['X-User-Id'] as never,
    username: 'plain',
    active: true,
    roles: ['user'],
    services: { resume: { loginTokens: [token(PLAIN['X-Auth-Token'])] } },
  });
  await users.updateOne(
    { _id: ADMIN._id as never },
    { $push: { 'services.resume.loginTokens': token(STOLEN['X-Auth-Token']) as never } },
  );
  // Behind a proxy that tells the addresses.
  app = express().set('trust proxy', true).use(createHost(database.connection).app);
});
afterEach(() => database.close());

async function call(headers: object, { endpoint = 'syncNow', from = '192.0.2.1' } = {}): Promise<number> {
  const asked = request(app)
    .post(`/api/v1/ldap.${endpoint}`)
    .set({ ...headers, 'X-Forwarded-For': from });
  return (await asked).status;
}

async function callTimes(times: number, headers: object, options: object = {}): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let time = 0; time < times; time += 1) statuses.push(await call(headers, options));
  return statuses;
}

describe('eleven calls of a plain user', () => {
  test('to every endpoint leave the administrator behind the same address all theirs', async () => {
    for (const endpoint of ENDPOINTS) {
      // The added endpoints ask for the permission first, and count nobody who has none.
      const last = (await callTimes(11, PLAIN, { endpoint })).at(-1);
      expect(last).toBe(endpoint === 'syncNow' ? 429 : 400);
      expect(await callTimes(10, AUTH_HEADERS, { endpoint })).not.toContain(429);
      expect(await call(AUTH_HEADERS, { endpoint })).toBe(429);
    }
  });

  test('to one endpoint are limited there, and not at another', async () => {
    expect((await callTimes(11, PLAIN)).at(-1)).toBe(429);
    expect(await call(PLAIN, { endpoint: 'previewSync' })).not.toBe(429);
  });
});

describe('a stolen token', () => {
  test('spends the calls of its own login, not those of the user', async () => {
    expect((await callTimes(11, STOLEN)).at(-1)).toBe(429);
    expect(await call({ ...AUTH_HEADERS, ...SECOND_FACTOR })).not.toBe(429);
  });

  test('gets no more calls by many addresses than ten times those of one', async () => {
    const statuses: number[] = [];
    for (let address = 0; address < 105; address += 1)
      statuses.push(await call(STOLEN, { from: `198.51.100.${address}` }));
    expect(statuses.slice(0, 100)).not.toContain(429);
    expect(statuses.slice(100)).toEqual([429, 429, 429, 429, 429]);
    expect(await call(AUTH_HEADERS)).not.toBe(429);
  });

  test('that is used up at one address can still be used at another, where its owner may be', async () => {
    await callTimes(30, STOLEN);
    expect(await callTimes(10, STOLEN, { from: '198.51.100.1' })).not.toContain(429);
  });
});

describe('wrong tokens', () => {
  const GUESS = { ...AUTH_HEADERS, 'X-Auth-Token': 'a-guess' };

  test('are bounded by address, and shut out nobody behind it', async () => {
    const statuses = await callTimes(105, GUESS);
    expect(statuses.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => 401));
    expect(statuses.slice(100)).toEqual([429, 429, 429, 429, 429]);
    expect(await call(AUTH_HEADERS)).not.toBe(429);
    expect(await call({})).toBe(429);
    expect(await call(GUESS, { from: '198.51.100.1' })).toBe(401);
  });

  test('are bounded over all endpoints together, and by the /64 of an IPv6 address', async () => {
    for (let time = 0; time < 100; time += 1)
      await call(GUESS, {
        endpoint: ENDPOINTS[time % ENDPOINTS.length]!,
        from: `2001:db8:1:2:${time.toString(16)}::1`,
      });
    expect(await call(GUESS, { from: '2001:db8:1:2:ffff::' })).toBe(429);
    expect(await call(GUESS, { from: '2001:db8:1:3::' })).toBe(401);
  });
});

describe('an address', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', 'unknown'],
    [undefined, 'unknown'],
    ['a made-up text', 'unknown'],
    ['1.2.3.4, 5.6.7.8', 'unknown'],
  ])('of %p is counted as %p', (address, group) => {
    expect(toAddressGroup(address)).toBe(group);
  });

  test('of a million characters is counted as "unknown"', () => {
    expect(toAddressGroup('x'.repeat(1_000_000))).toBe('unknown');
  });
});

describe('the counts', () => {
  const settings = parseSettings(new Map());
  const by = (userId: string, address: string) => ({ scope: 'syncNow', principal: { userId }, address });

  test('of one login are not forgotten, however many addresses it comes from', async () => {
    const limit = createRateLimit({ readSettings: () => Promise.resolve(settings) });
    for (let time = 0; time < 10; time += 1) await limit(by('ada', '192.0.2.1'));
    for (let address = 0; address < 20_000; address += 1)
      await limit(by('eve', `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}`));
    await expect(limit(by('ada', '192.0.2.1'))).resolves.toMatchObject({ limited: true });
    await expect(limit(by('eve', '192.0.2.1'))).resolves.toMatchObject({ limited: true });
  });

  test('go by a clock that is never set', () => {
    let now = 0;
    const counter = createCallCounter(1_000, () => now);
    expect(counter.count('a')).toEqual({ count: 1, leftMs: 1_000 });
    now = 999;
    expect(counter.count('a')).toEqual({ count: 2, leftMs: 1 });
    now = 1_000;
    expect(counter.look('a')).toEqual({ count: 0, leftMs: 1_000 });
    expect(counter.count('a')).toEqual({ count: 1, leftMs: 1_000 });
  });

  test.each([-86_400_000, 86_400_000])('do not end when the time of day is set by %d ms', async (skewMs) => {
    const limit = createRateLimit({ readSettings: () => Promise.resolve(settings) });
    for (let time = 0; time < 11; time += 1) await limit(by('ada', '192.0.2.1'));
    jest.useFakeTimers({ now: Date.now() + skewMs, doNotFake: ['performance', 'nextTick'] });
    try {
      const state = await limit(by('ada', '192.0.2.1'));
      expect(state).toMatchObject({ limited: true });
      expect(state!.retryAfterSeconds).toBeLessThanOrEqual(60);
    } finally {
      jest.useRealTimers();
    }
  });
});

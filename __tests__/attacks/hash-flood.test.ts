import { stat } from 'node:fs/promises';
import bcrypt from 'bcryptjs';
import { createHashing } from '../../lib/auth/second-factor/hashing.js';
import { createSecondFactor } from '../../lib/auth/second-factor/second-factor-policy.js';
import { silentLogger } from '../../lib/logger.js';
import { createReadSettings } from '../../lib/settings/settings.js';
import { createStoredSettings } from '../../lib/settings/stored-settings.js';
import { checkSecondFactor, type Call } from '../../routes/checks.js';
import {
  countOutcomes,
  NOON,
  PASSWORD_DIGEST,
  storePerson,
  verified,
  withEmail,
} from '../auth/second-factor/second-factor-host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const WRONG = 'f'.repeat(64);
/** As Rocket.Chat's: costly enough to be seen. */
const HASH = bcrypt.hashSync(PASSWORD_DIGEST, 10);

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const hashing = () => createHashing(silentLogger);

/** The second factor with its own parts to look at. */
function createWatched(options: { limits?: number; sendMail?: () => Promise<void> } = {}) {
  const warnings: object[] = [];
  const logger = { ...silentLogger, warn: (details: object) => void warnings.push(details) };
  const watched = createHashing(logger);
  const { limits = 256, sendMail = () => Promise.resolve() } = options;
  const verify = createSecondFactor({
    connection: database.connection,
    readSettings: createReadSettings(createStoredSettings(database.connection), {}),
    databaseTime: () => Promise.resolve(NOON),
    sendMail,
    logger,
    hashing: watched,
    queueLimits: { atOnce: 64, atOncePerKey: 1, waiting: limits, waitingPerKey: limits },
  });
  return { verify, hashing: watched, warnings };
}

describe('hashing', () => {
  test('lets the loop turn while it goes on', async () => {
    let turns = 0;
    let isDone = false;
    const turn = (): void => {
      turns += 1;
      if (!isDone) setImmediate(turn);
    };
    setImmediate(turn);
    const matches = hashing().matches('u', HASH, PASSWORD_DIGEST);
    await matches;
    isDone = true;
    // In the loop it would have been done in a turn or two of 100 ms each.
    expect(turns).toBeGreaterThan(10);
  });

  test('of many users leaves threads for the host: a file is looked up before the first of them ends', async () => {
    const { matches } = hashing();
    const ended: string[] = [];
    const flood = Array.from({ length: 20 }, (_, user) =>
      matches(`u${user}`, HASH, WRONG).then(() => ended.push('hash')),
    );
    await stat('/').then(() => ended.push('stat'));
    await Promise.all(flood);
    expect(ended[0]).toBe('stat');
  });

  test('is done twice at once at most, and once for a user', async () => {
    const many = hashing();
    await Promise.all(Array.from({ length: 12 }, (_, user) => many.matches(`u${user % 6}`, HASH, WRONG)));
    expect(many.state()).toEqual({ running: 0, waiting: 0, mostRunning: 2 });
    const one = hashing();
    await Promise.all(Array.from({ length: 6 }, () => one.matches('u', HASH, WRONG)));
    expect(one.state().mostRunning).toBe(1);
  });

  test('makes what Rocket.Chat reads, and reads what it made', async () => {
    const { hash, matches } = hashing();
    const made = await hash('u', '072814');
    expect(made).toMatch(/^\$2b\$10\$/);
    expect(bcrypt.compareSync('072814', made)).toBe(true);
    for (const prefix of ['$2a$', '$2b$', '$2y$']) {
      await expect(matches('u', HASH.replace(/^\$2.\$/, prefix), PASSWORD_DIGEST)).resolves.toBe(true);
      await expect(matches('u', HASH.replace(/^\$2.\$/, prefix), WRONG)).resolves.toBe(false);
    }
  });

  test.each([
    ['of cost 31', HASH.replace('$10$', '$31$')],
    ['of cost 15', HASH.replace('$10$', '$15$')],
    ['of cost 3', HASH.replace('$10$', '$03$')],
    ['of cost 99', HASH.replace('$10$', '$99$')],
    ['with another prefix', HASH.replace(/^\$2.\$/, '$2x$')],
    ['too short', HASH.slice(0, -1)],
    ['too long', `${HASH}a`],
    ['with a line break', `${HASH}\n`],
    ['a list', [HASH]],
    ['nothing', undefined],
  ])('of a stored hash that is %s is not begun, and it is nobody’s', async (_what, stored) => {
    const { matches, state } = hashing();
    await expect(matches('u', stored, PASSWORD_DIGEST)).resolves.toBe(false);
    expect(state().mostRunning).toBe(0);
  });
});

describe('the second factor', () => {
  test('refuses a password whose hash would take a day, and tells the log why', async () => {
    const { verify, hashing: watched, warnings } = createWatched();
    const bomb = { password: { bcrypt: HASH.replace('$10$', '$31$') } };
    const userId = await storePerson(database.connection, { services: bomb });
    await expect(verify({ userId }, { code: PASSWORD_DIGEST, method: 'password' })).resolves.toMatchObject({
      outcome: 'invalid',
    });
    expect(watched.state().mostRunning).toBe(0);
    expect(warnings).toContainEqual({ userId, cost: 31, maxCost: 14 });
  });

  test('refuses a mailed code whose hash would take a day', async () => {
    const { verify, hashing: watched } = createWatched();
    const emailCode = {
      code: HASH.replace('$10$', '$31$'),
      expire: new Date(Number(NOON) + 60_000),
      attempts: 0,
    };
    const userId = await storePerson(database.connection, {
      emails: [verified('ada@host.example')],
      services: { ...withEmail, emailCode },
    });
    await expect(verify({ userId }, { code: '072814', method: 'email' })).resolves.toMatchObject({
      outcome: 'invalid',
    });
    expect(watched.state().mostRunning).toBe(0);
  });

  test('of ten wrong codes at once of one user hashes one at a time', async () => {
    const { verify, hashing: watched } = createWatched();
    const userId = await storePerson(database.connection, { services: { password: { bcrypt: HASH } } });
    const codes = Array.from({ length: 10 }, (_, index) => index.toString(16).padStart(64, '0'));
    await Promise.all(codes.map((code) => verify({ userId }, { code, method: 'password' })));
    expect(watched.state().mostRunning).toBe(1);
  });

  test('tells those for whom there is no room to come back, and does not look at their codes', async () => {
    const { verify } = createWatched({ limits: 2 });
    const userId = await storePerson(database.connection, { services: { password: { bcrypt: HASH } } });
    const verdicts = await Promise.all(
      Array.from({ length: 20 }, () => verify({ userId }, { code: PASSWORD_DIGEST, method: 'password' })),
    );
    const { passed = 0, busy = 0, ...rest } = countOutcomes(verdicts);
    expect(rest).toEqual({});
    expect(busy).toBeGreaterThan(0);
    expect(passed + busy).toBe(20);
    await expect(verify({ userId }, { code: PASSWORD_DIGEST, method: 'password' })).resolves.toEqual({
      outcome: 'passed',
    });
  });

  test('that is busy is answered as too many requests', async () => {
    const check = checkSecondFactor(() => Promise.resolve({ outcome: 'busy', retryAfterSeconds: 10 }));
    await expect(check({ request: { headers: {} } } as unknown as Call)).resolves.toEqual({
      status: 429,
      body: {
        success: false,
        error:
          'Error, too many requests. Please slow down. You must wait 10 seconds before trying this ' +
          'endpoint again. [error-too-many-requests]',
      },
    });
  });
});

describe('forty requests for a code at once, with a mail server that fails', () => {
  const store = () =>
    storePerson(database.connection, {
      emails: Array.from({ length: 10 }, (_, index) => verified(`a${index}@host.example`)),
      services: withEmail,
    });

  test('of one user make one code and one attempt to mail it', async () => {
    let mails = 0;
    const { verify, hashing: watched } = createWatched({
      sendMail: () => Promise.reject(new Error(`no ${(mails += 1)}`)),
    });
    const userId = await store();
    const calls = Array.from({ length: 40 }, () => verify({ userId }, { code: undefined, method: 'email' }));
    const settled = await Promise.allSettled(calls);
    expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
    // Those that came after the first had failed have tried once more, one after the other.
    expect(watched.state().mostRunning).toBe(1);
    expect(mails).toBeLessThan(40 * 10);
  });

  test('of forty users hold eight connections at most', async () => {
    let open = 0;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const { verify, hashing: watched } = createWatched({
      async sendMail() {
        open += 1;
        await released;
        throw new Error('no');
      },
    });
    const userIds = await Promise.all(Array.from({ length: 40 }, store));
    const calls = userIds.map((userId) => verify({ userId }, { code: undefined, method: 'email' }));
    // A code is stored right before it is mailed.
    const mailed = { _id: { $in: userIds as never[] }, 'services.emailCode.code': { $exists: true } };
    while ((await database.connection.collection('users').countDocuments(mailed)) < 40);
    expect(open).toBe(8);
    release();
    await Promise.allSettled(calls);
    expect(watched.state().mostRunning).toBe(2);
  });
});

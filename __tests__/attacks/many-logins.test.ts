import { createHashing } from '../../lib/auth/second-factor/hashing.js';
import { createSecondFactor } from '../../lib/auth/second-factor/second-factor-policy.js';
import { silentLogger } from '../../lib/logger.js';
import { createReadSettings } from '../../lib/settings/settings.js';
import { createStoredSettings } from '../../lib/settings/stored-settings.js';
import {
  countOutcomes,
  NOON,
  PASSWORD_DIGEST,
  storePerson,
  withPassword,
} from '../auth/second-factor/second-factor-host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** As in a host, with a queue that is soon full; the codes of `slow` are looked at when `until` resolves. */
function createVerify(slow: string, until: Promise<void>) {
  const hashing = createHashing(silentLogger);
  return createSecondFactor({
    hashing: {
      ...hashing,
      async matches(userId, hashed, text) {
        if (userId === slow) await until;
        return hashing.matches(userId, hashed, text);
      },
    },
    connection: database.connection,
    readSettings: createReadSettings(createStoredSettings(database.connection), {}),
    databaseTime: () => Promise.resolve(NOON),
    sendMail: () => Promise.resolve(),
    logger: silentLogger,
    queueLimits: {
      atOnce: 4,
      atOncePerKey: 1,
      atOncePerOwner: 2,
      waiting: 8,
      waitingPerKey: 4,
      waitingPerOwner: 8,
    },
  });
}

test('a user who signs in many times and sends a code with each login shuts out nobody else', async () => {
  const [eve, admin] = [
    await storePerson(database.connection, { services: withPassword }),
    await storePerson(database.connection, { services: withPassword }),
  ];
  let letGo = (): void => undefined;
  const verify = createVerify(eve, new Promise((resolve) => (letGo = resolve)));
  const send = (userId: string, login: number) =>
    verify({ userId, tokenId: `login ${login}` }, { code: PASSWORD_DIGEST, method: 'password' });
  let refused = 0;
  let isFull = (): void => undefined;
  const full = new Promise<void>((resolve) => (isFull = resolve));
  const flood = Array.from({ length: 40 }, async (_, login) => {
    const verdict = await send(eve, login);
    if (verdict.outcome === 'busy' && (refused += 1) === 28) isFull();
    return verdict;
  });
  await full;
  const others = await Promise.all([send(admin, 1), send(admin, 2), send(admin, 3)]);
  expect(countOutcomes(others)).toEqual({ passed: 3 });
  letGo();
  expect(countOutcomes(await Promise.all(flood))).toEqual({ busy: 31, passed: 9 });
});

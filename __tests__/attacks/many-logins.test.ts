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

/** As in a host, with a queue that is soon full. */
const createVerify = () =>
  createSecondFactor({
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

test('a user who signs in many times and sends a code with each login shuts out nobody else', async () => {
  const verify = createVerify();
  const eve = await storePerson(database.connection, { services: withPassword });
  const admin = await storePerson(database.connection, { services: withPassword });
  const flood = Array.from({ length: 40 }, (_, index) =>
    verify({ userId: eve, tokenId: `login ${index}` }, { code: PASSWORD_DIGEST, method: 'password' }),
  );
  const others = Array.from({ length: 3 }, (_, index) =>
    verify({ userId: admin, tokenId: `admin ${index}` }, { code: PASSWORD_DIGEST, method: 'password' }),
  );
  expect(countOutcomes(await Promise.all(others))).toEqual({ passed: 3 });
  expect(countOutcomes(await Promise.all(flood)).busy).toBeGreaterThan(20);
});

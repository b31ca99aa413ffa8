import { createHash } from 'node:crypto';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connection } from 'mongoose';
import type { Principal } from '../../lib/auth/principal.js';
import { createTokenAuthentication } from '../../lib/auth/token-authentication.js';
import { createReadSettings } from '../../lib/settings/settings.js';
import { createStoredSettings } from '../../lib/settings/stored-settings.js';
import { hashToken, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { NOON, storePerson } from './second-factor/second-factor-host.js';

const DAY_MS = 86_400_000;
const TOKEN = 'kJ3_a-token-of-43-characters-such-as-Meteors';
/** What tells the token from others, and is neither the token nor what is stored of it. */
const TOKEN_ID = createHash('sha256').update(hashToken(TOKEN)).digest('hex');
const daysAgo = (days: number) => new Date(Number(NOON) - days * DAY_MS);

let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await openTestDatabase();
  connection = database.connection;
});
afterEach(async () => {
  await connection.collection('users').deleteMany({});
  await connection.collection('rocketchat_settings').deleteMany({});
});
afterAll(() => database.close());

function authenticate(headers: Readonly<Record<string, unknown>>): Promise<Principal | undefined> {
  const readSettings = createReadSettings(createStoredSettings(connection), {});
  return createTokenAuthentication({ connection, readSettings, databaseTime: () => Promise.resolve(NOON) })({
    headers,
  } as unknown as IncomingMessage);
}

const storeTokens = (tokens: unknown) =>
  storePerson(connection, { services: { resume: { loginTokens: tokens } } });
const session = { hashedToken: hashToken(TOKEN), when: daysAgo(1) };
const present = (userId: unknown, token: unknown = TOKEN) =>
  authenticate({ 'x-user-id': userId, 'x-auth-token': token });

describe('a login token', () => {
  test('says who is calling', async () => {
    const userId = await storeTokens([{ hashedToken: hashToken('another'), when: NOON }, session]);
    await expect(present(userId)).resolves.toEqual({ userId, username: userId, tokenId: TOKEN_ID });
  });

  test('of a user without a user name says who is calling', async () => {
    const userId = await storeTokens([session]);
    await connection
      .collection('users')
      .updateOne({ _id: userId as never }, { $unset: { username: '', active: '' } });
    await expect(present(userId)).resolves.toEqual({ userId, tokenId: TOKEN_ID });
  });

  test.each([
    ['another token', 'another'],
    ['its own hash', hashToken(TOKEN)],
    ['the token in another case', TOKEN.toUpperCase()],
    ['the token and more', `${TOKEN}x`],
  ])('does not admit %s', async (_what, token) => {
    await expect(present(await storeTokens([session]), token)).resolves.toBeUndefined();
  });

  test('does not admit as another user', async () => {
    await storeTokens([session]);
    const other = await storeTokens([]);
    await expect(present(other)).resolves.toBeUndefined();
    await expect(present('nobody')).resolves.toBeUndefined();
  });

  test('of an inactive user is refused', async () => {
    const userId = await storeTokens([session]);
    await connection.collection('users').updateOne({ _id: userId as never }, { $set: { active: false } });
    await expect(present(userId)).resolves.toBeUndefined();
  });

  test('in a damaged list is found, and the damage is not admitted', async () => {
    const userId = await storeTokens([null, 7, 'x', { hashedToken: 7 }, { hashedToken: '' }, session]);
    await expect(present(userId)).resolves.toMatchObject({ userId });
    const damaged = await storeTokens({ hashedToken: hashToken(TOKEN), when: NOON });
    await expect(present(damaged)).resolves.toBeUndefined();
  });
});

describe('an expired token', () => {
  test.each([
    [undefined, 89.9, true],
    [undefined, 90, false],
    [undefined, 1_000, false],
    // Dated by a host whose clock is ahead: a day is borne, more would make it live for too long.
    [undefined, -1, true],
    [undefined, -3, false],
    [undefined, -3_650, false],
    [30, 29, true],
    [30, 30, false],
    [0, 89, true],
    [0, 91, false],
    [-5, 89, true],
    [-5, 91, false],
    ['soon', 89, true],
    ['soon', 91, false],
  ])('with Accounts_LoginExpiration %p, %p days old: admitted is %p', async (setting, age, isAdmitted) => {
    if (setting !== undefined) await storeSettings(connection, { Accounts_LoginExpiration: setting });
    const userId = await storeTokens([{ ...session, when: daysAgo(age) }]);
    expect((await present(userId)) !== undefined).toBe(isAdmitted);
  });

  test.each([undefined, null, 'yesterday', Number(NOON), NOON.toISOString(), {}])(
    'cannot hide behind a "when" that is %p',
    async (when) => {
      const userId = await storeTokens([{ hashedToken: hashToken(TOKEN), when }]);
      await expect(present(userId)).resolves.toBeUndefined();
    },
  );

  test('is not made good by a type that is not quite a personal access token', async () => {
    const userId = await storeTokens([{ ...session, when: daysAgo(91), type: 'personal' }]);
    await expect(present(userId)).resolves.toBeUndefined();
  });
});

test('a personal access token does not expire', async () => {
  const userId = await storeTokens([
    { hashedToken: hashToken(TOKEN), type: 'personalAccessToken', createdAt: daysAgo(5_000), name: 'script' },
  ]);
  await expect(present(userId)).resolves.toMatchObject({ userId });
});

describe('hostile headers', () => {
  const refused: readonly (readonly [string, unknown])[] = [
    ['missing', undefined],
    ['empty', ''],
    ['blank', ' '],
    ['a list', [TOKEN]],
    ['an operator', { $ne: null }],
    ['a regular expression', /./],
    ['a number', 1],
    ['null', null],
    ['given twice', `${TOKEN}, ${TOKEN}`],
    ['a text with a line break', `${TOKEN}\n`],
    ['a text with a zero byte', `${TOKEN}\0`],
  ];

  // A connection that was never opened would wait, and then reject: an answer proves that no query was made.
  test.each([...refused, ['513 characters long', 'x'.repeat(513)] as const])(
    'a token that is %s is refused before any query',
    async (_what, token) => {
      const userId = await storeTokens([session]);
      await expect(withoutDatabase({ 'x-user-id': userId, 'x-auth-token': token })).resolves.toBeUndefined();
    },
  );

  test.each([...refused, ['129 characters long', 'x'.repeat(129)] as const])(
    'a user id that is %s is refused before any query',
    async (_what, userId) => {
      await expect(withoutDatabase({ 'x-user-id': userId, 'x-auth-token': TOKEN })).resolves.toBeUndefined();
    },
  );

  function withoutDatabase(headers: Readonly<Record<string, unknown>>) {
    const untouched = new Proxy(
      {},
      {
        get: () => () => {
          throw new Error('The database was asked.');
        },
      },
    );
    const closed = { model: () => ({ collection: untouched }) } as unknown as Connection;
    const readSettings = () => Promise.reject(new Error('The settings were read.'));
    return createTokenAuthentication({
      connection: closed,
      readSettings,
      databaseTime: () => Promise.resolve(NOON),
    })({
      headers,
    } as unknown as IncomingMessage);
  }

  test('over the wire, given twice, are refused, as one of each is admitted', async () => {
    const userId = await storeTokens([session]);
    const readSettings = createReadSettings(createStoredSettings(connection), {});
    const check = createTokenAuthentication({
      connection,
      readSettings,
      databaseTime: () => Promise.resolve(NOON),
    });
    const server = createServer((incoming, response) => {
      void check(incoming).then((principal) => response.end(principal?.userId ?? 'nobody'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await expect(ask(server, ['X-User-Id', userId, 'X-Auth-Token', TOKEN])).resolves.toBe(userId);
      await expect(
        ask(server, ['X-User-Id', userId, 'X-User-Id', userId, 'X-Auth-Token', TOKEN]),
      ).resolves.toBe('nobody');
      await expect(
        ask(server, ['X-User-Id', userId, 'X-Auth-Token', TOKEN, 'x-auth-token', 'another']),
      ).resolves.toBe('nobody');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

function ask(server: Server, rawHeaders: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    request(
      { port, host: '127.0.0.1', headers: ['Host', 'localhost', ...rawHeaders] as never },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve(text));
      },
    )
      .on('error', reject)
      .end();
  });
}

test('a database that fails is an error, not a refusal', async () => {
  const own = await openTestDatabase();
  const userId = await storePerson(own.connection, { services: { resume: { loginTokens: [session] } } });
  const readSettings = createReadSettings(createStoredSettings(own.connection), {});
  const check = createTokenAuthentication({
    connection: own.connection,
    readSettings,
    databaseTime: () => Promise.resolve(NOON),
  });
  const headers = { 'x-user-id': userId, 'x-auth-token': TOKEN };
  await expect(check({ headers } as unknown as IncomingMessage)).resolves.toBeDefined();
  await own.connection.dropDatabase();
  await own.connection.getClient().close();
  await expect(check({ headers } as unknown as IncomingMessage)).rejects.toThrow();
});

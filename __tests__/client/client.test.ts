import speakeasy from 'speakeasy';
import { ApiError, createClient, type Challenge, type ClientOptions } from '../../client/index.js';
import { serve, type Served } from '../routes/event-reader.js';
import {
  ADMIN,
  createHost,
  seedAdmin,
  storeSettings,
  type TestHost,
  UNREACHABLE_DIRECTORY,
} from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const RUN = 'a'.repeat(17);

let database: TestDatabase;
let host: TestHost;
let served: Served;

beforeEach(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, { ...UNREACHABLE_DIRECTORY, API_Enable_Rate_Limiter: false });
  host = createHost(database.connection);
  served = await serve(host.app);
});
afterEach(async () => {
  await host.ldapSync.stop();
  await served.close();
  await database.close();
});

const credentials = () => ({ userId: ADMIN._id, authToken: ADMIN.token });
const connect = (options: Partial<ClientOptions> = {}) =>
  createClient({ url: `${served.url}/api/v1`, credentials, ...options });
const password = async () => ({ method: 'password' as const, code: ADMIN.password });
const refusalOf = (call: Promise<unknown>): Promise<ApiError> =>
  call.then(
    () => Promise.reject(new Error('The call was not refused.')),
    (error: unknown) => (error instanceof ApiError ? error : Promise.reject(error as Error)),
  );

describe('a call of the client', () => {
  it('resolves with the body of the answer without success', async () => {
    const status = await connect().status();
    expect(status).toMatchObject({ lastRun: null, settings: { enabled: true } });
    expect(status).not.toHaveProperty('success');
  });

  it('takes a query, and leaves out what is undefined', async () => {
    expect(await connect().listRuns({ count: 5, offset: undefined })).toEqual({
      runs: [],
      count: 0,
      offset: 0,
      total: 0,
    });
  });

  it('rejects with status, kind and text of a refusal', async () => {
    const unknown = await refusalOf(connect({ secondFactor: password }).cancelRun({ runId: RUN }));
    expect(unknown).toMatchObject({
      name: 'ApiError',
      status: 400,
      errorType: 'run-not-found',
      details: { remedy: expect.stringContaining('ldap.listRuns') },
    });
    expect(await refusalOf(connect().runInfo({ runId: RUN }))).toMatchObject({
      status: 400,
      errorType: undefined,
      message: 'Run not found',
    });
  });

  it('rejects with 401 where nobody is signed in', async () => {
    expect(await refusalOf(connect({ credentials: () => undefined }).status())).toMatchObject({
      status: 401,
      message: 'You must be logged in to do this.',
    });
  });

  it('asks for the credentials before each call', async () => {
    let token: string = ADMIN.token;
    const client = connect({ credentials: async () => ({ userId: ADMIN._id, authToken: token }) });
    await client.status();
    token = 'another';
    expect((await refusalOf(client.status())).status).toBe(401);
  });

  it('says after which time a call may be repeated that came too often', async () => {
    await storeSettings(database.connection, {
      API_Enable_Rate_Limiter: true,
      API_Enable_Rate_Limiter_Limit_Calls_Default: 1,
    });
    const client = connect();
    await client.settingsHistory();
    const refusal = await refusalOf(client.settingsHistory());
    expect(refusal.status).toBe(429);
    expect(refusal.retryAfterSeconds).toBeGreaterThan(0);
    expect(refusal.retryAfterSeconds).toBeLessThanOrEqual(60);
  });
});

describe('the second factor of the client', () => {
  it('is asked for once, and a password is sent as its hash', async () => {
    const challenges: Challenge[] = [];
    const client = connect({
      secondFactor: async (challenge) => {
        challenges.push(challenge);
        return password();
      },
    });
    const { message, runId } = await client.syncNow();
    expect(message).toBe('Sync_in_progress');
    expect(challenges).toEqual([
      { errorType: 'totp-required', method: 'password', availableMethods: [], codeGenerated: false },
    ]);
    expect((await client.runInfo({ runId })).run._id).toBe(runId);
  });

  it('may be a code, with spaces as an app shows it', async () => {
    const totp = { enabled: true, secret: TOTP_SECRET, hashedBackup: [] };
    await database.connection
      .collection('users')
      .updateOne({ _id: ADMIN._id as never }, { $set: { 'services.totp': totp } });
    const code = (): string => speakeasy.totp({ secret: TOTP_SECRET, encoding: 'base32' });
    const client = connect({
      secondFactor: async ({ method }) => ({ method, code: code().replace(/^.../, '$& ') }),
    });
    expect(await client.previewSync()).toMatchObject({ message: 'Preview_in_progress' });
  });

  it('is asked for again after a wrong code, three times in all', async () => {
    const kinds: string[] = [];
    const wrong = connect({
      secondFactor: async ({ errorType }) => {
        kinds.push(errorType);
        return { method: 'password', code: 'wrong' };
      },
    });
    expect(await refusalOf(wrong.syncNow())).toMatchObject({ status: 400, errorType: 'totp-invalid' });
    expect(kinds).toEqual(['totp-required', 'totp-invalid', 'totp-invalid']);
    const second = connect({
      secondFactor: async ({ errorType }) =>
        errorType === 'totp-invalid' ? password() : { method: 'password', code: 'wrong' },
    });
    expect(await second.syncNow()).toMatchObject({ message: 'Sync_in_progress' });
  });

  it('is not asked for when no attempts are left', async () => {
    const wrong = connect({ secondFactor: async () => ({ method: 'password', code: 'wrong' }) });
    const call = async (): Promise<ApiError> => refusalOf(wrong.rejectRun({ runId: RUN }));
    const kinds = [await call(), await call(), await call(), await call(), await call()];
    expect(kinds.at(-1)!.errorType).toBe('totp-max-attempts');
    let asked = 0;
    const later = connect({ secondFactor: async () => ((asked += 1), password()) });
    expect((await refusalOf(later.rejectRun({ runId: RUN }))).errorType).toBe('totp-max-attempts');
    expect(asked).toBe(0);
  });

  it.each<[string, ClientOptions['secondFactor']]>([
    ['is not known', undefined],
    ['is given up', async () => undefined],
  ])('rejects with the challenge where it %s', async (_, secondFactor) => {
    expect(await refusalOf(connect({ secondFactor: secondFactor! }).syncNow())).toMatchObject({
      status: 400,
      errorType: 'totp-required',
      details: { method: 'password' },
    });
  });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RestClient } from '@rocket.chat/api-client';
import speakeasy from 'speakeasy';
import {
  ADMIN,
  createHost,
  seedAdmin,
  sha256Hex,
  storeSettings,
  type TestHost,
  UNREACHABLE_DIRECTORY,
} from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

type Challenge = Parameters<Parameters<RestClient['handleTwoFactorChallenge']>[0]>[0];
/** The client as a script uses it; its own types know Rocket.Chat's endpoints only. */
type Untyped = { post(path: string): Promise<unknown>; get(path: string): Promise<unknown> };

describe("Rocket.Chat's official client", () => {
  let database: TestDatabase;
  let host: TestHost;
  let server: Server;

  beforeEach(async () => {
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, UNREACHABLE_DIRECTORY);
    host = createHost(database.connection);
    server = createServer(host.app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    await host.ldapSync.stop();
    await new Promise((resolve) => server.close(resolve));
    await database.close();
  });

  function connect(answer: (challenge: Challenge) => string): { client: Untyped; challenges: Challenge[] } {
    const challenges: Challenge[] = [];
    const client = new RestClient({
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credentials: { 'X-User-Id': ADMIN._id, 'X-Auth-Token': ADMIN.token },
    });
    client.handleTwoFactorChallenge(async (challenge) => {
      challenges.push(challenge);
      return answer(challenge);
    });
    return { client: client, challenges };
  }

  it('completes a password challenge and a sync, and reads the report', async () => {
    const { client, challenges } = connect(() => sha256Hex(ADMIN.password));
    expect(await client.post('/v1/ldap.syncNow')).toEqual({ message: 'Sync_in_progress', success: true });
    expect(challenges).toMatchObject([{ method: 'password' }]);
    expect(await client.get('/v1/ldap.listRuns')).toMatchObject({ success: true, total: 1 });
  });

  it('is asked again after a wrong code', async () => {
    const { client, challenges } = connect(({ invalidAttempt }) =>
      invalidAttempt ? sha256Hex(ADMIN.password) : 'wrong',
    );
    expect(await client.post('/v1/ldap.syncNow')).toEqual({ message: 'Sync_in_progress', success: true });
    expect(challenges).toMatchObject([{ method: 'password' }, { method: 'password', invalidAttempt: true }]);
  });

  it('completes a TOTP challenge', async () => {
    await database.connection
      .collection('users')
      .updateOne(
        { _id: ADMIN._id as never },
        { $set: { 'services.totp': { enabled: true, secret: TOTP_SECRET, hashedBackup: [] } } },
      );
    const { client, challenges } = connect(() => speakeasy.totp({ secret: TOTP_SECRET, encoding: 'base32' }));
    expect(await client.post('/v1/ldap.syncNow')).toEqual({ message: 'Sync_in_progress', success: true });
    expect(challenges).toMatchObject([{ method: 'totp' }]);
  });
});

import express from 'express';
import mongoose from 'mongoose';
import request from 'supertest';
import * as publicSurface from '../lib/index.js';
import { createLdapSync, LdapSyncError, type LdapSyncOptions } from '../lib/index.js';
import { ADMIN, createHost, seedAdmin } from './setup/host.js';
import { openTestDatabase } from './setup/mongo.js';

const connection = mongoose.createConnection();
afterAll(() => connection.close());

function mistake(options: unknown): LdapSyncError {
  try {
    createLdapSync(options as LdapSyncOptions);
  } catch (error) {
    if (error instanceof LdapSyncError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('construction', () => {
  it('needs a connection and nothing else', () => {
    expect(Object.keys(createLdapSync({ connection })).sort()).toEqual([
      'autoLogout',
      'ensureIndexes',
      'events',
      'page',
      'router',
      'start',
      'stop',
      'sync',
    ]);
  });

  it.each([
    ['no options', undefined, /expected object/i],
    ['no connection', {}, /connection must be a mongoose connection/],
    [
      'something else as connection',
      { connection: 'mongodb://x' },
      /connection must be a mongoose connection/,
    ],
    ['a typo', { connection, conection: 1 }, /conection/],
    [
      'a logger without a method',
      { connection, logger: { info: () => undefined } },
      /logger must have debug\(\)/,
    ],
    [
      'a permission check that is no function',
      { connection, authorize: true },
      /authorize must be a function/,
    ],
    ['a settings source without read', { connection, settings: {} }, /settings must have read\(\)/],
  ])('throws for %s, and names it', (_, options, message) => {
    expect(mistake(options)).toMatchObject({
      code: 'invalid-options',
      message: expect.stringMatching(message),
    });
  });

  it('the plugin itself given to app.use() is refused with the router as the remedy', () => {
    const ldapSync = createLdapSync({ connection });
    expect(() => express().use('/api/v1', ldapSync as never)).toThrow(
      expect.objectContaining({ remedy: "Mount its router: app.use('/api/v1', ldapSync.router)." }),
    );
  });

  it('createLdapSync itself given to app.use() is refused with a call as the remedy', async () => {
    const errors: unknown[] = [];
    const app = express().use(createLdapSync as never);
    app.use(((error, _request, response, _next) => {
      errors.push(error);
      response.status(500).end();
    }) as express.ErrorRequestHandler);
    await request(app).get('/');
    expect(errors).toEqual([expect.objectContaining({ remedy: expect.stringMatching(/^Call it once/) })]);
  });

  it('reports all mistakes at once', () => {
    expect(mistake({ clock: 1, sendMail: 1 }).message).toMatch(/connection.*sendMail.*clock/s);
  });

  it('leaves the options of the host as they were', () => {
    const options = Object.freeze({ connection });
    createLdapSync(options);
    expect(options).toEqual({ connection });
  });

  it('does no I/O', () => {
    expect(connection.readyState).toBe(0);
    createLdapSync({ connection });
    expect(connection.readyState).toBe(0);
  });
});

it('a sync without an open connection is refused at once, with a remedy', async () => {
  await expect(createLdapSync({ connection }).sync()).rejects.toMatchObject({
    code: 'connection-not-open',
    remedy: expect.stringContaining('open the mongoose connection'),
  });
});

it('the public surface is what the README says', () => {
  expect(Object.keys(publicSurface).sort()).toEqual(['LdapSyncError', 'createLdapSync']);
});

it('two instances in one process share nothing', async () => {
  const [one, two] = [await openTestDatabase(), await openTestDatabase()];
  try {
    await seedAdmin(one.connection);
    const app = express();
    app.use('/one', createHost(one.connection).ldapSync.router);
    app.use('/two', createHost(two.connection).ldapSync.router);
    const status = async (path: string) =>
      (
        await request(app)
          .get(`${path}/ldap.listRuns`)
          .set({ 'X-User-Id': ADMIN._id, 'X-Auth-Token': ADMIN.token })
      ).status;
    expect([await status('/one'), await status('/two')]).toEqual([200, 401]);
  } finally {
    await one.close();
    await two.close();
  }
});

it('what a host replaces is used instead of the default', async () => {
  const database = await openTestDatabase();
  try {
    const asked: unknown[] = [];
    const { app } = createHost(database.connection, {
      authenticate: async ({ headers }) =>
        headers.cookie === 'session=1' ? { userId: 'host-user' } : undefined,
      authorize: async (principal, permission) => {
        asked.push([principal.userId, permission]);
        return true;
      },
    });
    expect((await request(app).get('/api/v1/ldap.listRuns')).status).toBe(401);
    expect((await request(app).get('/api/v1/ldap.listRuns').set('Cookie', 'session=1')).status).toBe(200);
    expect(asked).toEqual([['host-user', 'sync-auth-services-users']]);
  } finally {
    await database.close();
  }
});

import request from 'supertest';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import type { LdapSyncOptions } from '../../lib/options.js';
import type { Logger } from '../../lib/logger.js';
import { createLease } from '../../lib/sync/run/lease.js';
import type { RunReport } from '../../models/run-report.js';
import { AUTH_HEADERS, createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { makeCounts, makeHeld, makeReport } from '../watch/reports.js';

const GOOD = {
  LDAP_Enable: true,
  LDAP_Host: '127.0.0.1',
  LDAP_BaseDN: 'dc=x',
  LDAP_Server_Type: '',
  API_Enable_Rate_Limiter: false,
};
const NOON = Date.parse('2026-11-24T12:00:00.000Z');
const PASSWORD = 'hunter2-the-secret';

let database: TestDatabase;
const hosts: LdapSync[] = [];

beforeEach(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, GOOD);
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.stop();
  await database.close();
});

async function getStatus(options: Partial<LdapSyncOptions> = {}) {
  const { app, ldapSync } = createHost(database.connection, options);
  hosts.push(ldapSync);
  return request(app).get('/api/v1/ldap.status').set(AUTH_HEADERS);
}

/** A run as `ldap.runInfo` and `ldap.listRuns` have it. */
async function getReports(runId: string): Promise<readonly object[]> {
  const { app, ldapSync } = createHost(database.connection);
  hosts.push(ldapSync);
  const get = (verb: string) => request(app).get(`/api/v1/ldap.${verb}`).set(AUTH_HEADERS);
  const one = await get('runInfo').query({ runId });
  const all = await get('listRuns');
  return [one.body.run as object, (all.body.runs as object[])[0] ?? {}];
}

/** Stores a run that started so many minutes after noon and took one. */
async function storeRun(
  minute: number,
  fields: Partial<RunReport> = {},
  { legacy = false } = {},
): Promise<string> {
  const { kind, ...report } = makeReport({
    startedAt: new Date(NOON + minute * 60_000),
    finishedAt: new Date(NOON + (minute + 1) * 60_000),
    ...fields,
  });
  await database.connection
    .collection('ldap_sync_runs')
    .insertOne({ ...report, ...(legacy ? {} : { kind }) } as never);
  return report._id;
}

const storeRunning = async (minute: number, fields: Partial<RunReport> = {}) => {
  const runId = await storeRun(minute, { state: 'running', ...fields });
  await database.connection
    .collection('ldap_sync_runs')
    .updateOne({ _id: runId as never }, { $unset: { finishedAt: 1 } });
  return runId;
};

const held = (fields: Partial<RunReport> = {}): Partial<RunReport> => ({
  state: 'held',
  held: makeHeld(),
  ...fields,
});

describe('the status', () => {
  it('needs the permission of the reports, and a sign-in', async () => {
    const { app } = createHost(database.connection);
    expect((await request(app).get('/api/v1/ldap.status')).status).toBe(401);
    await database.connection
      .collection('rocketchat_permissions')
      .updateOne({ _id: 'sync-auth-services-users' as never }, { $set: { roles: [] } });
    expect((await getStatus()).status).toBe(403);
  });

  it('of a server that never synced is empty', async () => {
    const response = await getStatus();
    expect(response.headers['content-type']).toBe('application/json');
    expect(response.body).toEqual({
      success: true,
      directory: { certificate: null, problems: [] },
      database: { problems: [] },
      lastRun: null,
      nextRunAt: null,
      schedule: { isStarted: false, jobs: [], problems: [] },
      running: null,
      queued: null,
      held: null,
      lastSuccess: null,
      lease: null,
      autoLogout: { enabled: false, gone: false, lastRun: null },
      settings: { enabled: true, problems: [], withoutEffect: [] },
      accounts: [],
    });
  });

  it('has the newest run, without its rows', async () => {
    await storeRun(2);
    const attention = [{ outcome: 'conflicted', reason: 'a', remedy: 'b', username: 'grace' }] as const;
    const runId = await storeRun(5, {
      kind: 'preview',
      state: 'failed',
      counts: makeCounts({ read: 3 }),
      attention,
    });
    await storeRun(3);
    expect((await getStatus()).body.lastRun).toEqual({
      _id: runId,
      kind: 'preview',
      state: 'failed',
      startedAt: '2026-11-24T12:05:00.000Z',
      finishedAt: '2026-11-24T12:06:00.000Z',
      counts: makeCounts({ read: 3 }),
    });
  });

  it('shows the last auto-logout and its settings by themselves, and another run as the last one', async () => {
    const runId = await storeRun(2);
    const idle = { runs: 288, since: new Date(NOON) };
    const counts = makeCounts({ read: 4, unchanged: 4 });
    const logoutId = await storeRun(5, { kind: 'auto-logout', idle, counts });
    await storeSettings(database.connection, {
      LDAP_Sync_AutoLogout_Enabled: true,
      LDAP_Sync_AutoLogout_Gone: true,
    });
    const { body } = await getStatus();
    expect(body.lastRun).toMatchObject({ _id: runId, kind: 'sync' });
    expect(body.autoLogout).toEqual({
      enabled: true,
      gone: true,
      lastRun: {
        _id: logoutId,
        kind: 'auto-logout',
        state: 'completed',
        startedAt: '2026-11-24T12:05:00.000Z',
        finishedAt: '2026-11-24T12:06:00.000Z',
        counts,
        signedOut: 0,
        idle: { runs: 288, since: '2026-11-24T12:00:00.000Z' },
      },
    });
    await storeSettings(database.connection, { LDAP_Enable: false });
    expect((await getStatus()).body.autoLogout.enabled).toBe(false);
  });

  it('takes a run without a kind for a sync, as older versions wrote it', async () => {
    const runId = await storeRun(1, {}, { legacy: true });
    const { body } = await getStatus();
    expect(body).toMatchObject({
      lastRun: { kind: 'sync' },
      lastSuccess: { runId },
    });
  });

  it('says when the next run is, if the host knows', async () => {
    expect((await getStatus({ nextRunAt: () => new Date(NOON) })).body.nextRunAt).toBe(
      '2026-11-24T12:00:00.000Z',
    );
    expect((await getStatus({ nextRunAt: () => undefined })).body.nextRunAt).toBeNull();
  });

  it.each([
    [
      'throws',
      (): never => {
        throw new Error('no schedule');
      },
    ],
    ['gives no date', () => new Date(Number.NaN)],
  ])('is still there when nextRunAt of the host %s', async (_, nextRunAt) => {
    const lines: unknown[] = [];
    const write = (details: object) => void lines.push(details);
    const logger: Logger = { debug: () => undefined, info: () => undefined, warn: write, error: write };
    const response = await getStatus({ nextRunAt, logger });
    expect(response.body).toMatchObject({ success: true, nextRunAt: null });
    expect(lines).toHaveLength(1);
  });
});

describe('what is running', () => {
  it('is shown with its counts so far and its lease, on whichever host it runs', async () => {
    const runId = await storeRunning(1, { kind: 'approval', counts: makeCounts({ read: 250 }) });
    await createLease(database.connection).acquire(runId);
    const { body } = await getStatus();
    expect(body).toMatchObject({
      running: { runId, kind: 'approval', counts: { read: 250 } },
      lastRun: { _id: runId, state: 'running', finishedAt: null },
      lease: { runId, fence: 1, expiresAt: expect.stringMatching(/^\d{4}-.*Z$/) },
    });
    expect(Object.keys(body.lease as object).sort()).toEqual(['expiresAt', 'fence', 'runId']);
  });

  it('says on which host it is and in which phase, and so does its report, which a dead host leaves so', async () => {
    const seen = { host: 'chat-1', phase: 'groups' } as const;
    const runId = await storeRunning(1, seen);
    await createLease(database.connection).acquire(runId);
    expect((await getStatus()).body).toMatchObject({ running: { runId, ...seen } });
    expect(await getReports(runId)).toMatchObject([
      { state: 'running', ...seen },
      { state: 'running', ...seen },
    ]);
    await database.connection
      .collection('ldap_sync_lease')
      .updateOne({}, { $set: { expiresAt: new Date(NOON - 1) } });
    expect((await getStatus()).body).toMatchObject({ running: null });
    expect(await getReports(runId)).toMatchObject([
      { state: 'interrupted', ...seen },
      { state: 'interrupted', ...seen },
    ]);
  });

  it('of an earlier version has neither host nor phase', async () => {
    const runId = await storeRunning(1);
    await createLease(database.connection).acquire(runId);
    const bodies = [(await getStatus()).body.running, ...(await getReports(runId))] as object[];
    for (const body of bodies)
      expect(Object.keys(body).filter((name) => name === 'host' || name === 'phase')).toEqual([]);
  });

  it('is not a run whose host is gone: that is interrupted', async () => {
    const runId = await storeRunning(1);
    await createLease(database.connection).acquire(runId);
    await database.connection
      .collection('ldap_sync_lease')
      .updateOne({}, { $set: { expiresAt: new Date(NOON - 1) } });
    expect((await getStatus()).body).toMatchObject({
      running: null,
      lastRun: { _id: runId, state: 'interrupted' },
      lease: { runId },
    });
  });

  it('is nothing, and has no lease, once the run has let go of it', async () => {
    const runId = await storeRun(1);
    const lease = createLease(database.connection);
    await lease.acquire(runId);
    await lease.release(runId);
    expect((await getStatus()).body).toMatchObject({ running: null, lease: null });
  });

  it('is not a run that nobody holds the lease for', async () => {
    await storeRunning(1);
    expect((await getStatus()).body).toMatchObject({
      running: null,
      lastRun: { state: 'interrupted' },
      lease: null,
    });
  });
});

describe('what is held', () => {
  it('is the newest held sync, with its removals and its reason', async () => {
    await storeRun(1, held());
    const runId = await storeRun(2, held({ held: makeHeld({ renames: 9 }) }));
    await storeRun(3, { state: 'failed' });
    expect((await getStatus()).body.held).toEqual({
      runId,
      deactivations: 12,
      renames: 9,
      clearings: 1,
      photos: 1,
      reactivations: 2,
      releases: 0,
      merges: 0,
      memberships: 0,
      relinks: 0,
      reason: makeHeld().reason,
    });
  });

  it('is not a run without a list that could be approved', async () => {
    await storeRun(1, held({ held: makeHeld({ approvable: false }) }));
    expect((await getStatus()).body.held).toBeNull();
  });

  it('is not what somebody decided about, nor a preview', async () => {
    const decision = { verdict: 'rejected', by: { _id: 'u1' }, at: new Date(NOON) } as const;
    await storeRun(1, held({ decision }));
    await storeRun(2, held({ kind: 'preview' }));
    expect((await getStatus()).body.held).toBeNull();
  });

  it('is nothing once a later sync that looked at removals was completed; another does not matter', async () => {
    await storeRun(1);
    await storeRun(2, held());
    await storeRun(3, { kind: 'preview' });
    expect((await getStatus()).body.held).not.toBeNull();
    await storeRun(4, { weighed: false });
    expect((await getStatus()).body.held).not.toBeNull();
    await storeRun(5);
    expect((await getStatus()).body.held).toBeNull();
  });
});

describe('the last success', () => {
  it('is the newest completed sync, and how old that is in whole seconds', async () => {
    await storeRun(1);
    const runId = await storeRun(2);
    for (const fields of [{ state: 'failed' }, { kind: 'preview' }, { kind: 'revert' }, held()] as const)
      await storeRun(5, fields);
    const status = await getStatus({
      clock: () => new Date(NOON + 3 * 60_000 + 90_700),
      authenticate: async () => ({ userId: 'adminUser00000001' }),
    });
    expect(status.body.lastSuccess).toEqual({
      runId,
      finishedAt: '2026-11-24T12:03:00.000Z',
      ageSeconds: 90,
    });
  });

  it('is never in the future, whatever the clocks of the hosts say', async () => {
    await storeRun(2);
    const status = await getStatus({
      clock: () => new Date(NOON),
      authenticate: async () => ({ userId: 'adminUser00000001' }),
    });
    expect(status.body.lastSuccess.ageSeconds).toBe(0);
  });
});

describe('the settings', () => {
  it('are reported with every problem, and whether LDAP is on', async () => {
    await storeSettings(database.connection, { LDAP_Enable: false, LDAP_Host: '', LDAP_Port: 0 });
    const { settings } = (await getStatus()).body;
    expect(settings).toEqual({
      enabled: false,
      problems: expect.arrayContaining([
        { setting: 'LDAP_Host', message: expect.any(String), remedy: expect.any(String) },
        { setting: 'LDAP_Port', message: expect.any(String), remedy: expect.any(String) },
      ]),
      withoutEffect: [],
    });
  });

  it('that are stored and do nothing here are listed with the reason, and never with their values', async () => {
    await storeSettings(database.connection, {
      LDAP_Reconnect: true,
      LDAP_Idle_Timeout: null,
      Language: PASSWORD,
      LDAP_Unheard_Of: PASSWORD,
      LDAP_Unheard_Of_And_Off: false,
      LDAP_Host: 'ldap.host.example',
      Some_Other_Setting: 1,
    });
    const response = await getStatus();
    expect(response.body.settings.withoutEffect).toEqual([
      { setting: 'LDAP_Reconnect', why: expect.stringContaining('connection') },
      { setting: 'Language', why: expect.stringMatching(/^\S.*[.]$/) },
      { setting: 'LDAP_Unheard_Of', why: 'It is not known here.' },
      { setting: 'LDAP_Unheard_Of_And_Off', why: 'It is not known here.' },
    ]);
    expect(response.text).not.toContain(PASSWORD);
  });

  it('that do nothing here are listed within limits, whatever their number and their ids', async () => {
    const many = Array.from({ length: 300 }, (_, index) => [`LDAP_${'x'.repeat(500)}${index}`, index]);
    await storeSettings(database.connection, Object.fromEntries(many));
    const { withoutEffect } = (await getStatus()).body.settings;
    expect(withoutEffect).toHaveLength(100);
    expect(JSON.stringify(withoutEffect).length).toBeLessThan(20_000);
  });

  it('that work are reported with their warnings, and never with a password', async () => {
    await storeSettings(database.connection, {
      LDAP_Host: 'ldap.host.example',
      LDAP_Authentication: true,
      LDAP_Authentication_UserDN: 'cn=reader',
      LDAP_Authentication_Password: PASSWORD,
      SMTP_Password: PASSWORD,
    });
    const response = await getStatus();
    expect(response.body.settings.problems).toEqual([
      expect.objectContaining({ setting: 'LDAP_Encryption' }),
    ]);
    expect(response.text).not.toContain(PASSWORD);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import mongoose from 'mongoose';
import * as promClient from 'prom-client';
import { createLdapSync } from '../../lib/create-ldap-sync.js';
import { LdapSyncError } from '../../lib/errors.js';
import { silentLogger } from '../../lib/logger.js';
import type { RunKind } from '../../models/run-report.js';
import type { RunLog } from '../../lib/sync/run/run-log.js';
import { createRunEvents, type RunEventSource } from '../../lib/sync/run/run-events.js';
import { createSyncMetrics } from '../../lib/watch/metrics.js';
import { makeCounts, makeHeld, makeReport, makeSummary, STARTED_AT } from './reports.js';

let events: RunEventSource;
let registry: promClient.Registry;
/** The removals of the list that waits for a decision, as the run log knows them. */
let undecided: RunLog['undecided'];
/** The newest run that a directory server has answered. */
let answered: RunLog['newestAnswered'];

beforeEach(() => {
  events = createRunEvents(silentLogger);
  registry = new promClient.Registry();
  undecided = async () => undefined;
  answered = async () => undefined;
  createSyncMetrics(
    { events, runs: { undecided: () => undecided(), newestAnswered: () => answered() } },
    { client: promClient, registry },
  );
});

/** The lines that Prometheus would scrape, by series. */
async function scrape(from: promClient.Registry = registry): Promise<Record<string, number>> {
  const lines = (await from.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

const start = (runId: string, kind: RunKind = 'sync') =>
  events.emit('run:started', { runId, kind, requestedBy: { _id: 'u1' }, startedAt: STARTED_AT });
const finish = (fields: Parameters<typeof makeReport>[0] = {}) =>
  events.emit('run:finished', makeReport(fields));

describe('the metrics', () => {
  it('count runs by kind and by how they ended', async () => {
    finish();
    finish();
    finish({ kind: 'preview', state: 'failed' });
    expect(await scrape()).toMatchObject({
      'chat_ldap_sync_runs_total{kind="sync",state="completed"}': 2,
      'chat_ldap_sync_runs_total{kind="preview",state="failed"}': 1,
      'chat_ldap_sync_runs_total{kind="sync",state="failed"}': 0,
    });
  });

  it('measure runs and phases in seconds, up to an hour', async () => {
    finish();
    events.emit('run:phase', { runId: 'r', kind: 'sync', phase: 'sweep', durationMs: 1_500 });
    expect(await scrape()).toMatchObject({
      'chat_ldap_sync_run_duration_seconds_sum{kind="sync"}': 2,
      'chat_ldap_sync_run_duration_seconds_bucket{le="1",kind="sync"}': 0,
      'chat_ldap_sync_run_duration_seconds_bucket{le="2.5",kind="sync"}': 1,
      'chat_ldap_sync_run_duration_seconds_bucket{le="0.1",kind="sync"}': 0,
      'chat_ldap_sync_run_duration_seconds_bucket{le="3600",kind="sync"}': 1,
      'chat_ldap_sync_phase_duration_seconds_sum{kind="sync",phase="sweep"}': 1.5,
    });
  });

  it('do not go below zero when the clock was set back in the middle of a run', async () => {
    finish({ finishedAt: new Date(STARTED_AT.getTime() - 60_000) });
    expect(await scrape()).toMatchObject({ 'chat_ldap_sync_run_duration_seconds_sum{kind="sync"}': 0 });
  });

  it('count people by what became of them, and what was read, but not for previews', async () => {
    const counts = makeCounts({ read: 7, created: 4, unchanged: 3, deactivated: 2 });
    for (const kind of ['sync', 'preview'] as const) finish({ kind, counts });
    const series = await scrape();
    expect(series).toMatchObject({
      'chat_ldap_sync_people_total{outcome="created"}': 4,
      'chat_ldap_sync_people_total{outcome="unchanged"}': 3,
      'chat_ldap_sync_people_total{outcome="deactivated"}': 2,
      'chat_ldap_sync_people_total{outcome="failed"}': 0,
      chat_ldap_sync_read_total: 7,
    });
    expect(series).not.toHaveProperty(['chat_ldap_sync_people_total{outcome="read"}']);
  });

  it('count whom auto-logouts have signed out, and nobody else of theirs', async () => {
    finish({ kind: 'auto-logout', signedOut: 2, counts: makeCounts({ read: 7, updated: 2, unchanged: 5 }) });
    finish({ kind: 'auto-logout', state: 'failed' });
    expect(await scrape()).toMatchObject({
      chat_ldap_sync_signed_out_total: 2,
      chat_ldap_sync_read_total: 0,
      'chat_ldap_sync_runs_total{kind="auto-logout",state="completed"}': 1,
      chat_ldap_sync_last_success_timestamp_seconds: 0,
    });
  });

  const heldSeries = async () => {
    const series = await scrape();
    return ['deactivation', 'rename', 'clearing'].map(
      (removal) => series[`chat_ldap_sync_held{removal="${removal}"}`],
    );
  };

  it('show what waits for a decision, as the run log knows it at each scrape', async () => {
    expect(await heldSeries()).toEqual([0, 0, 0]);
    undecided = async () => makeSummary({ state: 'held', held: makeHeld() });
    expect(await heldSeries()).toEqual([12, 3, 1]);
    undecided = async () => undefined;
    expect(await heldSeries()).toEqual([0, 0, 0]);
  });

  it('keep the last number of what waits while the database fails, and lose no other metric', async () => {
    undecided = async () => makeSummary({ state: 'held', held: makeHeld() });
    await heldSeries();
    undecided = async () => Promise.reject(new Error('no database'));
    expect(await heldSeries()).toEqual([12, 3, 1]);
  });

  it('show when the certificate of the directory ends, and the last time that was known while the database fails', async () => {
    const end = async () => (await scrape())['chat_ldap_sync_directory_certificate_end_timestamp_seconds'];
    expect(await end()).toBe(0);
    const certificate = { subject: 'LDAP server', validTo: new Date('2027-01-01T00:00:00Z') };
    const server = { host: 'h', port: 636, kind: 'openldap', name: 'OpenLDAP' };
    answered = async () => makeSummary({ server: { ...server, certificate } });
    expect(await end()).toBe(Date.parse('2027-01-01T00:00:00Z') / 1_000);
    answered = async () => Promise.reject(new Error('no database'));
    expect(await end()).toBe(Date.parse('2027-01-01T00:00:00Z') / 1_000);
    answered = async () => makeSummary({ server });
    expect(await end()).toBe(0);
  });

  it('show what is running, by run', async () => {
    const running = async () => (await scrape())['chat_ldap_sync_running{kind="sync"}'];
    expect(await running()).toBe(0);
    start('one');
    start('two');
    expect(await running()).toBe(2);
    finish({ _id: 'one' });
    finish({ _id: 'one' });
    expect(await running()).toBe(1);
    finish({ _id: 'two', state: 'failed' });
    expect(await running()).toBe(0);
  });

  it('remember when a sync was last completed; nothing else is a success', async () => {
    const lastSuccess = async () => (await scrape()).chat_ldap_sync_last_success_timestamp_seconds;
    finish({ kind: 'preview' });
    finish({ state: 'held' });
    finish({ state: 'failed' });
    finish({ kind: 'person-sync' });
    expect(await lastSuccess()).toBe(0);
    finish();
    expect(await lastSuccess()).toBe(STARTED_AT.getTime() / 1_000 + 2);
  });
});

describe('the registry', () => {
  const otherConnection = mongoose.createConnection();
  afterAll(() => otherConnection.close());

  it('of one instance shares nothing with that of another', async () => {
    const other = new promClient.Registry();
    const otherEvents = createRunEvents(silentLogger);
    createSyncMetrics(
      { events: otherEvents, runs: { undecided, newestAnswered: answered } },
      { client: promClient, registry: other },
    );
    finish();
    expect((await scrape())['chat_ldap_sync_runs_total{kind="sync",state="completed"}']).toBe(1);
    expect((await scrape(other))['chat_ldap_sync_runs_total{kind="sync",state="completed"}']).toBe(0);
    expect(promClient.register.getMetricsAsArray()).toEqual([]);
  });

  it('is the default one of the client when the host gives none', () => {
    createSyncMetrics({ events, runs: { undecided, newestAnswered: answered } }, { client: promClient });
    expect(promClient.register.getMetricsAsArray()).toHaveLength(10);
    promClient.register.clear();
  });

  it.each([0, 7])(
    'that has one of the names already is refused, and stays as it was (metric %#)',
    (index) => {
      const { name } = registry.getMetricsAsArray()[index]!;
      const taken = new promClient.Registry();
      new promClient.Gauge({ name, help: 'mine', registers: [taken] });
      const mistake = () =>
        createSyncMetrics(
          { events, runs: { undecided, newestAnswered: answered } },
          { client: promClient, registry: taken },
        );
      expect(mistake).toThrow(LdapSyncError);
      expect(mistake).toThrow(
        expect.objectContaining({
          code: 'invalid-options',
          message: expect.stringContaining(name),
          remedy: expect.stringContaining('Registry'),
        }),
      );
      expect(taken.getMetricsAsArray()).toHaveLength(1);
    },
  );

  it('given to two instances of createLdapSync is refused', () => {
    const metrics = { client: promClient, registry: new promClient.Registry() };
    createLdapSync({ connection: otherConnection, metrics });
    expect(() => createLdapSync({ connection: otherConnection, metrics })).toThrow(
      expect.objectContaining({ code: 'invalid-options' }),
    );
  });

  it.each([
    [{ client: {} }, /metrics\.client must be the module prom-client/],
    [{ client: promClient, registry: {} }, /metrics\.registry must have getSingleMetric\(\)/],
    [{ registry: promClient.register }, /metrics\.client/],
  ])('or the client that is none is named (%#)', (metrics, message) => {
    expect(() => createLdapSync({ connection: otherConnection, metrics: metrics as never })).toThrow(message);
  });
});

it('prom-client is imported nowhere: the host gives it', () => {
  const root = path.resolve(__dirname, '../..');
  for (const room of ['lib', 'routes', 'models']) {
    for (const file of readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts'),
    )) {
      expect(readFileSync(path.join(root, room, file), 'utf8')).not.toMatch(
        /(?:from|import|require)\s*\(?\s*['"]prom-client/,
      );
    }
  }
});

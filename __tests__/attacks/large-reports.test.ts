import type { Express } from 'express';
import mongoose, { type mongo } from 'mongoose';
import request from 'supertest';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { createChangeLog } from '../../lib/sync/history/change-log.js';
import type { ChangeRow } from '../../models/change-row.js';
import { createChangeHistory } from '../../lib/sync/history/change-history.js';
import { SEARCHED_ROWS, SLICE_ROWS } from '../../lib/sync/history/read-account.js';
import { createTally } from '../../lib/sync/run/tally.js';
import { createDryTransactions } from '../../lib/sync/run/transactions.js';
import { AUTH_HEADERS, createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { serve } from '../routes/event-reader.js';

const ROWS = 1_000;
const COUNTS = Object.fromEntries(
  ['read', 'created', 'updated', 'linked', 'unchanged', 'deactivated', 'reactivated']
    .concat('rejected', 'conflicted', 'failed')
    .map((name) => [name, 0]),
);
const toRunId = (number: number) => `r${String(number).padStart(16, '0')}`;
const toAttention = (number: number) => ({
  outcome: 'conflicted',
  username: `person${number}`,
  reason: `r${'x'.repeat(500)}`,
  remedy: 'Rename one of the two.',
});
const toRow = (number: number): ChangeRow => ({
  kind: 'write',
  outcome: number % 2 ? 'updated' : 'created',
  state: 'done',
  userId: `u${number}`,
  username: `person${number}`,
  fields: [{ field: 'name', to: `Person ${number}` }],
});

let database: TestDatabase;
let app: Express;
let ldapSync: LdapSync;

beforeEach(async () => {
  database = await openTestDatabase();
  await seedAdmin(database.connection);
  await storeSettings(database.connection, { API_Enable_Rate_Limiter: false });
  ({ app, ldapSync } = createHost(database.connection));
});
afterEach(async () => {
  await ldapSync.stop();
  await database.close();
});

const collection = (name: string) => database.connection.collection(`ldap_sync_${name}`);
const get = (verb: string, query: object = {}) =>
  request(app).get(`/api/v1/ldap.${verb}`).set(AUTH_HEADERS).query(query);

/** What the database answers, as a host sees it. */
async function getWatched(verb: string, query: object) {
  const watched = await mongoose.createConnection(database.url, { monitorCommands: true }).asPromise();
  const documents: Record<string, unknown>[] = [];
  watched.getClient().on('commandSucceeded', ({ reply }: mongo.CommandSucceededEvent) => {
    const { cursor } = reply as { cursor?: { firstBatch?: typeof documents } };
    documents.push(...(cursor?.firstBatch ?? []));
  });
  const host = createHost(watched);
  const { body } = await request(host.app).get(`/api/v1/ldap.${verb}`).set(AUTH_HEADERS).query(query);
  await host.ldapSync.stop();
  await watched.close();
  return { body, documents };
}

async function storeRuns(count: number): Promise<void> {
  const attention = Array.from({ length: ROWS }, (_, index) => toAttention(index));
  const problems = Array.from({ length: 60 }, (_, index) => ({ message: `m${index}`, remedy: 'r' }));
  const common = { kind: 'sync', state: 'completed', requestedBy: { _id: 'u' }, counts: COUNTS };
  for (let index = 0; index < count; index += 1) {
    const startedAt = new Date(index);
    await collection('runs').insertOne({
      _id: toRunId(index) as never,
      ...common,
      startedAt,
      problems,
      attention,
    });
  }
}

async function storeRows(from: number, to: number, chunk = 1, runId = toRunId(0)): Promise<void> {
  const rows = Array.from({ length: to - from }, (_, index) => toRow(from + index));
  const _id = `${runId}/p/${String(chunk).padStart(7, '0')}` as never;
  await collection('changes').insertOne({
    _id,
    at: new Date(chunk),
    expiresAt: new Date('2100-01-01'),
    rows,
  });
}

describe('reports of a thousand rows', () => {
  it('are listed without a row, whatever their number: half a kilobyte each', async () => {
    await storeRuns(20);
    const { body, text } = await get('listRuns', { count: 100 });
    expect(body).toMatchObject({ count: 20, total: 20 });
    for (const run of body.runs as object[]) {
      expect(run).toMatchObject({ attentionCount: ROWS, problemCount: 60 });
      expect(run).not.toHaveProperty('attention');
      expect(run).not.toHaveProperty('problems');
    }
    expect(Buffer.byteLength(text)).toBeLessThan(20 * 512);
  });

  it.each([
    ['listRuns', { count: 100 }],
    ['status', {}],
    ['runChanges', { runId: toRunId(0) }],
  ])('stay in the database while ldap.%s is answered', async (verb, query) => {
    await storeRuns(2);
    const { body, documents } = await getWatched(verb, query);
    expect(body.success).toBe(true);
    expect(documents.length).toBeGreaterThan(0);
    for (const document of documents) expect(document).not.toHaveProperty('attention');
  });

  it('are given fifty rows at a time, and all of them one page after the other', async () => {
    await storeRuns(1);
    const first = await get('runInfo', { runId: toRunId(0) });
    expect(first.body).toMatchObject({
      offset: 0,
      count: 50,
      run: { attentionCount: ROWS, problemCount: 60 },
    });
    expect(first.body.run.problems).toHaveLength(50);
    expect(Buffer.byteLength(first.text)).toBeLessThan(50_000);
    const names: string[] = [];
    for (let offset = 0; offset < ROWS; offset += 100) {
      const { run } = (await get('runInfo', { runId: toRunId(0), offset, count: 100 })).body;
      names.push(...(run.attention as { username: string }[]).map(({ username }) => username));
    }
    expect(names).toEqual(Array.from({ length: ROWS }, (_, index) => `person${index}`));
    const last = (await get('runInfo', { runId: toRunId(0), offset: 50, count: 50 })).body.run;
    expect(last.problems).toHaveLength(10);
  });

  it('end an event stream with fifty rows', async () => {
    await storeRuns(1);
    const served = await serve(app);
    const reader = await served.open(`/api/v1/ldap.runEvents?runId=${toRunId(0)}`, AUTH_HEADERS);
    await reader.ended;
    const [finished] = reader.events();
    expect(finished?.data).toMatchObject({ attentionCount: ROWS });
    expect(finished?.data.attention).toHaveLength(50);
    expect(Buffer.byteLength(reader.text())).toBeLessThan(50_000);
    await served.close();
  });

  it('of texts as long as they may be fit into a document, and the last problem counts what is left out', async () => {
    const tally = createTally();
    // Three bytes a character.
    const text = '山'.repeat(5_000);
    for (let index = 0; index < 1_200; index += 1)
      tally.attention({
        outcome: 'rejected',
        dn: text,
        name: text,
        username: text,
        reason: text,
        remedy: text,
      });
    for (let index = 0; index < 300; index += 1) tally.problem({ message: text, remedy: text });
    const { attention, problems } = tally.snapshot();
    expect(Buffer.byteLength(JSON.stringify({ attention, problems }))).toBeLessThan(3_000_000);
    expect(problems.at(-1)?.message).toBe(
      `${1_200 - attention.length} more people need attention than the ${attention.length} listed.`,
    );
    expect(problems.at(-2)?.message).toMatch(/^\d+ more problems were met/);
  });
});

describe('a search through the account of many people', () => {
  it('looks through a bounded number of rows in small slices, and says where to go on', async () => {
    await storeRuns(1);
    const all = SEARCHED_ROWS + 250;
    for (let from = 0; from < all; from += 250) await storeRows(from, from + 250, from / 250 + 1);
    const { body, documents } = await getWatched('runChanges', {
      runId: toRunId(0),
      text: `PERSON ${all - 1}`,
    });
    const reads = documents.flatMap(({ rows }) => (Array.isArray(rows) ? [rows.length] : []));
    expect(body).toMatchObject({ count: 0, offset: 0, nextOffset: SEARCHED_ROWS, total: all });
    expect(Math.max(...reads)).toBeLessThanOrEqual(SLICE_ROWS);
    expect(reads.reduce((sum, rows) => sum + rows, 0)).toBe(SEARCHED_ROWS);
    const rest = (
      await get('runChanges', { runId: toRunId(0), text: `PERSON ${all - 1}`, offset: body.nextOffset })
    ).body;
    expect(rest).toMatchObject({ count: 1, changes: [{ userId: `u${all - 1}` }] });
    expect(rest).not.toHaveProperty('nextOffset');
  });

  it('finds each row once when its pages are followed', async () => {
    await storeRuns(1);
    await storeRows(0, 130);
    await storeRows(130, 200, 2);
    const found: string[] = [];
    for (let offset: number | undefined = 0; offset !== undefined;) {
      const query = { runId: toRunId(0), outcome: 'updated', count: 7, offset };
      const { body } = (await get('runChanges', query)) as {
        body: { changes: { userId: string }[]; nextOffset?: number };
      };
      found.push(...body.changes.map(({ userId }) => userId));
      offset = body.nextOffset;
    }
    expect(found).toEqual(Array.from({ length: 100 }, (_, index) => `u${2 * index + 1}`));
  });

  it('of many callers at once gives each the answer, and takes characters of patterns for what they are', async () => {
    await storeRuns(1);
    await storeRows(0, 300);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        get('runChanges', { runId: toRunId(0), text: index % 2 ? 'person 7' : '(.*.*.*)+$' }),
      ),
    );
    expect(answers.map(({ body }) => body.count)).toEqual([0, 11, 0, 11, 0, 11, 0, 11, 0, 11]);
  });
});

describe('an answer', () => {
  it('of large rows is cut to a megabyte, and says where to go on', async () => {
    await storeRuns(1);
    const address = { address: `${'a'.repeat(400)}@x.org` };
    const rows = Array.from({ length: 60 }, (_, index) => ({
      ...toRow(index),
      fields: [{ field: 'emails', from: Array.from({ length: 100 }, () => address) }],
    }));
    const _id = `${toRunId(0)}/r/0000001` as never;
    await collection('changes').insertOne({ _id, at: new Date(), expiresAt: new Date('2100-01-01'), rows });
    const { body, text } = await get('runChanges', { runId: toRunId(0), count: 100 });
    expect(Buffer.byteLength(text)).toBeLessThan(1_100_000);
    expect(body).toMatchObject({ nextOffset: body.count, total: 60 });
  });

  it('about one user carries none of the rows of others, and a bounded number of their own', async () => {
    await storeRuns(3);
    for (let run = 0; run < 3; run += 1) await storeRows(0, 500, 1, toRunId(run));
    const { body, text } = await get('userHistory', { userId: 'u7', count: 2 });
    expect(body).toMatchObject({ count: 2, offset: 0, nextOffset: 2 });
    expect(Buffer.byteLength(text)).toBeLessThan(1_000);
    expect((await get('userHistory', { userId: 'u7', offset: 2 })).body).toMatchObject({ count: 1 });
    const rows = Array.from({ length: 300 }, () => toRow(7));
    const _id = `${toRunId(3)}/p/0000001` as never;
    const at = new Date('2050-01-01');
    await collection('changes').insertOne({ _id, at, expiresAt: new Date('2100-01-01'), rows });
    const { changes } = (await get('userHistory', { userId: 'u7', count: 1 })).body;
    expect(changes).toHaveLength(100);
    expect(changes[0].run).toMatchObject({ omitted: 200 });
  });

  it('about a user whose id looks like an expression is about nobody else', async () => {
    await storeRuns(1);
    await storeRows(0, 10);
    expect((await get('userHistory', { userId: '$rows.userId' })).body).toMatchObject({ changes: [] });
    expect((await get('userHistory', { userId: '$$ROOT' })).body).toMatchObject({ changes: [] });
  });
});

it('an account of a page too large for one document is kept in several', async () => {
  const run = {
    id: toRunId(9),
    signal: new AbortController().signal,
    transactions: createDryTransactions({
      connection: database.connection,
      runId: toRunId(9),
      tally: createTally(),
    }),
  };
  const log = createChangeLog(database.connection, run, { days: 90, clock: () => new Date() });
  const rows = Array.from({ length: 12 }, (_, index) => ({ ...toRow(index), name: 'n'.repeat(1_000_000) }));
  await log.write(rows, undefined);
  expect(await collection('changes').countDocuments()).toBeGreaterThan(1);
  const read = await createChangeHistory(database.connection).ofRun(run.id, {
    outcome: undefined,
    text: 'u11',
    offset: 0,
    count: 100,
  });
  expect(read).toMatchObject({ total: 12, rows: [{ userId: 'u11', name: rows[11]?.name }] });
});

import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { PAGE_PEOPLE, toRemoval } from '../dev/page-people.js';
import type { PageWorld } from '../dev/page-world.js';
import { createRandomId } from '../lib/random-id.js';
import type { ChangeRow, RemovalRow } from '../models/change-row.js';
import { syncChangeCollection } from '../models/sync-change.js';
import { syncRunCollection } from '../models/sync-run.js';
import { userCollection, type UserRecord } from '../models/user.js';

export interface PageDatabaseSize {
  readonly people: number;
  readonly runs: number;
  readonly held: number;
}

const BATCH = 5_000;
const CHUNK_ROWS = 250;
const HOUR_MS = 3_600_000;
/** Rows of a report that ask for somebody. */
const ATTENTION = 60;

/**
 * A real sync of a small company and a list that is held, multiplied: so the documents are as this version writes
 * them. Gives the id of the held run.
 */
export async function fillPageDatabase(
  world: PageWorld,
  connection: Connection,
  size: PageDatabaseSize,
): Promise<string> {
  const first = await world.server.ldapSync.sync();
  world.slapd.modify(PAGE_PEOPLE.slice(10, 27).map(toRemoval).join('\n'));
  const { _id: heldRun } = await world.server.ldapSync.sync();
  await multiplyUsers(connection, size.people);
  await multiplyRuns(connection, first._id, size.runs);
  await lengthenList(connection, heldRun, size.held);
  return heldRun;
}

async function multiplyUsers(connection: Connection, count: number): Promise<void> {
  const users = userCollection(connection);
  const model = await users.findOne({ ldap: true, active: true });
  if (!model) throw new Error('The first sync has linked nobody.');
  for (let start = 0; start < count; start += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - start) }, (_, index) =>
      toUser(model, start + index),
    );
    await users.insertMany(batch, { ordered: false });
  }
}

function toUser(model: UserRecord, number: number): UserRecord {
  const username = toUsername(number);
  const { services } = model;
  return {
    ...model,
    _id: toUserId(number),
    username,
    name: `Person Number ${number}`,
    emails: [{ address: `${username}@example.org`, verified: true }],
    services: { ...services, ldap: { ...services?.ldap, id: randomUUID() } },
  };
}

async function multiplyRuns(connection: Connection, modelId: string, count: number): Promise<void> {
  const runs = syncRunCollection(connection);
  const model = await runs.findOne({ _id: modelId });
  const [row] = model?.attention ?? [];
  if (!model || !row) throw new Error('The first sync has nothing to tell.');
  const attention = Array.from({ length: ATTENTION }, (_, index) => ({
    ...row,
    username: toUsername(index),
  }));
  const toTime = (index: number): number => model.startedAt.getTime() - (index + 1) * HOUR_MS;
  await runs.insertMany(
    Array.from({ length: count }, (_, index) => ({
      ...model,
      _id: createRandomId(),
      startedAt: new Date(toTime(index)),
      finishedAt: new Date(toTime(index) + 90_000),
      counts: { ...model.counts, read: 200_000 - index, unchanged: 199_900 - index, created: index % 40 },
      attention,
    })),
  );
}

async function lengthenList(connection: Connection, runId: string, count: number): Promise<void> {
  const changes = syncChangeCollection(connection);
  const ofList = { _id: { $gt: `${runId}/r/`, $lt: `${runId}/r/~` } };
  const stored = await changes.find(ofList).toArray();
  const model = stored.find(({ rows }) => rows.some(isDeparture));
  const row = model?.rows.find(isDeparture) as RemovalRow | undefined;
  if (!model || !row) throw new Error('The second sync has held nothing.');
  const rows = Array.from({ length: count }, (_, index) => toRow(row, index));
  await changes.deleteMany(ofList);
  for (let start = 0; start < count; start += CHUNK_ROWS)
    await changes.insertOne({
      ...model,
      _id: `${runId}/r/${String(start / CHUNK_ROWS + 1).padStart(7, '0')}`,
      rows: rows.slice(start, start + CHUNK_ROWS),
    });
  await syncRunCollection(connection).updateOne(
    { _id: runId },
    { $set: { 'held.deactivations': count, 'counts.read': 200_000, 'held.params.count': count } },
  );
}

function isDeparture({ kind }: ChangeRow): boolean {
  return kind === 'deactivate';
}

function toRow(model: RemovalRow, index: number): RemovalRow {
  const username = toUsername(index);
  const dn = `uid=${username},ou=Team ${index % 40},dc=example,dc=org`;
  return { ...model, userId: toUserId(index), username, name: `Person Number ${index}`, dn };
}

const toUsername = (number: number): string => `person${String(number).padStart(6, '0')}`;
const toUserId = (number: number): string => `benchUser${String(number).padStart(8, '0')}`;

/**
 * Measures the admin page in Chromium over a large database: how long each screen takes until it says something, how
 * smoothly its lists are scrolled, how much it loads. Writes bench/PAGE.md. Called `npm run bench:page`; needs slapd
 * and Chromium. BENCH_PEOPLE, BENCH_RUNS, BENCH_HELD and BENCH_ROUNDS change what is measured.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { chromium } from 'playwright-core';
import { findChromium } from '../dev/chromium.js';
import { connectToMongo } from '../dev/mongo-connection.js';
import { toDatabaseUrl } from '../dev/mongo-url.js';
import { startMongo } from '../dev/mongodb.js';
import { ensurePage } from '../dev/page-build.js';
import { findPageLack } from '../dev/page-lack.js';
import { startPageWorld } from '../dev/page-world.js';
import { silentLogger } from '../lib/logger.js';
import { median } from './medians.js';
import { fillPageDatabase } from './page-database.js';
import { toPageReport, type Floor } from './page-report.js';
import { lookAt, type Seen, type View } from './page-views.js';

const SIZE = {
  people: Number(process.env.BENCH_PEOPLE ?? 200_000),
  runs: Number(process.env.BENCH_RUNS ?? 500),
  held: Number(process.env.BENCH_HELD ?? 5_000),
};
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

const toViews = (runId: string): readonly View[] => [
  { name: 'Health', hash: '#/', seen: '.headline h1' },
  { name: 'Runs', hash: '#/runs', seen: 'table.runs tbody tr', isScrolled: true },
  { name: 'A run', hash: `#/runs/${runId}`, seen: '.changes tbody tr', isScrolled: true },
  { name: 'Held', hash: '#/held', seen: '.held input[type=checkbox]', isScrolled: true },
  { name: 'Person', hash: '#/person?username=ada.lovelace', seen: '.steps' },
  { name: 'Settings', hash: '#/settings', seen: '.setting-list' },
  { name: 'Schedule', hash: '#/schedule', seen: '.jobs' },
];

const lack = findPageLack();
if (lack !== undefined) throw new Error(lack);
await ensurePage();
const mongo = await startMongo();
const connection = await connectToMongo(toDatabaseUrl(mongo.url, 'chatldapsync_bench_page'));
await connection.dropDatabase();
const world = await startPageWorld(connection, { logger: silentLogger });
const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] });
try {
  process.stderr.write('Filling the database …\n');
  const views = toViews(await fillPageDatabase(world, connection, SIZE));
  const rounds: Seen[][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
    const seen: Seen[] = [];
    for (const view of views) seen.push(await lookAt(browser, world, view));
    rounds.push(seen);
  }
  const report = toPageReport(
    views.map(({ name }) => toMedian(rounds.flat().filter((one) => one.name === name))),
    {
      ...SIZE,
      database: mongo.description,
      chromium: `Chromium ${browser.version()}`,
      rounds: ROUNDS,
      floors: await measureFloors(connection),
    },
  );
  process.stdout.write(report);
  writeFileSync(join(import.meta.dirname, 'PAGE.md'), report);
} finally {
  await browser.close();
  await world.stop();
  await connection.dropDatabase();
  await connection.close();
  await mongo.stop();
}

/** The round whose time is the median; of calls and frames those of that round. */
function toMedian(seen: readonly Seen[]): Seen {
  const middle = median(seen.map(({ seenMs }) => seenMs));
  const [first, ...others] = [...seen].sort(
    (one, other) => Math.abs(one.seenMs - middle) - Math.abs(other.seenMs - middle),
  );
  if (!first) throw new Error(`Nothing was seen of ${others.length} rounds.`);
  return first;
}

async function measureFloors(database: Connection): Promise<readonly Floor[]> {
  const runs = database.collection('ldap_sync_runs');
  const users = database.collection('users');
  const questions: Readonly<Record<string, () => Promise<unknown>>> = {
    ping: () => database.db!.command({ ping: 1 }),
    'how many runs there are': () => runs.countDocuments({}),
    'the newest 30 runs, whole': () => runs.find().sort({ startedAt: -1 }).limit(30).toArray(),
    'the users that are linked, counted': () => users.countDocuments({ ldap: true }),
  };
  const floors: Floor[] = [];
  for (const [what, ask] of Object.entries(questions)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = performance.now();
      await ask();
      times.push(performance.now() - before);
    }
    floors.push({ what, ms: median(times) });
  }
  return floors;
}

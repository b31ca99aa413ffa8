/**
 * How fast a sync is beside the fastest thing possible in the same run: first import and no-change sweep
 * against `ldapsearch` draining the same attributes and the raw driver moving the same documents. Prints a
 * table and writes bench/RESULTS.md. BASELINE names a commit that is measured in turn with this tree.
 * BENCH_SIZES and BENCH_ROUNDS change what is measured, BENCH_DATABASE is how the report names the server of
 * MONGO_URL.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { toDatabaseUrl } from '../dev/mongo-url.js';
import { startMongo } from '../dev/mongodb.js';
import { startSlapd } from '../dev/slapd.js';
import { toLdif } from './people.js';
import { toReport } from './report.js';
import { drop, measureRound, type Round } from './rounds.js';
import { buildTree, ownTree } from './trees.js';

const SUFFIX = 'dc=bench';
const { BASELINE, BENCH_SIZES = '2000,20000', BENCH_ROUNDS = '3' } = process.env;
const SIZES = BENCH_SIZES.split(',').map((size) => toCount('BENCH_SIZES', size));
const ROUNDS = toCount('BENCH_ROUNDS', BENCH_ROUNDS);

const trees = { own: ownTree(), baseline: BASELINE ? buildTree(BASELINE) : undefined };
const mongo = await startMongo();
const rounds: Round[] = [];
try {
  for (const people of SIZES) rounds.push(...(await measureSize(people)));
} finally {
  await mongo.stop();
}
const report = toReport(rounds, {
  database: process.env.BENCH_DATABASE ?? mongo.description,
  machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
  rounds: ROUNDS,
  baseline: trees.baseline?.name,
});
process.stdout.write(`${report}\n`);
writeFileSync(join(import.meta.dirname, 'RESULTS.md'), `${report}\n`);

async function measureSize(people: number): Promise<readonly Round[]> {
  const slapd = await startSlapd({ suffix: SUFFIX, ldif: toLdif(SUFFIX, people) });
  const url = toDatabaseUrl(mongo.url, `chatldapsync_bench_${people}`);
  const measured: Round[] = [];
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      process.stderr.write(`${people} people, round ${round} of ${ROUNDS}\n`);
      measured.push(await measureRound({ people, slapd, url, ...trees }, round));
    }
    await drop(url);
  } finally {
    await slapd.stop();
  }
  return measured;
}

function toCount(name: string, text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text.trim())) return Number(text);
  throw new Error(
    `${name} has ${JSON.stringify(text)}; give numbers from 1 to 9999999, several of BENCH_SIZES with commas.`,
  );
}

import { tsImport } from 'tsx/esm/api';

const MOST_SERVERS = 4;

/**
 * A database server for all suites (several of a stand-in, which does one thing at a time); each suite has
 * databases of its own. Jest maps no module names here, so tsx loads it.
 */
export default async function globalSetup({ maxWorkers }) {
  const { ensurePage } = await tsImport('../../dev/page-build.ts', import.meta.url);
  await ensurePage();
  if (process.env.TEST_MONGO_URL) return;
  const { startMongo } = await tsImport('../../dev/mongodb.ts', import.meta.url);
  const first = await startMongo();
  const others = first.isStandIn
    ? Array.from({ length: Math.min(maxWorkers, MOST_SERVERS) - 1 }, () => startMongo())
    : [];
  globalThis.testMongo = [first, ...(await Promise.all(others))];
  process.env.TEST_MONGO_URL = globalThis.testMongo.map(({ url }) => url).join(' ');
}

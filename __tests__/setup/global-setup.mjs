import { tsImport } from 'tsx/esm/api';

/** One database server for all suites; each suite has databases of its own. Jest maps no module names here, so tsx loads it. */
export default async function globalSetup() {
  if (process.env.TEST_MONGO_URL) return;
  const { startMongo } = await tsImport('../../dev/mongodb.ts', import.meta.url);
  globalThis.testMongo = await startMongo();
  process.env.TEST_MONGO_URL = globalThis.testMongo.url;
}

export default async function globalTeardown() {
  await Promise.all((globalThis.testMongo ?? []).map((mongo) => mongo.stop()));
}

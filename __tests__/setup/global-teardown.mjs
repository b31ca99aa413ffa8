export default async function globalTeardown() {
  await globalThis.testMongo?.stop();
}

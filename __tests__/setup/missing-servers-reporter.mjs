import { tsImport } from 'tsx/esm/api';

/** Which function says why a server cannot be started here. */
const SERVERS = {
  slapd: async () => (await tsImport('../../dev/slapd.ts', import.meta.url)).findSlapdLack(),
  samba: async () => (await tsImport('../../dev/samba.ts', import.meta.url)).findSambaLack(),
  ds389: async () => (await tsImport('../../dev/ds389.ts', import.meta.url)).findDs389Lack(),
  chromium: async () => (await tsImport('../../dev/page-lack.ts', import.meta.url)).findPageLack(),
};
const SUITE = /\.(slapd|samba|ds389|chromium)\.test\.ts$/;

/** Says at the end of a run which suites have not run, since their server cannot be started here. */
export default class MissingServersReporter {
  #skipped = new Map();

  onTestResult({ path }, { numPassingTests, numFailingTests, numPendingTests }) {
    const [, server] = SUITE.exec(path) ?? [];
    if (server === undefined || numPassingTests + numFailingTests > 0 || numPendingTests === 0) return;
    this.#skipped.set(server, (this.#skipped.get(server) ?? 0) + 1);
  }

  /** Jest waits for it. */
  async onRunComplete() {
    for (const [server, suites] of this.#skipped) {
      const lack = await SERVERS[server]();
      if (!lack) continue;
      const what = suites === 1 ? '1 suite' : `${suites} suites`;
      process.stderr.write(`\n${what} (*.${server}.test.ts) DID NOT RUN: ${lack}\n`);
    }
  }
}

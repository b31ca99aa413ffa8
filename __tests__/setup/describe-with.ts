/**
 * A suite against a real server. Where the server is lacking it is skipped, loudly; in CI that is a failure.
 */
export function describeWith(lack: string | undefined, title: string, body: () => void): void {
  if (lack === undefined) {
    describe(title, body);
  } else if (process.env.CI) {
    it(title, () => {
      throw new Error(lack);
    });
  } else {
    // missing-servers-reporter.mjs says it once more when all tests have run.
    process.stderr.write(`\n${lack} (not run: ${title})\n`);
    describe.skip(title, body);
  }
}

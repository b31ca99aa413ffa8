const LONGEST = 150;

/** Fails the run where a title is too long to be read: the row of a table has a name, and not its value. */
export default class TitleReporter {
  #tooLong = [];

  onTestResult({ path }, { testResults }) {
    for (const { title, ancestorTitles } of testResults) {
      const long = [...ancestorTitles, title].find(({ length }) => length > LONGEST);
      if (long) this.#tooLong.push(`${path}: ${long.slice(0, LONGEST)}…`);
    }
  }

  /** Jest fails a run for the error of a reporter, but does not show it. */
  onRunComplete() {
    const error = this.getLastError();
    if (error) process.stderr.write(`\n${error.message}\n`);
  }

  getLastError() {
    if (this.#tooLong.length === 0) return undefined;
    return new Error(
      `Titles of more than ${LONGEST} characters fail the run; name the row ` +
        `(setup/abridge.ts):\n${this.#tooLong.join('\n')}`,
    );
  }
}

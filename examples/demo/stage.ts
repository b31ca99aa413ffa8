import type { RunState } from '../../lib/index.js';
import type { SecondFactorCode } from './call.js';
import type { ChatClient, RunInfo } from './chat-client.js';
import type { TotpSeed } from '../chat-server/administrator.js';
import { followRun, toProgress } from './follow-run.js';
import { toSummary } from './report.js';
import { toCurrentCode } from './second-factor.js';
import type { Paint } from '../../cli/terminal/style.js';
import { wrapLine } from './wrap-line.js';

/** Where the story is told. */
export interface Stage {
  readonly paint: Paint;
  readonly columns: number;
  say(...lines: readonly string[]): void;
  /** A heading, after an empty line. */
  title(text: string): void;
  /** What is done over HTTP. */
  call(text: string): void;
  /** A code that has not been used. */
  code(): SecondFactorCode;
  /** Shows the run until it has ended. Throws when it ends in another way than is expected. */
  follow(location: string, expected: readonly RunState[]): Promise<RunInfo>;
}

/** Columns, where no terminal says how many it has. */
const PLAIN_WIDTH = 100;

interface Setting {
  readonly output: NodeJS.WriteStream;
  readonly paint: Paint;
  readonly client: ChatClient;
  readonly totp: TotpSeed;
}

export function createStage({ output, paint, client, totp }: Setting): Stage {
  const columns = output.columns || PLAIN_WIDTH;
  const say = (...lines: readonly string[]): void => {
    if (lines.length === 0) return;
    // In a file a sentence is one line, for whoever searches it.
    const shown = output.isTTY ? lines.flatMap((line) => wrapLine(line, columns)) : lines;
    output.write(`${shown.join('\n')}\n`);
  };
  const codes = createCodes(totp);
  return {
    paint,
    columns,
    say,
    title: (text) => say('', paint('bold', text)),
    call: (text) => say(`  ${paint('dim', text)}`),
    code: () => ({ method: 'totp', code: codes.next().value }),
    async follow(location, expected) {
      const run = await followRun(client, location, output);
      say(...toSummary(run, paint));
      if (!expected.includes(run.state))
        throw new Error(`The sync did not complete, it ended as ${run.state} (${toProgress(run)}).`);
      return { ...run, attention: await client.readAttention(location) };
    },
  };
}

/** A code of the app is good once, and within half a minute there is no other: backup codes follow. */
function* createCodes({ secret, backupCodes }: TotpSeed): Generator<string, never> {
  yield toCurrentCode(secret);
  yield* backupCodes;
  throw new Error('The demo has used all backup codes.');
}

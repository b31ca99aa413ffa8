import type { AttentionRow } from '../../lib/index.js';
import { changeDirectory } from './change-directory.js';
import type { RunInfo, SecondFactorCode } from './chat-client.js';
import type { Demo } from './demo.js';
import { followRun, toProgress } from './follow-run.js';
import { readPeople } from './people.js';
import { toAttention, toDifferences, toNewAttention, toPeopleTable, toSummary } from './report.js';
import { toCurrentCode } from './second-factor.js';
import type { Paint } from '../../cli/terminal/style.js';

interface Stage {
  readonly output: NodeJS.WriteStream;
  readonly paint: Paint;
}

/** Columns, where no terminal says how many it has. */
const PLAIN_WIDTH = 100;

/** A first sync, a changed directory, a second sync. Throws when a run does not complete. */
export async function tellStory(demo: Demo, { output, paint }: Stage): Promise<void> {
  const say = (...lines: readonly string[]): void => void output.write(`${lines.join('\n')}\n`);
  const { client, connection, directory, totp } = demo;

  say(
    '',
    paint('bold', 'The first sync'),
    paint('dim', '  POST /api/v1/ldap.syncNow, with a code of the authenticator app'),
  );
  const first = await sync({ method: 'totp', code: toCurrentCode(totp.secret) });
  const before = await readPeople(connection);
  say('', ...toPeopleTable(before, first, { paint, width: output.columns || PLAIN_WIDTH }));
  sayAttention(first.attention);

  if (directory.embedded) {
    say('', paint('bold', 'Meanwhile, in the directory'));
    for (const change of await changeDirectory(directory.embedded.people)) say(`  ${change}`);
  }
  // A code of the app is good once: within half a minute there is no other.
  say('', paint('bold', 'The second sync'), paint('dim', '  POST /api/v1/ldap.syncNow, with a backup code'));
  const second = await sync({ method: 'totp', code: totp.backupCodes[0] ?? '' });
  say('', paint('bold', 'What it changed'), ...toDifferences(before, await readPeople(connection), paint));
  say(
    paint('dim', `  ${second.counts.unchanged} people were as they should be; nothing was written to them.`),
  );
  const news = toNewAttention(first.attention, second.attention);
  sayAttention(news);
  const waiting = second.attention.length - news.length;
  if (waiting > 0)
    say('', paint('dim', `${waiting} of those named after the first sync still need a human.`));

  async function sync(factor: SecondFactorCode): Promise<RunInfo> {
    const location = await client.syncNow(factor);
    const run = await followRun(client, location, output);
    say(...toSummary(run, paint));
    if (run.state !== 'completed')
      throw new Error(`The sync did not complete, it ended as ${run.state} (${toProgress(run)}).`);
    return { ...run, attention: await client.readAttention(location) };
  }

  function sayAttention(attention: readonly AttentionRow[]): void {
    if (attention.length > 0)
      say('', paint('bold', `Who needs a human (${attention.length})`), ...toAttention(attention, paint));
  }
}

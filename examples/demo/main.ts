/**
 * A sync from end to end, in some seconds: a directory, a database, a chat server, two syncs over HTTP, and
 * what they did.
 *
 *   npm run demo               stays up afterwards, on a terminal
 *   npm run demo -- --once     ends
 *   npm run demo -- --stay     stays up without a terminal too
 *
 * LDAP_URL, LDAP_BASE_DN, LDAP_BIND_DN, LDAP_BIND_PASSWORD, LDAP_FILTER, LDAP_USERNAME_FIELD, LDAP_ID_FIELD
 * and LDAP_SERVER_TYPE lead it to a directory of one's own, which is only read. OVERWRITE_SETTING_… reaches
 * every other setting, such as OVERWRITE_SETTING_LDAP_Encryption=tls.
 */
import { startDemo, type Demo } from './demo.js';
import { toNextSteps } from './next-steps.js';
import { readPeople } from './people.js';
import { tellStory } from './story.js';
import { createPaint } from '../../cli/terminal/style.js';
import { createUndoStack } from './undo-stack.js';

const output = process.stdout;
const paint = createPaint(output.isTTY, process.env);
const undo = createUndoStack();
let isEnding = false;
let isTold = false;

/** As a shell counts a program that Ctrl-C has ended. */
const INTERRUPTED = 130;

/** A second signal does not wait. */
async function end(code: number): Promise<void> {
  if (isEnding) process.exit(1);
  isEnding = true;
  await undo.run();
  process.exit(code);
}

function introduce({ directory, database, url }: Demo): void {
  console.log(
    [
      paint('bold', 'chat-ldap-sync'),
      `  directory    ${directory.description}`,
      `  database     ${database}`,
      `  chat server  ${url}, where admin has signed in`,
    ].join('\n'),
  );
}

async function showNextSteps({ url, client, totp, connection }: Demo): Promise<void> {
  const withPhoto = [...(await readPeople(connection)).values()].find(({ photo }) => photo !== '')?.username;
  const steps = toNextSteps({ url, client, totp, backupCode: totp.backupCodes.at(-1) ?? '', withPhoto });
  console.log(
    [
      '',
      paint('bold', 'Try it yourself'),
      ...steps.map((line) => `  ${line}`),
      '',
      paint('dim', 'Ctrl-C ends it.'),
    ].join('\n'),
  );
}

async function run(): Promise<void> {
  const stays = process.argv.includes('--stay') || (output.isTTY && !process.argv.includes('--once'));
  const demo = await startDemo(process.env, undo);
  introduce(demo);
  await tellStory(demo, { output, paint });
  isTold = true;
  if (stays) await showNextSteps(demo);
  else await end(0);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void end(isTold ? 0 : INTERRUPTED));
run().catch((error: unknown) => {
  if (isEnding) return;
  console.error(paint('red', error instanceof Error ? error.message : String(error)));
  void end(1);
});

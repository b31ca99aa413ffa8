/**
 * A sync from end to end, in some seconds: a directory, a database, a chat server, two syncs over HTTP, and
 * what they did.
 *
 *   npm run demo               stays up afterwards, on a terminal, with the admin page and a list to decide about
 *   npm run demo -- --once     ends
 *   npm run demo -- --stay     stays up without a terminal too
 *
 * LDAP_URL, LDAP_BASE_DN, LDAP_BIND_DN, LDAP_BIND_PASSWORD, LDAP_FILTER, LDAP_USERNAME_FIELD, LDAP_ID_FIELD
 * and LDAP_SERVER_TYPE lead it to a directory of one's own, which is only read. OVERWRITE_SETTING_… reaches
 * every other setting, such as OVERWRITE_SETTING_LDAP_Encryption=tls.
 */
import { ensurePage } from '../../dev/page-build.js';
import { startDemo, type Demo } from './demo.js';
import { leaveHeldList } from './held-story.js';
import { toNextSteps, toPageSteps } from './next-steps.js';
import { readPeople } from './people.js';
import { createStage, type Stage } from './stage.js';
import { tellStory } from './story.js';
import { toPrintable } from '../../cli/terminal/printable.js';
import { createPaint } from '../../cli/terminal/style.js';
import { createUndoStack } from './undo-stack.js';

const output = process.stdout;
const paint = createPaint(output.isTTY, process.env);
const undo = createUndoStack();
let isEnding = false;
let isTold = false;

/** As a shell counts a program that Ctrl-C has ended. */
const INTERRUPTED = 130;

/** Backup codes that are left to whoever looks on. */
const CODES_LEFT = 9;

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

/** A demo without the page is a demo, too; why there is none, in a line. */
async function whyNoPage(): Promise<string | undefined> {
  try {
    await ensurePage();
    return undefined;
  } catch (error) {
    return toPrintable(error instanceof Error ? error.message : String(error));
  }
}

async function showNextSteps(demo: Demo, stage: Stage, pageLack: string | undefined): Promise<void> {
  const heldRun = await leaveHeldList(demo, stage);
  const people = [...(await readPeople(demo.connection)).values()];
  const facts = {
    backupCodes: Array.from({ length: CODES_LEFT }, () => stage.code().code),
    withPhoto: people.find(({ photo }) => photo !== '')?.username,
    heldRun,
    pageLack,
  };
  const indent = (line: string): string => `  ${line}`;
  stage.title('Try it yourself');
  console.log(toNextSteps(demo, facts).map(indent).join('\n'));
  stage.title('Look at the admin page');
  console.log([...toPageSteps(demo, facts).map(indent), '', paint('dim', 'Ctrl-C ends it.')].join('\n'));
}

async function run(): Promise<void> {
  const stays = process.argv.includes('--stay') || (output.isTTY && !process.argv.includes('--once'));
  const pageLack = stays ? await whyNoPage() : undefined;
  const demo = await startDemo(process.env, undo);
  introduce(demo);
  const stage = createStage({ ...demo, output, paint });
  await tellStory(demo, stage);
  isTold = true;
  if (stays) await showNextSteps(demo, stage, pageLack);
  else await end(0);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void end(isTold ? 0 : INTERRUPTED));
run().catch((error: unknown) => {
  if (isEnding) return;
  console.error(paint('red', error instanceof Error ? error.message : String(error)));
  void end(1);
});

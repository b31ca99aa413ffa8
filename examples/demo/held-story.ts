import type { ChangeInfo, ChatClient, RunInfo } from './chat-client.js';
import type { Demo } from './demo.js';
import { toDifferences } from './differences.js';
import { sayHeldList } from './held-list.js';
import { planMistake, type Mistake } from './mistake.js';
import { readPeople } from './people.js';
import { toPrintable } from '../../cli/terminal/printable.js';
import type { Stage } from './stage.js';

/** A wrong filter: the run is held, somebody looks, decides about one person, and takes it back. */
export async function tellOfHold(demo: Demo, stage: Stage): Promise<void> {
  const { client, connection } = demo;
  const mistake = planMistake(demo.directory, await readPeople(connection));
  if (!mistake) return;
  stage.title('A mistake in the settings');
  stage.say(...mistake.story.map((line) => `  ${line}`));
  const changeId = await makeMistake(client, stage, mistake);
  if (changeId === undefined) return;
  stage.call('POST /api/v1/ldap.syncNow');
  const run = await stage.follow(await client.syncNow(stage.code()), ['held', 'completed']);
  const rows = (await client.readDeactivations(run._id)).filter(({ state }) => state === 'waiting');
  if (run.state !== 'held' || rows.length === 0) {
    stage.say('  Nothing is held here, as the settings of the environment say it.');
    return;
  }
  sayHeldList(stage, run, rows);
  const leaver = rows.find(({ username }) => username === mistake.leaver) ?? rows.at(-1);
  const stayer = rows.find(({ username }) => username !== leaver?.username);
  await explain(
    client,
    stage,
    [stayer, leaver].flatMap((row) => row?.username ?? []),
  );
  if (leaver) await decide(demo, stage, { run, leaver, changeId, mistake });
}

/** Makes the mistake again, and leaves its list to whoever looks at the page; the run that holds it, if any does. */
export async function leaveHeldList(
  { client, connection, directory }: Demo,
  stage: Stage,
): Promise<string | undefined> {
  const mistake = planMistake(directory, await readPeople(connection));
  if (!mistake) return undefined;
  stage.title('The mistake again, for you to decide');
  stage.say('  Somebody saves the filter once more. Who on its list has really left is for you to find out.');
  if ((await makeMistake(client, stage, mistake)) === undefined) return undefined;
  stage.call('POST /api/v1/ldap.syncNow');
  const { _id, state } = await stage.follow(await client.syncNow(stage.code()), ['held', 'completed']);
  return state === 'held' ? _id : undefined;
}

/** The id of the change; `undefined` where the settings cannot be changed. */
async function makeMistake(
  client: ChatClient,
  { say, call, code }: Stage,
  { filter }: Mistake,
): Promise<string | undefined> {
  call(`POST /api/v1/ldap.settings {"settings":{"LDAP_User_Search_Filter":${JSON.stringify(filter)}}}`);
  try {
    return await client.changeSettings({ LDAP_User_Search_Filter: filter }, code());
  } catch (error) {
    say(`  ${toPrintable(error instanceof Error ? error.message : String(error))}`);
    return undefined;
  }
}

async function explain(client: ChatClient, stage: Stage, usernames: readonly string[]): Promise<void> {
  stage.title('Why are they on it?');
  for (const username of usernames) {
    stage.call(`GET /api/v1/ldap.explainUser?username=${encodeURIComponent(username)}`);
    const { match } = await client.explain(username);
    stage.say(`  ${stage.paint('bold', toPrintable(username))}  ${toPrintable(match.explanation)}`);
  }
}

interface Decision {
  readonly run: RunInfo;
  /** Whose row is approved. */
  readonly leaver: ChangeInfo;
  /** The change of the settings that is taken back. */
  readonly changeId: string;
  readonly mistake: Mistake;
}

async function decide(demo: Demo, stage: Stage, decision: Decision): Promise<void> {
  const { client, connection } = demo;
  const { run, leaver, changeId, mistake } = decision;
  const runId = run._id;
  const before = await readPeople(connection);
  const who = toPrintable(leaver.name ?? leaver.username ?? 'One of them');

  stage.title(`${who} is approved, everybody else is not`);
  stage.call(`POST /api/v1/ldap.approveRun ${JSON.stringify({ runId, rows: [leaver.id] })}`);
  const approval = await client.start('approveRun', { runId, rows: [leaver.id] }, stage.code());
  const { _id: approvalId } = await stage.follow(approval, ['completed']);
  const after = await readPeople(connection);
  stage.say(...(await toDifferences(before, after, { connection, paint: stage.paint })));
  stage.call(`POST /api/v1/ldap.rejectRun ${JSON.stringify({ runId })}`);
  await client.rejectRun({ runId }, stage.code());
  stage.call(`POST /api/v1/ldap.restoreSettings ${JSON.stringify({ changeId })}`);
  await client.restoreSettings(changeId, stage.code());
  stage.say('  The rest of the list is closed, and the filter is what it was.');

  stage.title(`${who} again`);
  stage.say(...mistake.comeBack(who).map((line) => `  ${line}`));
  stage.call(`POST /api/v1/ldap.revertRun ${JSON.stringify({ runId: approvalId })}`);
  await stage.follow(await client.start('revertRun', { runId: approvalId }, stage.code()), ['completed']);
  const back = await readPeople(connection);
  stage.say(...(await toDifferences(after, back, { connection, paint: stage.paint })));
  await tellOfLastSync(demo, stage);
}

async function tellOfLastSync({ client, connection }: Demo, stage: Stage): Promise<void> {
  const before = await readPeople(connection);
  stage.title('The last sync');
  stage.call('POST /api/v1/ldap.syncNow');
  const { counts } = await stage.follow(await client.syncNow(stage.code()), ['completed']);
  const differences = await toDifferences(before, await readPeople(connection), {
    connection,
    paint: stage.paint,
  });
  stage.say(
    ...(differences.length > 0 ? differences : ['  Nobody has lost anything by the mistake.']),
    stage.paint('dim', `  ${counts.unchanged} people were as they should be.`),
  );
}

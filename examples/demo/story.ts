import { changeDirectory } from './change-directory.js';
import { partAttention, toAttention, toReminder } from './attention.js';
import type { RunInfo } from './chat-client.js';
import type { Demo } from './demo.js';
import { toDifferences } from './differences.js';
import { tellOfHold } from './held-story.js';
import { readPeople } from './people.js';
import { toPeopleTable } from './report.js';
import type { Stage } from './stage.js';

/**
 * A first sync, a changed directory, a second sync, and what a mistake in the settings comes to. Throws when a
 * run ends in another way than the story needs.
 */
export async function tellStory(demo: Demo, stage: Stage): Promise<void> {
  const first = await tellOfFirstSync(demo, stage);
  await tellOfSecondSync(demo, stage, first);
  await tellOfHold(demo, stage);
}

async function tellOfFirstSync({ client, connection }: Demo, stage: Stage): Promise<RunInfo> {
  stage.title('The first sync');
  stage.call('POST /api/v1/ldap.syncNow, with a code of the authenticator app');
  const run = await stage.follow(await client.syncNow(stage.code()), ['completed']);
  const people = await readPeople(connection);
  stage.say('', ...toPeopleTable(people, run, { paint: stage.paint, width: stage.columns }));
  sayAttention(run, stage);
  return run;
}

async function tellOfSecondSync(demo: Demo, stage: Stage, first: RunInfo): Promise<void> {
  const { client, connection, directory } = demo;
  const { paint, say } = stage;
  const before = await readPeople(connection);
  if (directory.embedded) {
    stage.title('Meanwhile, in the directory');
    for (const change of await changeDirectory(directory.embedded.people)) say(`  ${change}`);
  }
  stage.title('The second sync');
  stage.call('POST /api/v1/ldap.syncNow, with a backup code, as every call from here on');
  const second = await stage.follow(await client.syncNow(stage.code()), ['completed']);
  stage.title('What it changed');
  say(...(await toDifferences(before, await readPeople(connection), { connection, paint })));
  say(
    paint('dim', `  ${second.counts.unchanged} people were as they should be; nothing was written to them.`),
  );
  const { fresh, known } = partAttention(first.attention, second.attention);
  sayAttention({ attention: fresh }, stage);
  if (known.length === 0) return;
  stage.title(`Who still needs a human (${known.length}), as after the first sync`);
  say(...toReminder(known, paint));
}

function sayAttention({ attention }: Pick<RunInfo, 'attention'>, { title, say, paint }: Stage): void {
  if (attention.length === 0) return;
  title(`Who needs a human (${attention.length})`);
  say(...toAttention(attention, paint));
}

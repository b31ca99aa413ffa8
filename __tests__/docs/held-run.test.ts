import { seedAdministrator, sha256Hex } from '../../examples/chat-server/administrator.js';
import { seedSession } from '../../examples/chat-server/first-steps.js';
import { startChatServer, type RunningChatServer } from '../../examples/chat-server/start-chat-server.js';
import { openDemoDirectory, type DemoDirectory } from '../../examples/demo/demo-directory.js';
import { storeDemoSettings } from '../../examples/demo/demo-settings.js';
import { silentLogger } from '../../lib/logger.js';
import { createDocumentedProject, type DocumentedProject } from '../setup/documented-project.js';
import { storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { blockOf, readBlocks } from '../setup/page-blocks.js';

const blocks = readBlocks('docs/operations.md');

describe('the calls of docs/operations.md about a held run', () => {
  let directory: DemoDirectory;
  let database: TestDatabase;
  let server: RunningChatServer;
  let project: DocumentedProject;
  let prelude: string;
  let runId: string;

  beforeAll(async () => {
    directory = await openDemoDirectory({});
    database = await openTestDatabase();
    const { connection } = database;
    await storeDemoSettings(connection, directory.settings);
    const administrator = await seedAdministrator(connection);
    const token = await seedSession(connection, administrator);
    server = await startChatServer({ connection, logger: silentLogger }, 0);
    project = createDocumentedProject([], {});
    prelude = [
      `URL=${server.url}/api/v1`,
      `AUTH=(-H 'X-User-Id: ${administrator.userId}' -H 'X-Auth-Token: ${token}')`,
      `CODE=(-H 'x-2fa-method: password' -H 'x-2fa-code: ${sha256Hex(administrator.password)}')`,
    ].join('\n');
    await server.ldapSync.sync();
    await storeSettings(connection, { LDAP_User_Search_Filter: '(ou=Research)' });
    runId = (await server.ldapSync.sync())._id;
  });
  afterAll(async () => {
    await project.remove();
    await server.stop();
    await database.close();
    await directory.stop();
  });

  /** The answers of a block, which is run with these variables. */
  const run = async (name: string, variables = ''): Promise<readonly Record<string, unknown>[]> => {
    const output = await project.run(`${prelude}\nRUN=${runId}\n${variables}\n${blockOf(blocks, name)}`);
    return output
      .replaceAll(/\}(?=\{")/g, '}\n')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  const off = async (): Promise<readonly unknown[]> =>
    database.connection.collection('users').distinct('username', { active: false, ldap: true });
  const ended = async (kind: string): Promise<string> => {
    for (;;) {
      const found = await database.connection
        .collection('ldap_sync_runs')
        .findOne({ kind, state: 'completed' });
      if (found) return String(found._id);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('show the list and why somebody is on it, approve a part, revert that, and reject the rest', async () => {
    const [info, changes, explained] = await run('look.sh');
    expect(info).toMatchObject({ success: true, run: { state: 'held' } });
    expect(explained).toMatchObject({ whereabouts: 'outside-filter' });
    const rows = (changes as { changes: readonly { id: string; username: string }[] }).changes;
    const ada = rows.find(({ username }) => username === 'ada.lovelace');
    const before = await off();
    await run('part.sh', `ROW=${ada?.id}`);
    const approval = await ended('approval');
    expect(await off()).toEqual([...before, 'ada.lovelace'].sort());
    await run('revert.sh', `APPROVAL=${approval}`);
    await ended('revert');
    expect(await off()).toEqual(before);
    expect(await run('reject.sh')).toMatchObject([{ success: true, message: 'Run_rejected' }]);
    expect(await run('approve.sh')).toMatchObject([{ errorType: 'run-already-decided' }]);
  });
});

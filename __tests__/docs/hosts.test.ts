import { createHash, randomBytes } from 'node:crypto';
import { findFreePort } from '../../dev/free-port.js';
import {
  startEmbeddedDirectory,
  type EmbeddedDirectory,
} from '../../examples/embedded-directory/start-embedded-directory.js';
import { findBlockFaults } from '../setup/compile-blocks.js';
import { createDocumentedProject, type DocumentedProject } from '../setup/documented-project.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { blockOf, readBlocks } from '../setup/page-blocks.js';

const blocks = readBlocks('docs/hosts.md');
const block = (name: string): string => blockOf(blocks, name);
/** What the reader types in one shell, in the order of the page. */
const SHELL = ['sign-in.sh', 'settings.sh', 'try.sh', 'preview.sh', 'sync.sh'];

const packages = (/^npm install (.*)$/m.exec(block('install.sh'))?.[1] ?? '').split(' ');

/** Between the outputs of two blocks. */
const MARK = '--- block ';

/** The JSON on the last line that a block has printed. */
function answerOf(output: string, name: string): Record<string, unknown> {
  const part = output.split(`${MARK}${name}\n`)[1]?.split(MARK)[0] ?? '';
  return JSON.parse(part.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
}

describe('the way of docs/hosts.md from nothing to the first sync', () => {
  let directory: EmbeddedDirectory;
  let database: TestDatabase;
  let project: DocumentedProject;
  let values: Readonly<Record<string, string>>;
  let output: string;

  beforeAll(async () => {
    directory = await startEmbeddedDirectory();
    database = await openTestDatabase();
    values = {
      MONGO_URL: database.url,
      PORT: String(await findFreePort()),
      LDAP_HOST: directory.host,
      LDAP_PORT: String(directory.port),
      LDAP_ENCRYPTION: 'plain',
      LDAP_BIND_DN: directory.bindDN,
      LDAP_BIND_PASSWORD: directory.bindPassword,
      LDAP_BASE_DN: directory.baseDN,
      ADMIN_PASSWORD: 'a long password: "quoted" & $more',
    };
    project = createDocumentedProject(packages, values);
    for (const { language, name, text } of blocks) if (language === 'ts') project.write(name, text);
    const server = await project.start(block('start.sh'), `http://127.0.0.1:${values.PORT}`);
    output = await project.run(SHELL.map((name) => `echo; echo '${MARK}${name}'\n${block(name)}`).join('\n'));
    await server.stop();
  });
  afterAll(async () => {
    await project.remove();
    await database.close();
    await directory.stop();
  });

  it('names every block, and all of them are run', () => {
    const run = ['install.sh', 'values.sh', 'app.ts', 'first-admin.ts', 'start.sh', ...SHELL, 'own-app.ts'];
    expect(blocks.map(({ name }) => name)).toEqual(run);
  });

  it('compiles under strict', () => {
    expect(findBlockFaults(blocks)).toEqual([]);
  });

  it('asks the reader for those values that it uses', () => {
    const asked = [...block('values.sh').matchAll(/\b([A-Z_]+)=/g)].map(([, name]) => name);
    expect(asked.sort()).toEqual(Object.keys(values).sort());
  });

  it('gives no command a secret as an argument', () => {
    for (const name of SHELL) {
      const arguments_ = block(name)
        .split('\n')
        .filter((line) => /\b(?:curl|node)\b/.test(line));
      expect(arguments_.join('\n')).not.toMatch(/\$\{?(?:TOKEN|HASH|ADMIN_PASSWORD|LDAP_BIND_PASSWORD)/);
    }
  });

  it('stores the settings, and finds nothing wrong with them', () => {
    expect(answerOf(output, 'settings.sh')).toMatchObject({ success: true, warnings: [] });
    expect(answerOf(output, 'try.sh')).toMatchObject({ success: true, problems: [] });
  });

  it('previews, and then brings the people with their photos', async () => {
    const { changes } = answerOf(output, 'preview.sh');
    expect(changes).toEqual(
      expect.arrayContaining([expect.objectContaining({ state: 'planned', outcome: 'created' })]),
    );
    const counts = { read: 43, created: 38 };
    const run = { kind: 'sync', state: 'completed', counts };
    expect(answerOf(output, 'sync.sh')).toMatchObject({ success: true, run });
    const users = database.connection.collection('users');
    expect(await users.countDocuments({ ldap: true })).toBe(38);
    expect(await users.findOne({ username: 'ada.lovelace' })).toMatchObject({
      name: 'Ada Lovelace',
      avatarETag: expect.any(String) as string,
      active: true,
    });
  });

  it('stores no token in clear', async () => {
    const admin = await database.connection.collection('users').findOne({ username: 'admin' });
    const text = JSON.stringify(admin);
    expect(text).not.toContain(values.ADMIN_PASSWORD);
    expect(text).toMatch(/"hashedToken":"[A-Za-z0-9+/]{43}="/);
  });

  it('goes on with a sign-in, permissions and a scheduler of the host', async () => {
    const { connection } = database;
    const admin = await connection.collection('users').findOne({ username: 'admin' });
    const token = randomBytes(32).toString('base64url');
    await connection.collection('sessions').insertOne({
      _id: createHash('sha256').update(token).digest('hex') as never,
      userId: admin?._id,
      expiresAt: new Date(Date.now() + 3_600_000),
    });
    const permissions = ['sync-auth-services-users'];
    await connection.collection('rights').insertOne({ _id: admin?._id, permissions });
    const server = await project.start('exec npx tsx own-app.ts', `http://127.0.0.1:${values.PORT}`);
    const call = (path: string, init: RequestInit) =>
      fetch(`http://127.0.0.1:${values.PORT}/api/v1/${path}`, init);
    const headers = { Authorization: `Bearer ${token}` };
    const code = createHash('sha256')
      .update(values.ADMIN_PASSWORD ?? '')
      .digest('hex');
    const statuses = [
      (await call('ldap.listRuns', {})).status,
      (await call('ldap.listRuns', { headers })).status,
      (await call('ldap.settings', { headers })).status,
      (
        await call('ldap.syncNow', {
          method: 'POST',
          headers: { ...headers, 'x-2fa-method': 'password', 'x-2fa-code': code },
        })
      ).status,
    ];
    await server.stop();
    expect(statuses).toEqual([401, 200, 403, 200]);
  });
});

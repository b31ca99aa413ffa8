import type { Directory } from '../../lib/directory/directory.js';
import { describeProduct } from '../../lib/directory/server-description.js';
import { LdapSyncError } from '../../lib/errors.js';
import { toPerson } from '../setup/histories.js';
import { createEngine } from '../setup/engine.js';
import { createMemoryDirectory } from '../setup/memory-directory.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const AD = new Map([['supportedcapabilities', ['1.2.840.113556.1.4.800']]]);

describe('a run', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(() => database.close());

  const people = [toPerson('ada', { entryUUID: 'a', mail: 'ada@x.org' })];

  function sync(describeServer: Directory['describeServer']) {
    const openDirectory = () => Promise.resolve({ ...createMemoryDirectory(people), describeServer });
    return createEngine(database.connection, { openDirectory }).of([], {}).sync();
  }

  it('of an Active Directory by the settings of another server says so, and who answered', async () => {
    const server = { host: 'dc.example.com', port: 636, ...describeProduct(AD) };
    const report = await sync(() => Promise.resolve(server));
    expect(report.server).toEqual({
      host: 'dc.example.com',
      port: 636,
      kind: 'active-directory',
      name: 'Active Directory',
    });
    expect(report.problems).toContainEqual({
      setting: 'LDAP_Server_Type',
      message: expect.stringContaining('This is Active Directory'),
      remedy: expect.stringContaining('"ad"'),
    });
  });

  it('goes on with a server that does not let itself be asked who it is', async () => {
    const report = await sync(() => Promise.reject(new LdapSyncError('directory-search', 'No.')));
    expect(report).toMatchObject({ state: 'completed', counts: { created: 1 }, problems: [] });
    expect(report).not.toHaveProperty('server');
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { storeSettings } from '../setup/host.js';
import { command, toPerson, useCompany } from '../setup/command-line.js';

const company = useCompany();

it('held says what to do, and not how to approve, where the list has come to be one that cannot be', async () => {
  await command(['sync'], { environment: company.overDatabase() });
  for (const uid of ['p0', 'p1', 'p2', 'p3']) company.directory().people.remove(uid);
  await command(['sync'], { environment: company.overDatabase() });
  // Another server: this one names only lists that can be approved.
  const server = createServer((request, response) => {
    const headers = request.headers as Record<string, string>;
    void fetch(`${company.url()}${request.url ?? ''}`, { headers }).then(async (answer) => {
      const text = (await answer.text()).replace('"approvable":true', '"approvable":false');
      response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(text);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { code, err } = await command(['held'], {
    environment: { ...company.overHttp(), CHAT_LDAP_SYNC_URL: url },
  });
  server.closeAllConnections();
  server.close();
  expect([code, err]).toEqual([3, expect.stringMatching(/This cannot be approved\.\n→ \S/)]);
  expect(err).not.toContain('chat-ldap-sync approve');
});

describe.each([
  ['over HTTP', () => company.overHttp()],
  ['on the database', () => company.overDatabase()],
] as const)('a sync that could not read everybody, asked for %s', (_way, toEnvironment) => {
  /** All have one id, so that nobody can say who has left. */
  async function holdWithoutList(): Promise<void> {
    const environment = company.overDatabase();
    await command(['sync'], { environment });
    for (const uid of ['p0', 'p1', 'p2', 'p3']) company.directory().people.remove(uid);
    await storeSettings(company.database().connection, { LDAP_Unique_Identifier_Field: 'title' });
    expect((await command(['sync'], { environment })).code).toBe(3);
  }

  it('is told of by held and status with why and a remedy, and held ends with 3', async () => {
    await holdWithoutList();
    // A preview in between is no sync.
    await command(['preview'], { environment: company.overDatabase() });
    const environment = toEnvironment();
    const held = await command(['held'], { environment });
    const told =
      /The last sync was held, with nothing to approve: \S.*\n {2}→ \S.*\n {2}look: chat-ldap-sync run \w{17}\n/;
    expect([held.code, held.out, held.err]).toEqual([3, '', expect.stringMatching(told)]);
    expect((await command(['status'], { environment })).out).toMatch(told);
    const { code, out } = await command(['held', '--json'], { environment });
    expect([code, JSON.parse(out)]).toEqual([
      3,
      {
        held: null,
        changes: [],
        count: 0,
        total: 0,
        unread: { runId: expect.any(String), reason: expect.any(String), remedy: expect.any(String) },
      },
    ]);
  });

  it('is told of no longer once a sync has read everybody', async () => {
    await holdWithoutList();
    await storeSettings(company.database().connection, { LDAP_Unique_Identifier_Field: 'entryUUID' });
    for (const index of [0, 1, 2, 3]) company.directory().people.add(toPerson(index));
    await command(['sync'], { environment: company.overDatabase() });
    const { code, err } = await command(['held'], { environment: toEnvironment() });
    expect([code, err]).toEqual([0, '']);
  });
});

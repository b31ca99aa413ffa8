import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { command, useCompany } from '../setup/command-line.js';

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

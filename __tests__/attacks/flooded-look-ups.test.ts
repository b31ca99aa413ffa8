import type { Socket } from 'node:net';
import { equals } from '../../lib/directory/filter/search-filter.js';
import { inspectLdapTls } from '../../lib/directory/ldap/inspect-tls.js';
import { openLdapDirectory } from '../../lib/directory/ldap/ldap-directory.js';
import { createDirectoryProbe } from '../../lib/probe/directory-probe.js';
import { parseSettings } from '../../lib/settings/settings.js';
import { lookUpPeople } from '../../lib/sync/removals/look-up-people.js';
import {
  doneMessage,
  entryMessage,
  OPERATION,
  referenceMessage,
  startLyingServer,
  type LyingServer,
} from '../directory/ldap-messages.js';
import { addressOf, queryOf, readAll } from '../directory/sweeps.js';

const MEBIBYTE = 1024 * 1024;
const ADA = { id: Buffer.from('ada').toString('hex'), idAttribute: 'uid' };
const SEARCH = {
  baseDN: 'dc=example,dc=org',
  scope: 'sub',
  filter: equals('objectClass', 'person'),
  pageSize: 0,
  sizeLimit: 0,
} as const;

/** Sends the same again and again until nobody listens any more. */
function flood(socket: Socket, bytes: Buffer): void {
  socket.on('error', () => undefined);
  const go = (): void => {
    while (!socket.destroyed) if (!socket.write(bytes)) return void socket.once('drain', go);
  };
  go();
}

describe('a server that sends entries without an end where few were asked for', () => {
  let server: LyingServer;
  afterEach(() => server.close());

  async function serve(answer: (id: number, socket: Socket) => void) {
    server = await startLyingServer(({ id, tag }, socket) => {
      if (tag === OPERATION.searchRequest) answer(id, socket);
    });
    return openLdapDirectory(addressOf({ port: server.port }));
  }

  it('ends a search at its size limit, and the connection with it', async () => {
    const directory = await serve((id, socket) => flood(socket, entryMessage(id, 'cn=x', [['cn', 'x']])));
    const { entries, end } = await readAll(directory, queryOf({ sizeLimit: 2 }));
    expect(entries).toHaveLength(2);
    expect(end).toMatchObject({ complete: false, reason: 'size-limit' });
    expect((await readAll(directory, queryOf())).error).toMatchObject({
      code: 'directory-search',
      message: expect.stringContaining('went on sending entries after the size limit of 2'),
    });
  });

  it('proves nothing about people who are looked up', async () => {
    const directory = await serve((id, socket) => flood(socket, entryMessage(id, 'cn=x', [['uid', 'x']])));
    await expect(
      lookUpPeople([ADA], directory, {
        search: SEARCH,
        attributes: [],
        signal: new AbortController().signal,
      }),
    ).rejects.toMatchObject({ code: 'directory-search' });
  });

  it('leaves a connection usable that sent a few too many', async () => {
    const directory = await serve((id, socket) => {
      for (let sent = 0; sent < 100; sent += 1) socket.write(entryMessage(id, 'cn=x', [['cn', 'x']]));
      socket.write(doneMessage(id));
    });
    for (let round = 0; round < 2; round += 1) {
      const { entries, end } = await readAll(directory, queryOf({ sizeLimit: 2 }));
      expect(entries).toHaveLength(2);
      expect(end).toMatchObject({ reason: 'size-limit' });
    }
    directory.close();
  });

  it.each(['testConnection', 'testSearch'] as const)(
    'does not hold up %s beyond its deadline, however slowly it sends',
    async (probed) => {
      const directory = await serve((id, socket) => {
        const reference = referenceMessage(id, 'ldap://elsewhere/');
        const timer = setInterval(() => socket.write(reference), 20);
        socket.on('error', () => undefined).on('close', () => clearInterval(timer));
      });
      directory.close();
      const stored = new Map(Object.entries({ LDAP_Host: '127.0.0.1', LDAP_BaseDN: 'dc=example,dc=org' }));
      const probe = createDirectoryProbe({
        readSettings: () =>
          Promise.resolve(parseSettings(new Map<string, unknown>([...stored, ['LDAP_Port', server.port]]))),
        openDirectory: openLdapDirectory,
        inspectTls: inspectLdapTls,
        readLastRun: () => Promise.resolve(undefined),
        deadlineMs: 1_000,
      });
      await expect(probe[probed]('ada')).rejects.toMatchObject({ code: 'directory-timeout' });
    },
  );

  it('cannot make a look-up keep more than it may', async () => {
    const large = entryMessage(2, 'cn=x', [
      ['uid', 'ada'],
      ['jpegPhoto', Buffer.alloc(11 * MEBIBYTE)],
    ]);
    const directory = await serve((_id, socket) => flood(socket, large));
    const people = Array.from({ length: 8 }, () => ADA);
    await expect(
      lookUpPeople(people, directory, {
        search: SEARCH,
        attributes: ['jpegPhoto'],
        signal: new AbortController().signal,
      }),
    ).rejects.toMatchObject({
      code: 'directory-search',
      message: expect.stringContaining('more than 64 MiB together'),
    });
  });
});

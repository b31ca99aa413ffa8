import type { Socket } from 'node:net';
import { inspectLdapTls } from '../../lib/directory/ldap/inspect-tls.js';
import { openLdapDirectory } from '../../lib/directory/ldap/ldap-directory.js';
import { testSections } from '../../lib/probe/sections/test-sections.js';
import { SECTION_NAMES } from '../../lib/probe/sections/section.js';
import { createSuggestSettings } from '../../lib/suggest/suggest-settings.js';
import { parseSettings, type Settings } from '../../lib/settings/settings.js';
import {
  doneMessage,
  entryMessage,
  OPERATION,
  startLyingServer,
  type LyingServer,
  type Request,
} from '../directory/ldap-messages.js';

const MEBIBYTE = 1024 * 1024;
const PEOPLE = 600;

describe('a hostile server that is looked at', () => {
  let server: LyingServer;
  afterEach(() => server.close());

  async function serve(
    answer: (request: Request, socket: Socket) => void,
    timeoutMs = 60_000,
  ): Promise<Settings> {
    server = await startLyingServer((request, socket) => {
      if (socket.listenerCount('error') === 0) socket.on('error', () => undefined);
      if (request.tag === OPERATION.searchRequest) answer(request, socket);
    });
    const stored = {
      LDAP_Host: '127.0.0.1',
      LDAP_Port: server.port,
      LDAP_BaseDN: 'dc=x',
      LDAP_Server_Type: '',
    };
    return parseSettings(new Map<string, unknown>(Object.entries({ ...stored, LDAP_Timeout: timeoutMs })));
  }

  function suggest(settings: Settings, deadlineMs?: number) {
    return createSuggestSettings({
      readSettings: () => Promise.resolve(settings),
      readFixed: () => Promise.resolve(new Set()),
      openDirectory: openLdapDirectory,
      inspectTls: inspectLdapTls,
      clock: () => new Date(),
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
    })();
  }

  const test = (settings: Settings, changes: Partial<Parameters<typeof testSections>[0]> = {}) =>
    testSections({
      ...{ settings, openDirectory: openLdapDirectory, inspectTls: inspectLdapTls, username: undefined },
      ...{ clock: () => new Date(), readLastRun: () => Promise.resolve(undefined), sections: SECTION_NAMES },
      signal: new AbortController().signal,
      ...changes,
    });

  it('shows thousands of parts, of which few are told and looked through', async () => {
    let searches = 0;
    const contexts = Array.from({ length: 20_000 }, (_, number) => `dc=context${number}`);
    const settings = await serve(({ id }, socket) => {
      searches += 1;
      socket.write(Buffer.concat([entryMessage(id, '', [['namingContexts', ...contexts]]), doneMessage(id)]));
    });
    const { contexts: told, proposals } = await suggest(settings);
    expect(told).toHaveLength(20);
    expect(proposals).toEqual([]);
    expect(searches).toBeLessThan(40);
  });

  it('shows a root entry of megabytes, which is not shown to anybody', async () => {
    const large = Buffer.alloc(2 * MEBIBYTE, 'x');
    const settings = await serve(({ id }, socket) => {
      const values = [['namingContexts', large, large] as const, ['vendorName', large] as const];
      socket.write(Buffer.concat([entryMessage(id, '', values), doneMessage(id)]));
    });
    const suggestion = await suggest(settings);
    expect(JSON.stringify(suggestion).length).toBeLessThan(10_000);
  });

  it('sends people with megabytes of values, of which little is kept', async () => {
    const large = 'y'.repeat(MEBIBYTE);
    const settings = await serve(({ id }, socket) => {
      for (let sent = 0; sent < 3; sent += 1)
        socket.write(
          entryMessage(id, `uid=p${sent},dc=x`, [
            ['objectClass', 'person'],
            ['uid', `p${sent}\u202e`],
            ['mail', large],
            ['cn', large],
          ]),
        );
      socket.write(doneMessage(id));
    });
    expect(JSON.stringify(await suggest(settings)).length).toBeLessThan(40_000);
    const text = JSON.stringify(await test(settings));
    expect(text.length).toBeLessThan(60_000);
    expect(text).not.toContain('\u202e');
  });

  it('goes on sending people, which ends with the number that is asked for', async () => {
    const settings = await serve(({ id, bytes }, socket) => {
      const isRoot = !bytes.includes('dc=x');
      const names = isRoot ? [] : Array.from({ length: PEOPLE }, (_, number) => `uid=p${number},dc=x`);
      const entries = names.map((dn) => entryMessage(id, dn, [['objectClass', 'person']]));
      socket.write(Buffer.concat([...entries, doneMessage(id)]));
    });
    expect((await suggest(settings)).looked.people).toBe(500);
  });

  it('never answers: everything ends at its deadline, and each section says so', async () => {
    const settings = await serve(() => undefined, 200);
    await expect(suggest(settings, 400)).rejects.toMatchObject({ code: 'directory-timeout' });
    const reports = await test(settings, { sectionMs: 300 });
    for (const name of ['account', 'people', 'mapping'] as const)
      expect(reports[name]).toMatchObject({ state: 'failed', problems: [{ setting: 'LDAP_Host' }] });
  });
});

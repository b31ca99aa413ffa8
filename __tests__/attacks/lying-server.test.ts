import type { Socket } from 'node:net';
import { openLdapDirectory } from '../../lib/directory/ldap/ldap-directory.js';
import { listen } from '../setup/tcp-proxy.js';
import {
  doneMessage,
  entryMessage,
  message,
  octets,
  OPERATION,
  readRequests,
  referenceMessage,
  resultMessage,
  startLyingServer,
  tlv,
  type LyingServer,
  type Request,
} from '../directory/ldap-messages.js';
import { addressOf, failureOf, queryOf, readAll, sweepOnce, textsOf } from '../directory/sweeps.js';
import type { Swept } from '../directory/sweeps.js';

const SECRET = 'service-account-secret';
const BIND = { dn: 'cn=admin,dc=example,dc=org', password: SECRET };
/** Short enough for a test to wait for; what is waited for is that it ends, not when. */
const BRIEF = { connectTimeoutMs: 1_000, operationTimeoutMs: 1_000 };

describe('a server that does not keep to the protocol', () => {
  const servers: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function serve(
    answer: (request: Request, socket: Socket) => void,
    takesBinds = false,
  ): Promise<LyingServer> {
    const server = await startLyingServer(answer, takesBinds);
    servers.push(server);
    return server;
  }

  async function sweepOf(
    answer: (id: number, socket: Socket) => void,
    query = queryOf(),
    changes = {},
  ): Promise<Swept> {
    const { port } = await serve(({ id }, socket) => answer(id, socket));
    return sweepOnce(addressOf({ port, ...changes }), query);
  }

  async function raw(onConnection: (socket: Socket) => void): Promise<number> {
    const server = await listen(onConnection);
    servers.push(server);
    return server.port;
  }

  describe('while it is being connected to', () => {
    it.each(['starttls', 'ldaps'] as const)(
      'silence is a timeout, and the socket is not left behind (%s)',
      async (encryption) => {
        const server = await listen(() => undefined);
        servers.push(server);
        expect(
          await failureOf(openLdapDirectory(addressOf({ port: server.port, encryption, ...BRIEF }))),
        ).toMatchObject({
          code: 'directory-timeout',
          message: expect.stringContaining('did not answer within 1000 ms'),
          remedy: expect.stringContaining('LDAP_Connect_Timeout'),
        });
        await untilClosed(server);
      },
    );

    it('a server that repeats the password does not get it into the error', async () => {
      const { port } = await serve(
        ({ id }, socket) =>
          socket.write(resultMessage(id, OPERATION.bindResponse, 49, `no such ${SECRET} here`)),
        true,
      );
      const error = await failureOf(openLdapDirectory(addressOf({ port, bind: BIND })));
      expect(error).toMatchObject({
        code: 'directory-bind',
        message: expect.stringContaining('no such … here'),
      });
    });

    it('silence after the bind is a timeout of the operation, even when both times are the same', async () => {
      const { port } = await serve(() => undefined, true);
      expect(await failureOf(openLdapDirectory(addressOf({ port, bind: BIND, ...BRIEF })))).toMatchObject({
        code: 'directory-timeout',
        remedy: expect.stringContaining('LDAP_Timeout'),
      });
    });

    it('a TLS handshake that stalls after StartTLS was granted is a timeout', async () => {
      const { port, requests } = await serve(({ id }, socket) =>
        socket.write(resultMessage(id, OPERATION.extendedResponse, 0)),
      );
      expect(
        await failureOf(openLdapDirectory(addressOf({ port, encryption: 'starttls', bind: BIND, ...BRIEF }))),
      ).toMatchObject({ code: 'directory-timeout' });
      expect(requests.filter(({ tag }) => tag === OPERATION.bindRequest)).toEqual([]);
    });

    it.each([
      ['refuses', (id: number) => resultMessage(id, OPERATION.extendedResponse, 52, 'TLS is not set up')],
      ['answers with nonsense', () => Buffer.from('no idea')],
      [
        'grants it and goes on in clear, pretending that the bind succeeded',
        (id: number) =>
          Buffer.concat([
            resultMessage(id, OPERATION.extendedResponse, 0),
            resultMessage(id + 1, OPERATION.bindResponse, 0),
          ]),
      ],
    ])('the password stays here when StartTLS is asked for and the server %s', async (_, toAnswer) => {
      const bytes: Buffer[] = [];
      const port = await raw((socket) =>
        socket.on('data', (chunk: Buffer) => {
          bytes.push(chunk);
          for (const { id, tag } of readRequests(chunk))
            if (tag === OPERATION.extendedRequest) socket.write(toAnswer(id));
        }),
      );
      const error = await failureOf(
        openLdapDirectory(addressOf({ port, encryption: 'starttls', bind: BIND, ...BRIEF })),
      );
      expect(error.code).toMatch(/^directory-(tls|timeout|unreachable)$/);
      expect(Buffer.concat(bytes).includes(SECRET)).toBe(false);
      expect(Buffer.concat(bytes).includes(BIND.dn)).toBe(false);
    });

    it.each<[string, string, string]>([
      [
        '525',
        'there is no such account',
        '80090308: LdapErr: DSID-0C090446, comment: AcceptSecurityContext error, data 525, v4563',
      ],
      [
        '52e',
        'the name or the password is wrong',
        '80090308: LdapErr: DSID-0C090446, comment: AcceptSecurityContext error, data 52e, v4563',
      ],
      ['530', 'may not sign in at this time', '80090308: LdapErr: x, data 530, v1'],
      ['531', 'may not sign in from this computer', '80090308: LdapErr: x, data 531, v1'],
      ['532', 'the password has expired', '80090308: LdapErr: x, data 532, v1'],
      ['533', 'the account is disabled', '80090308: LdapErr: x, data 533, v1'],
      ['701', 'the account has expired', '80090308: LdapErr: x, data 701, v1'],
      ['773', 'the password must be changed first', '80090308: LdapErr: x, data 773, v1'],
      ['775', 'the account is locked', '80090308: LdapErr: x, data 775, v1'],
      ['another', 'the name or the password is wrong', 'x'.repeat(5_000) + '\r\n\u0007bell'],
    ])(
      'a refused bind with Active Directory data %s is explained, and quoted in bounds',
      async (_, reason, diagnostic) => {
        const { port } = await serve(
          ({ id }, socket) => socket.write(resultMessage(id, OPERATION.bindResponse, 49, diagnostic)),
          true,
        );
        const error = await failureOf(openLdapDirectory(addressOf({ port, bind: BIND })));
        expect(error).toMatchObject({ code: 'directory-bind', message: expect.stringContaining(reason) });
        expect(error.message).toContain(`the server says: ${diagnostic.slice(0, 20)}`);
        expect(error.message.length).toBeLessThan(500);
        expect(error.message).not.toMatch(/\p{Cc}/u);
        expect(error.message).not.toContain(SECRET);
      },
    );

    it.each<[string, (socket: Socket) => void]>([
      ['hangs up', (socket) => socket.end()],
      ['resets', (socket) => socket.resetAndDestroy()],
      ['greets like SSH', (socket) => void socket.write('SSH-2.0-OpenSSH_9.2\r\n')],
      [
        'answers like HTTP',
        (socket) => void socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
      ],
      [
        'answers with a TLS alert',
        (socket) => void socket.once('data', () => socket.end(Buffer.from('15030100020228', 'hex'))),
      ],
    ])('a server that %s is no directory', async (_, onConnection) => {
      for (const encryption of ['plain', 'starttls', 'ldaps'] as const) {
        const error = await failureOf(
          openLdapDirectory(addressOf({ port: await raw(onConnection), encryption, bind: BIND, ...BRIEF })),
        );
        expect(error.code).toMatch(/^directory-(unreachable|tls|timeout)$/);
        expect(error.remedy).toMatch(/LDAP_(Port|Encryption)/);
      }
    });

    it('a signal ends the attempt, and the socket is not left behind', async () => {
      const server = await listen(() => undefined);
      servers.push(server);
      for (const encryption of ['plain', 'starttls', 'ldaps'] as const) {
        const controller = new AbortController();
        const opening = openLdapDirectory(
          addressOf({ port: server.port, encryption, bind: BIND, connectTimeoutMs: 500 }),
          controller.signal,
        );
        controller.abort();
        expect(await failureOf(opening)).toMatchObject({ code: 'run-stopped' });
        await untilClosed(server);
      }
    });
  });

  describe('while it is being read', () => {
    it('entries are taken as they are: any DN, any bytes, any spelling', async () => {
      const dns = ['cn_x=a', 'OID.2.5.4.3=x', '<GUID=abc>;cn=x', 'cn=a,', 'cn=a\\5Cb\\2C c', '', '山田'];
      const { entries, end } = await sweepOf(
        (id, socket) => {
          socket.write(
            Buffer.concat([...dns.map((dn) => entryMessage(id, dn, [['mAiL', 'x']])), doneMessage(id)]),
          );
        },
        queryOf({ attributes: ['mail'] }),
      );
      expect(entries.map(({ dn }) => dn)).toEqual(dns);
      expect(textsOf(entries[0], 'mail')).toEqual(['x']);
      expect(end).toEqual({ complete: true });
    });

    it('thousands of tiny messages in one chunk are read', async () => {
      const { entries, end } = await sweepOf((id, socket) => {
        socket.write(
          Buffer.concat([...Array.from({ length: 20_000 }, () => entryMessage(id, '')), doneMessage(id)]),
        );
      });
      expect(entries).toHaveLength(20_000);
      expect(end).toEqual({ complete: true });
    });

    it('a value of 20 MB is dropped, and said to have been there', async () => {
      const { entries, end } = await sweepOf(
        (id, socket) => {
          socket.write(
            Buffer.concat([
              entryMessage(id, 'dc=x', [
                ['jpegPhoto', Buffer.alloc(20_000_000)],
                ['cn', 'c'],
              ]),
              doneMessage(id),
            ]),
          );
        },
        queryOf({ attributes: ['jpegPhoto', 'cn'] }),
      );
      expect(entries[0]?.attributes.get('jpegphoto')).toEqual({
        name: 'jpegPhoto',
        values: [],
        droppedBytes: 20_000_000,
      });
      expect(textsOf(entries[0], 'cn')).toEqual(['c']);
      expect(end).toEqual({ complete: true });
    });

    it.each<[string, (id: number) => Buffer]>([
      ['garbage', () => Buffer.from('!!!! not LDAP !!!!')],
      [
        'an entry that contradicts itself',
        (id) => message(id, tlv(0x64, octets('dc=x'), Buffer.from('307f', 'hex'))),
      ],
      ['a message of 1 GB', () => Buffer.from('308440000000', 'hex')],
      [
        'a search result that ldapjs does not understand',
        (id) =>
          message(
            id,
            tlv(0x65, Buffer.from('0a0100', 'hex'), octets(''), octets('')),
            tlv(0xa0, Buffer.from('30ff', 'hex')),
          ),
      ],
    ])('%s is a lost directory; what came before is kept', async (_, toBytes) => {
      const { entries, error, end } = await sweepOf((id, socket) =>
        socket.write(Buffer.concat([entryMessage(id, 'dc=x'), toBytes(id), doneMessage(id)])),
      );
      expect(error).toMatchObject({ code: 'directory-lost' });
      expect(end).toBeUndefined();
      expect(entries).toHaveLength(1);
    });

    it('half a message and then the end is a lost directory', async () => {
      const { error } = await sweepOf((id, socket) =>
        socket.end(entryMessage(id, 'dc=x', [['cn', 'c']]).subarray(0, 20)),
      );
      expect(error).toMatchObject({ code: 'directory-lost' });
    });

    it(
      'a connection that ends between the last entry and the result is a lost directory, never a ' +
        'complete sweep',
      async () => {
        for (const end of ['end', 'resetAndDestroy', 'destroy'] as const) {
          for (const pageSize of [0, 100]) {
            const { port } = await serve(({ id }, socket) =>
              socket.write(entryMessage(id, 'dc=x'), () => socket[end]()),
            );
            const swept = await sweepOnce(addressOf({ port, bind: BIND }), queryOf({ pageSize }));
            expect(swept.error).toMatchObject({ code: 'directory-lost' });
            expect(swept.end).toBeUndefined();
          }
        }
      },
    );

    it.each<[string, (id: number) => Buffer]>([
      ['nothing', () => Buffer.alloc(0)],
      ['one entry', (id) => entryMessage(id, 'dc=x')],
      ['half an entry', (id) => entryMessage(id, 'dc=x').subarray(0, 9)],
      ['the result of another request', (id) => doneMessage(id + 7)],
      ['a notice of disconnection', () => resultMessage(0, OPERATION.extendedResponse, 52, 'going down')],
    ])('silence after %s is a timeout', async (_, toBytes) => {
      const { error, end } = await sweepOf((id, socket) => socket.write(toBytes(id)), queryOf(), {
        operationTimeoutMs: 300,
      });
      expect(error).toMatchObject({
        code: 'directory-timeout',
        remedy: expect.stringContaining('LDAP_Timeout'),
      });
      expect(end).toBeUndefined();
    });

    it('a byte now and then is silence', async () => {
      const bytes = entryMessage(2, 'dc=x', [['cn', 'x'.repeat(100)]]);
      const timers: NodeJS.Timeout[] = [];
      const { error } = await sweepOf(
        (_, socket) => {
          let at = 0;
          timers.push(setInterval(() => socket.write(bytes.subarray(at, (at += 1))), 50));
        },
        queryOf(),
        { operationTimeoutMs: 300 },
      );
      timers.forEach(clearInterval);
      expect(error).toMatchObject({ code: 'directory-timeout' });
    });

    it('results that belong to nobody change nothing', async () => {
      const { entries, end } = await sweepOf((id, socket) => {
        socket.write(
          Buffer.concat([
            doneMessage(id + 7, 4),
            resultMessage(0, OPERATION.extendedResponse, 52),
            entryMessage(id, 'dc=x'),
            doneMessage(id),
          ]),
        );
      });
      expect(entries).toHaveLength(1);
      expect(end).toEqual({ complete: true });
    });

    it('what was answered before says nothing about the search after it', async () => {
      let searches = 0;
      const { port } = await serve(({ id }, socket) => {
        searches += 1;
        if (searches === 1) socket.write(Buffer.concat([entryMessage(id, 'dc=x'), doneMessage(id)]));
        else socket.destroy();
      });
      const directory = await openLdapDirectory(addressOf({ port, bind: BIND }));
      expect((await readAll(directory, queryOf())).end).toEqual({ complete: true });
      const second = await readAll(directory, queryOf());
      expect(second.error).toMatchObject({ code: 'directory-lost' });
      expect(second.end).toBeUndefined();
      directory.close();
    });

    it('a consumer who is slow with what has all come is not taken for a silent server', async () => {
      const { port } = await serve(({ id }, socket) => {
        socket.write(
          Buffer.concat([...Array.from({ length: 1_900 }, () => entryMessage(id, '')), doneMessage(id)]),
        );
      });
      const directory = await openLdapDirectory(addressOf({ port, ...BRIEF }));
      const pages = directory.sweep(queryOf());
      await pages.next();
      await new Promise((resolve) => setTimeout(resolve, 2 * BRIEF.operationTimeoutMs));
      let end: unknown;
      for (let next = await pages.next(); !end; next = await pages.next())
        end = next.done ? next.value : undefined;
      expect(end).toEqual({ complete: true });
      await new Promise((resolve) => setTimeout(resolve, 2 * BRIEF.operationTimeoutMs));
      expect((await readAll(directory, queryOf())).end).toEqual({ complete: true });
      directory.close();
    });

    it('a reference anywhere makes the sweep incomplete, even one that leads nowhere', async () => {
      for (const urls of [['ldap://dc2.example.org/dc=x??sub'], []]) {
        const { entries, end } = await sweepOf((id, socket) => {
          socket.write(
            Buffer.concat([referenceMessage(id, ...urls), entryMessage(id, 'dc=x'), doneMessage(id)]),
          );
        });
        expect(entries).toHaveLength(1);
        expect(end).toMatchObject({
          complete: false,
          reason: 'referral',
          message: expect.stringContaining(urls[0] ?? 'unnamed'),
        });
      }
    });

    it('a flood of references is quoted in bounds and without control characters', async () => {
      const { end } = await sweepOf((id, socket) => {
        const url = 'ldap://x\r\n\u001b[31m' + 'y'.repeat(10_000);
        socket.write(
          Buffer.concat([
            ...Array.from({ length: 500 }, () => referenceMessage(id, url, url, url)),
            doneMessage(id),
          ]),
        );
      });
      expect(end).toMatchObject({ complete: false, reason: 'referral' });
      const { message: text = '' } = end as { message?: string };
      expect(text.length).toBeLessThan(900);
      expect(text).not.toMatch(/\p{Cc}/u);
    });

    it('result 10 is an incomplete sweep that says where the rest is', async () => {
      const { end } = await sweepOf((id, socket) => {
        socket.write(resultMessage(id, 0x65, 10, '', tlv(0xa3, octets('ldap://dc2.example.org/'))));
      });
      expect(end).toMatchObject({
        complete: false,
        reason: 'referral',
        message: expect.stringContaining('ldap://dc2.example.org/'),
      });
    });

    it.each([
      [3, 'time-limit'],
      [4, 'size-limit'],
      [11, 'admin-limit'],
    ])('result %i keeps the entries and is incomplete: %s', async (code, reason) => {
      for (const pageSize of [0, 10]) {
        const { entries, end } = await sweepOf(
          (id, socket) =>
            socket.write(
              Buffer.concat([entryMessage(id, 'dc=x'), doneMessage(id, code, pageSize > 0 ? '' : undefined)]),
            ),
          queryOf({ pageSize }),
        );
        expect(entries).toHaveLength(1);
        expect(end).toMatchObject({ complete: false, reason });
      }
    });

    it.each([
      [1, /OperationsError|Operations/],
      [32, /no entry "dc=example,dc=org"/],
      [34, /InvalidDnSyntax/i],
      [50, /InsufficientAccessRights/i],
      [51, /busy/i],
      [53, /UnwillingToPerform/i],
      [80, /Other/i],
      [123, /123/],
      [4_096, /4096/],
    ])('result %i fails the search, and is named', async (code, name) => {
      const { error } = await sweepOf((id, socket) => socket.write(resultMessage(id, 0x65, code, 'because')));
      expect(error).toMatchObject({
        code: 'directory-search',
        message: expect.stringMatching(name),
        remedy: expect.stringMatching(/\w/),
      });
      expect((error as Error).message).toContain('the server says: because');
    });
  });

  describe('while it is being paged', () => {
    it('a server that does not page is read to its end, and the sweep is incomplete', async () => {
      const { entries, end } = await sweepOf(
        (id, socket) =>
          socket.write(Buffer.concat([entryMessage(id, 'dc=x'), entryMessage(id, 'dc=y'), doneMessage(id)])),
        queryOf({ pageSize: 1 }),
      );
      expect(entries).toHaveLength(2);
      expect(end).toMatchObject({
        complete: false,
        reason: 'paging-unsupported',
        remedy: expect.stringContaining('LDAP_Search_Page_Size'),
      });
    });

    it.each<[string, (id: number) => Buffer]>([
      ['a control list that is cut off', (id) => message(id, success(0x65), Buffer.from([0xa0, 0x7f]))],
      ['a paged control without a value', (id) => message(id, success(0x65), pagedControl())],
      ['a paged control with an empty value', (id) => message(id, success(0x65), pagedControl(octets('')))],
      [
        'a paged control with nonsense inside',
        (id) => message(id, success(0x65), pagedControl(octets('xx'))),
      ],
      [
        'a cookie that is longer than its control',
        (id) => message(id, success(0x65), pagedControl(octets(Buffer.from('300702010004ff', 'hex')))),
      ],
      [
        'bytes behind the controls',
        (id) =>
          message(
            id,
            success(0x65),
            pagedControl(octets(Buffer.from('30050201000400', 'hex'))),
            Buffer.from([5, 0]),
          ),
      ],
    ])('an end of a page with %s proves nothing, and freezes nobody', async (_, toAnswer) => {
      const { error } = await sweepOf(
        (id, socket) => socket.write(Buffer.concat([entryMessage(id, 'dc=x'), toAnswer(id)])),
        queryOf({ pageSize: 10 }),
      );
      expect(error).toMatchObject({ code: 'directory-lost' });
    });

    it.each([0x61, 0x6f, 0x78])(
      'an answer of another kind (0x%s) is not the end of a search',
      async (operation) => {
        const { error } = await sweepOf((id, socket) =>
          socket.write(Buffer.concat([entryMessage(id, 'dc=x'), message(id, success(operation))])),
        );
        expect(error).toMatchObject({ code: expect.stringMatching(/^directory-(lost|search)$/) });
      },
    );

    it('a server that refuses the control is asked again without, and the sweep is incomplete', async () => {
      const { entries, end } = await sweepOf(
        (id, socket) => {
          if (id === 1) socket.write(doneMessage(id, 12));
          else socket.write(Buffer.concat([entryMessage(id, 'dc=x'), doneMessage(id)]));
        },
        queryOf({ pageSize: 10 }),
      );
      expect(entries).toHaveLength(1);
      expect(end).toMatchObject({ complete: false, reason: 'paging-unsupported' });
    });

    it('an empty page with a cookie is not the end', async () => {
      const { entries, end } = await sweepOf(
        (id, socket) => {
          const isEmpty = id % 2 === 1;
          socket.write(
            Buffer.concat([
              ...(isEmpty ? [] : [entryMessage(id, `uid=${id}`)]),
              doneMessage(id, 0, id < 6 ? `after ${id}` : ''),
            ]),
          );
        },
        queryOf({ pageSize: 1 }),
      );
      expect(entries.map(({ dn }) => dn)).toEqual(['uid=2', 'uid=4', 'uid=6']);
      expect(end).toEqual({ complete: true });
    });

    it('empty pages for ever are an error', async () => {
      const { error } = await sweepOf(
        (id, socket) => socket.write(doneMessage(id, 0, 'same')),
        queryOf({ pageSize: 1 }),
      );
      expect(error).toMatchObject({
        code: 'directory-search',
        message: expect.stringContaining('empty pages'),
      });
    });

    it('the cookie goes back byte for byte', async () => {
      const { port, requests } = await serve(({ id }, socket) =>
        socket.write(doneMessage(id, 0, id === 1 ? '\u0000\u0001"\\)(' : '')),
      );
      await sweepOnce(addressOf({ port }), queryOf({ pageSize: 7 }));
      expect(requests.filter(({ tag }) => tag === OPERATION.searchRequest)).toHaveLength(2);
      expect(requests[1]?.bytes.includes('\u0000\u0001"\\)(')).toBe(true);
    });

    it('a server that sends more than the limit is cut off at the limit', async () => {
      const { entries, end } = await sweepOf(
        (id, socket) =>
          socket.write(
            Buffer.concat([
              ...Array.from({ length: 9 }, (_, index) => entryMessage(id, `uid=${index}`)),
              doneMessage(id),
            ]),
          ),
        queryOf({ sizeLimit: 5 }),
      );
      expect(entries).toHaveLength(5);
      expect(end).toMatchObject({
        complete: false,
        reason: 'size-limit',
        remedy: expect.stringContaining('LDAP_Search_Size_Limit'),
      });
    });

    it('as many entries as the limit, and no more, are complete', async () => {
      const { entries, end } = await sweepOf(
        (id, socket) =>
          socket.write(
            Buffer.concat([
              ...Array.from({ length: 5 }, (_, index) => entryMessage(id, `uid=${index}`)),
              doneMessage(id),
            ]),
          ),
        queryOf({ sizeLimit: 5 }),
      );
      expect(entries).toHaveLength(5);
      expect(end).toEqual({ complete: true });
    });
  });
});

const success = (operation: number): Buffer =>
  tlv(operation, tlv(0x0a, Buffer.from([0])), octets(''), octets(''));
const pagedControl = (...value: readonly Buffer[]): Buffer =>
  tlv(0xa0, tlv(0x30, octets('1.2.840.113556.1.4.319'), ...value));

/** Waits until the server sees no connection any more; a test that waits for ever fails. */
async function untilClosed(server: { openConnections(): number }): Promise<void> {
  while (server.openConnections() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
}

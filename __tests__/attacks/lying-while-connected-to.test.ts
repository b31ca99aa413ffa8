import type { Socket } from 'node:net';
import { openLdapDirectory } from '../../lib/directory/ldap/ldap-directory.js';
import { listen } from '../setup/tcp-proxy.js';
import { OPERATION, readRequests, resultMessage } from '../directory/ldap-messages.js';
import { BIND, BRIEF, createLyingServers, SECRET, untilClosed } from '../directory/lying-servers.js';
import { addressOf, failureOf } from '../directory/sweeps.js';

const { servers, serve, raw } = createLyingServers();

describe('a server that does not keep to the protocol while it is being connected to', () => {
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

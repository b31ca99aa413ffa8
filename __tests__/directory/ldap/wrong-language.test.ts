import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createServer, type Server } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { createCertificates, type Certificates } from '../../../dev/certificates.js';
import { openLdapDirectory } from '../../../lib/directory/ldap/ldap-directory.js';
import { BIND, createLyingServers } from '../lying-servers.js';
import { addressOf, failureOf, queryOf, sweepOnce } from '../sweeps.js';

const { raw } = createLyingServers();
const CLIENT_HELLO = 0x16;

describe('a port that speaks another language', () => {
  let certificates: Certificates;
  let tls: Server;
  beforeAll(async () => {
    certificates = createCertificates();
    const { cert, key } = certificates.server;
    tls = createServer({ cert: readFileSync(cert), key: readFileSync(key) });
    tls.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    tls.close();
    certificates.remove();
  });

  /** Speaks TLS, and says nothing to whoever does not. */
  const silentInClear = () =>
    raw((socket) =>
      socket.once('data', (chunk: Buffer) => {
        if (chunk[0] !== CLIENT_HELLO) return;
        const target = connect((tls.address() as AddressInfo).port, '127.0.0.1');
        target.on('error', () => undefined);
        socket.on('close', () => target.destroy());
        target.write(chunk);
        socket.pipe(target).pipe(socket);
      }),
    );

  it.each([
    ['of a bind', { bind: BIND }],
    ['of the first search', {}],
  ])('is recognised long before the silence %s is too long', async (_, changes) => {
    const port = await silentInClear();
    const address = addressOf({ port, connectTimeoutMs: 300, operationTimeoutMs: 3_600_000, ...changes });
    const swept = await sweepOnce(address, queryOf()).catch((error: unknown) => ({ error }));
    expect(swept.error).toMatchObject({
      code: 'directory-tls',
      message: expect.stringContaining('expects TLS from the first byte (LDAPS)'),
      remedy: expect.stringContaining('Set LDAP_Encryption to "ssl"'),
    });
  });

  it('is recognised when StartTLS is what it is silent to', async () => {
    const port = await silentInClear();
    const address = addressOf({ port, encryption: 'starttls', connectTimeoutMs: 300 });
    expect(await failureOf(openLdapDirectory(address))).toMatchObject({
      message: expect.stringContaining('and LDAP_Encryption is "tls"'),
    });
  });

  it('never sees the account while it is found out', async () => {
    const seen: Buffer[] = [];
    const port = await raw((socket) => socket.on('data', (chunk: Buffer) => void seen.push(chunk)));
    const address = addressOf({ port, encryption: 'ldaps', bind: BIND, connectTimeoutMs: 300 });
    expect(await failureOf(openLdapDirectory(address))).toMatchObject({ code: 'directory-timeout' });
    expect(seen.length).toBeGreaterThan(1);
    expect(Buffer.concat(seen).includes(BIND.dn)).toBe(false);
    expect(Buffer.concat(seen).includes(BIND.password)).toBe(false);
  });
});

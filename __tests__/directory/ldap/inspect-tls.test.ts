import { readFileSync } from 'node:fs';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { createCertificates, type Certificates, type ServerCertificate } from '../../../dev/certificates.js';
import type { DirectoryAddress } from '../../../lib/directory/directory.js';
import { inspectLdapTls } from '../../../lib/directory/ldap/inspect-tls.js';
import { toPinOffer } from '../../../lib/probe/sections/pin-offer.js';
import { OPERATION, resultMessage, startLyingServer } from '../ldap-messages.js';
import { addressOf } from '../sweeps.js';

describe('the certificates of a server', () => {
  let certificates: Certificates;
  let server: Server;
  /** What came over TLS. */
  let heard: Buffer[];
  /** The other side has hung up. */
  let closed: Promise<void>;

  beforeAll(() => {
    certificates = createCertificates();
  });
  afterAll(() => certificates.remove());
  afterEach(() => void server.close());

  async function serve(
    { cert, key }: ServerCertificate,
    changes: Partial<DirectoryAddress> = {},
    chain: readonly string[] = [],
  ) {
    heard = [];
    const certs = [readFileSync(cert, 'utf8'), ...chain].join('\n');
    closed = new Promise((resolve) => {
      server = createServer({ cert: certs, key: readFileSync(key) }, (socket: TLSSocket) => {
        socket.on('data', (bytes) => void heard.push(bytes)).on('error', () => undefined);
        socket.on('close', () => resolve());
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const bind = { dn: 'cn=reader', password: 'a-secret-password' };
    const address = addressOf({ port, encryption: 'ldaps', bind, ...changes });
    return inspectLdapTls(address, new AbortController().signal);
  }

  it('are shown with names, dates, fingerprint and who has signed them, where nobody vouches for them', async () => {
    const shown = await serve(certificates.server, {}, [certificates.caText]);
    expect(shown).toMatchObject({
      host: '127.0.0.1',
      protocol: 'TLSv1.3',
      fitsName: true,
      distrust: { kind: 'unknown-authority' },
      chain: [
        {
          subject: 'CN=LDAP server',
          issuer: 'CN=Test authority',
          names: ['localhost', '127.0.0.1'],
          isSelfSigned: false,
          isAuthority: false,
        },
        { subject: 'CN=Test authority', names: [], isSelfSigned: true, isAuthority: true },
      ],
    });
    const [own] = shown.chain;
    expect(own?.sha256).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(+(own?.validTo ?? 0) - +(own?.validFrom ?? 0)).toBe(2 * 86_400_000);
  });

  it('are looked at without a bind or anything else being sent, also when they are trusted', async () => {
    for (const caCertificates of [[], [certificates.caText]]) {
      await serve(certificates.server, { caCertificates });
      await closed;
      expect(Buffer.concat(heard).length).toBe(0);
      server.close();
    }
  });

  it('are trusted by the authority of the settings', async () => {
    const shown = await serve(certificates.server, { caCertificates: [certificates.caText] });
    expect(shown.distrust).toBeUndefined();
  });

  it.each([
    ['a name that is not ours', 'wrong-name', { kind: 'wrong-name' }, false],
    ['a day that is over', 'expired', { kind: 'expired' }, true],
  ] as const)('are not trusted for %s', async (_, kind, distrust, fitsName) => {
    const certificate = kind === 'expired' ? certificates.expired : certificates.wrongName;
    const shown = await serve(certificate, { caCertificates: [certificates.caText] });
    expect(shown).toMatchObject({ distrust, fitsName });
    expect(toPinOffer(shown, new Date())).toBeUndefined();
  });

  it('say that the name is wrong, too, where the authority is unknown; nothing is offered then', async () => {
    const shown = await serve(certificates.wrongName);
    expect(shown).toMatchObject({ fitsName: false, distrust: { kind: 'unknown-authority' } });
    expect(toPinOffer(shown, new Date())).toBeUndefined();
  });

  it('offer the authority that the server sends, or else its own certificate; each makes it trusted', async () => {
    for (const chain of [[certificates.caText], []]) {
      const shown = await serve(certificates.server, {}, chain);
      const offer = toPinOffer(shown, new Date());
      expect(offer).toMatchObject({ setting: 'LDAP_CA_Cert', isAuthority: chain.length > 0 });
      expect(offer?.sha256).toBe(shown.chain.at(-1)?.sha256);
      server.close();
      const trusted = await serve(certificates.server, { caCertificates: [offer?.value ?? ''] }, chain);
      expect(trusted.distrust).toBeUndefined();
      server.close();
    }
  });

  it('of StartTLS are asked for with nothing but StartTLS', async () => {
    const requests: number[] = [];
    const lying = await startLyingServer(({ id, tag }, socket) => {
      requests.push(tag);
      socket.write(resultMessage(id, OPERATION.extendedResponse, 2, 'no TLS here'));
    });
    const address = addressOf({ port: lying.port, encryption: 'starttls' });
    await expect(inspectLdapTls(address, new AbortController().signal)).rejects.toMatchObject({
      code: 'directory-tls',
    });
    expect(requests).toEqual([OPERATION.extendedRequest]);
    await lying.close();
    server = createServer();
  });

  it('of a server that never answers are given up', async () => {
    const silent = await startLyingServer(() => undefined);
    const address = addressOf({ port: silent.port, encryption: 'ldaps', connectTimeoutMs: 500 });
    await expect(inspectLdapTls(address, new AbortController().signal)).rejects.toMatchObject({
      name: 'LdapSyncError',
    });
    await silent.close();
    server = createServer();
  });
});

import { createCertificates, type Certificates } from '../../../dev/certificates.js';
import { findFreePort } from '../../../dev/free-port.js';
import { startSlapd, type Slapd } from '../../../dev/slapd.js';
import type { DirectoryAddress } from '../../../lib/directory/directory.js';
import { openLdapDirectory } from '../../../lib/directory/ldap/ldap-directory.js';
import { SUFFIX, toOrganisation, toPeople } from '../../setup/organisation.js';
import { describeWithSlapd } from '../../setup/slapd.js';
import { startTcpProxy, type TcpProxy } from '../../setup/tcp-proxy.js';
import { addressOf, failureOf, queryOf, sweepOnce, type Swept } from '../sweeps.js';

const PEOPLE = 3;
const ENTRIES = PEOPLE + 3;

describeWithSlapd('a connection to a directory', () => {
  let certificates: Certificates;
  let slapd: Slapd;
  let nameOnly: Slapd;
  let wrongName: Slapd;
  let withoutTls: Slapd;

  beforeAll(async () => {
    certificates = createCertificates();
    const ldif = toOrganisation(toPeople(PEOPLE));
    const start = (tls?: Certificates['server']): Promise<Slapd> =>
      startSlapd({ suffix: SUFFIX, ldif, ...(tls ? { tls } : {}) });
    [slapd, nameOnly, wrongName, withoutTls] = await Promise.all([
      start(certificates.server),
      start(certificates.nameOnly),
      start(certificates.wrongName),
      start(),
    ]);
  });
  afterAll(async () => {
    await Promise.all([slapd, nameOnly, wrongName, withoutTls].map((server) => server.stop()));
    certificates.remove();
  });

  function address(
    server: Slapd,
    encryption: DirectoryAddress['encryption'],
    changes: Partial<DirectoryAddress> = {},
  ): DirectoryAddress {
    return addressOf({
      port: encryption === 'ldaps' ? (server.ldapsPort ?? 0) : server.port,
      encryption,
      bind: { dn: server.rootDN, password: server.rootPassword },
      caCertificates: [certificates.caText],
      ...changes,
    });
  }

  const failure = (given: DirectoryAddress): Promise<{ code: string; message: string; remedy: string }> =>
    failureOf(sweepOnce(given, queryOf()));

  it.each(['plain', 'starttls', 'ldaps'] as const)(
    'reads everything over %s, bound and anonymous, by address and by name',
    async (encryption) => {
      for (const changes of [{}, { host: 'localhost' }]) {
        const { entries, end } = await sweepOnce(address(slapd, encryption, changes), queryOf());
        expect(end).toEqual({ complete: true });
        expect(entries).toHaveLength(ENTRIES);
      }
      const { caCertificates, port } = address(slapd, encryption);
      expect(
        (await sweepOnce(addressOf({ caCertificates, port, encryption }), queryOf())).entries,
      ).toHaveLength(ENTRIES);
    },
  );

  describe.each(['starttls', 'ldaps'] as const)('over %s', (encryption) => {
    it.each<[string, Partial<DirectoryAddress>]>([
      ['an authority nobody named', { caCertificates: [] }],
      ['another authority than the one that was named', { caCertificates: ['stranger'] }],
      [
        'an authority that cannot be read',
        { caCertificates: ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'] },
      ],
    ])('a certificate of %s is not trusted', async (_, { caCertificates = [] }) => {
      const stranger = caCertificates.map((text) =>
        text === 'stranger' ? certificates.strangerCaText : text,
      );
      expect(await failure(address(slapd, encryption, { caCertificates: stranger }))).toMatchObject({
        code: 'directory-tls',
        message: expect.stringContaining(
          `127.0.0.1:${encryption === 'ldaps' ? slapd.ldapsPort : slapd.port} is not trusted`,
        ),
        remedy: expect.stringContaining('LDAP_CA_Cert'),
      });
    });

    it('a certificate for another host is not trusted', async () => {
      expect(await failure(address(wrongName, encryption, { host: 'localhost' }))).toMatchObject({
        code: 'directory-tls',
        message: expect.stringContaining('directory.example.org'),
        remedy: expect.stringContaining('LDAP_Host'),
      });
    });

    it('a certificate for "localhost" is not one for 127.0.0.1', async () => {
      expect(
        (await sweepOnce(address(nameOnly, encryption, { host: 'localhost' }), queryOf())).entries,
      ).toHaveLength(ENTRIES);
      expect(await failure(address(nameOnly, encryption))).toMatchObject({ code: 'directory-tls' });
    });

    it('any certificate is trusted when verification is switched off', async () => {
      const { entries } = await sweepOnce(
        address(wrongName, encryption, { caCertificates: [], rejectUnauthorized: false }),
        queryOf(),
      );
      expect(entries).toHaveLength(ENTRIES);
    });

    it('the password never crosses the wire readable, nor at all when the certificate is wrong', async () => {
      const target = (server: Slapd): Promise<TcpProxy> =>
        startTcpProxy({ targetPort: address(server, encryption).port });
      const good = await target(slapd);
      const bad = await target(wrongName);
      try {
        await sweepOnce(address(slapd, encryption, { port: good.port }), queryOf());
        expect(good.sent().includes(slapd.rootPassword)).toBe(false);
        await failure(address(wrongName, encryption, { port: bad.port }));
        expect(bad.sent().includes(slapd.rootPassword)).toBe(false);
        expect(bad.received()).toBeGreaterThan(0);
      } finally {
        await Promise.all([good.close(), bad.close()]);
      }
    });

    it('a connection that is cut is lost at once', async () => {
      const query = queryOf({ attributes: ['*'], pageSize: 1 });
      const sweepThrough = async (cutAfterBytes: number): Promise<Swept & { received: number }> => {
        const proxy = await startTcpProxy({ targetPort: address(slapd, encryption).port, cutAfterBytes });
        try {
          return {
            ...(await sweepOnce(address(slapd, encryption, { port: proxy.port }), query)),
            received: proxy.received(),
          };
        } finally {
          await proxy.close();
        }
      };
      const whole = await sweepThrough(Infinity);
      expect(whole.end).toEqual({ complete: true });
      const cut = await sweepThrough(whole.received - 400);
      expect(cut.error).toMatchObject({ code: 'directory-lost' });
      expect(cut.end).toBeUndefined();
    });
  });

  it('without encryption the recording proxy does see the password: the check above can fail', async () => {
    const proxy = await startTcpProxy({ targetPort: slapd.port });
    await sweepOnce(address(slapd, 'plain', { port: proxy.port }), queryOf());
    expect(proxy.sent().includes(slapd.rootPassword)).toBe(true);
    await proxy.close();
  });

  it('a server that refuses StartTLS is left without having seen the password', async () => {
    const proxy = await startTcpProxy({ targetPort: withoutTls.port });
    try {
      expect(await failure(address(withoutTls, 'starttls', { port: proxy.port }))).toMatchObject({
        code: 'directory-tls',
        message: expect.stringMatching(
          /refused StartTLS \(the server says: unsupported extended operation\)\. No password was sent\./,
        ),
        remedy: expect.stringContaining('LDAP_Encryption'),
      });
      expect(proxy.sent().includes(slapd.rootPassword)).toBe(false);
      expect(proxy.sent().includes(slapd.rootDN)).toBe(false);
    } finally {
      await proxy.close();
    }
  });

  it.each<[string, object]>([
    ['a wrong password', { password: 'wrong-secret' }],
    ['an unknown account', { dn: `cn=nobody,${SUFFIX}`, password: 'wrong-secret' }],
    ['a name that is no DN', { dn: 'not a dn', password: 'wrong-secret' }],
  ])('%s is a refused bind, and the password is not in the error', async (_, changes) => {
    const bind = { dn: slapd.rootDN, password: slapd.rootPassword, ...changes };
    const error = await failure(address(slapd, 'plain', { bind }));
    expect(error).toMatchObject({
      code: 'directory-bind',
      message: expect.stringContaining(`127.0.0.1:${slapd.port} refused the service account`),
      remedy: expect.stringContaining('LDAP_Authentication_UserDN and LDAP_Authentication_Password'),
    });
    expect(JSON.stringify([error, error.message, Object.entries(error)])).not.toContain('wrong-secret');
  });

  it('an empty password is refused here: nothing is sent', async () => {
    const proxy = await startTcpProxy({ targetPort: slapd.port });
    expect(
      await failure(address(slapd, 'plain', { port: proxy.port, bind: { dn: slapd.rootDN, password: '' } })),
    ).toMatchObject({ code: 'directory-bind' });
    expect(proxy.sent()).toHaveLength(0);
    await proxy.close();
  });

  it('LDAPS to the plain port, and the reverse, say what to check', async () => {
    const ldapsToPlain = await failure(address(slapd, 'ldaps', { port: slapd.port }));
    expect(ldapsToPlain.code).toMatch(/^directory-(tls|unreachable)$/);
    expect(ldapsToPlain.remedy).toMatch(/LDAP_Encryption/);
    const plainToLdaps = await failure(address(slapd, 'plain', { port: slapd.ldapsPort ?? 0 }));
    expect(plainToLdaps.code).toMatch(/^directory-(tls|unreachable)$/);
    expect(plainToLdaps.remedy).toMatch(/LDAP_Encryption/);
  });

  it.each(['plain', 'starttls', 'ldaps'] as const)(
    'a port where nobody listens is unreachable (%s)',
    async (encryption) => {
      const port = await findFreePort();
      for (const host of ['127.0.0.1', 'localhost', '::1']) {
        expect(await failure(addressOf({ host, port, encryption }))).toMatchObject({
          code: 'directory-unreachable',
          message: expect.stringMatching(
            /: (the connection was refused|there is no route to the (host|network)|connect EADDRNOTAVAIL.*|connect EAFNOSUPPORT.*)\.$/,
          ),
          remedy: expect.stringContaining('LDAP_Host and LDAP_Port'),
        });
      }
    },
  );

  it('a host that does not exist is unreachable', async () => {
    expect(await failure(addressOf({ host: 'no-such-host.invalid', port: 389 }))).toMatchObject({
      code: 'directory-unreachable',
      message: expect.stringMatching(/no such host|cannot be looked up/),
    });
  });

  it.each([0, -1, 65_536, Number.NaN, 1.5])(
    'port %s is refused, instead of ending the process',
    async (port) => {
      expect(await failure(addressOf({ port }))).toMatchObject({
        code: 'directory-unreachable',
        remedy: 'Correct LDAP_Port.',
      });
    },
  );

  it('a signal that is already aborted opens nothing', async () => {
    const proxy = await startTcpProxy({ targetPort: slapd.port });
    const signal = AbortSignal.abort();
    expect(
      await failureOf(openLdapDirectory(address(slapd, 'plain', { port: proxy.port }), signal)),
    ).toMatchObject({ code: 'run-stopped' });
    expect(proxy.openConnections()).toBe(0);
    await proxy.close();
  });

  it('a handshake that succeeds after all, when nobody wants it any more, leaves no connection behind', async () => {
    let release = (): void => undefined;
    const heldUntil = new Promise<void>((resolve) => (release = resolve));
    const proxy = await startTcpProxy({ targetPort: slapd.ldapsPort ?? 0, heldUntil });
    const controller = new AbortController();
    const opening = failureOf(
      openLdapDirectory(address(slapd, 'ldaps', { port: proxy.port }), controller.signal),
    );
    while (proxy.sent().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    expect(await opening).toMatchObject({ code: 'run-stopped' });
    release();
    while (proxy.openConnections() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(proxy.received()).toBeGreaterThan(0);
    await proxy.close();
  });

  it('closing twice is fine, and a sweep after it says so', async () => {
    const directory = await openLdapDirectory(address(slapd, 'plain'));
    directory.close();
    directory.close();
    expect(await failureOf(directory.sweep(queryOf()).next())).toMatchObject({ code: 'run-stopped' });
  });
});

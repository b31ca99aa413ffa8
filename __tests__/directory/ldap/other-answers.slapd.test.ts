import { createCertificates, type Certificates } from '../../../dev/certificates.js';
import { startSlapd, type Slapd, type SlapdOptions } from '../../../dev/slapd.js';
import type { DirectoryAddress } from '../../../lib/directory/directory.js';
import { openLdapDirectory } from '../../../lib/directory/ldap/ldap-directory.js';
import { equals } from '../../../lib/directory/filter/search-filter.js';
import { nameAliases } from '../../../lib/directory/name-aliases.js';
import { SUFFIX, toOrganisation, toPeople } from '../../setup/organisation.js';
import { describeWithSlapd } from '../../setup/slapd.js';
import { addressOf, failureOf, queryOf, readAll, sweepOnce, textsOf } from '../sweeps.js';

const PEOPLE = 40;
const LIMITED = `cn=limited,${SUFFIX}`;
const PEOPLE_QUERY = queryOf({ baseDN: `ou=people,${SUFFIX}`, scope: 'one', attributes: ['uid'] });

const toReferral = (name: string, url: string): string =>
  [`dn: ou=${name},${SUFFIX}`, 'objectClass: referral', 'objectClass: extensibleObject', `ou: ${name}`]
    .concat(`ref: ${url}`)
    .join('\n');
const ACCOUNT = `dn: ${LIMITED}\nobjectClass: person\ncn: limited\nsn: limited\nuserPassword: limited-secret`;

describeWithSlapd('a directory that answers differently', () => {
  let slapd: Slapd | undefined;
  afterEach(async () => {
    await slapd?.stop();
    slapd = undefined;
  });

  async function start(options: Partial<SlapdOptions> = {}, ...more: readonly string[]): Promise<Slapd> {
    const ldif = toOrganisation([ACCOUNT, ...more, ...toPeople(PEOPLE)]);
    return (slapd = await startSlapd({ suffix: SUFFIX, ldif, ...options }));
  }
  const limited = (port: number, changes: Partial<DirectoryAddress> = {}) =>
    addressOf({ port, bind: { dn: LIMITED, password: 'limited-secret' }, ...changes });

  describe('with limits', () => {
    it.each([
      ['a soft limit of 5 lets everybody be read in pages', 'size.soft=5 size.hard=unlimited', 10, undefined],
      [
        'a page limit of 7 brings smaller pages, and names the setting',
        'size.pr=7 size.prtotal=unlimited',
        40,
        5,
      ],
    ])('%s', async (_, limits, pageSize, accepted) => {
      const { port } = await start({ databaseConfig: `limits dn.exact="${LIMITED}" ${limits}` });
      const { entries, end } = await sweepOnce(limited(port), { ...PEOPLE_QUERY, pageSize });
      expect(entries).toHaveLength(PEOPLE);
      expect(end).toEqual(
        accepted === undefined
          ? { complete: true }
          : {
              complete: true,
              notice: {
                setting: 'LDAP_Search_Page_Size',
                message: `The directory server refused pages of 40 entries; it was asked for pages of ${accepted}.`,
                remedy: expect.stringContaining(`Set LDAP_Search_Page_Size to ${accepted}`),
              },
            },
      );
    });

    it('an account that may not page gets everything at once, and a run takes nothing away', async () => {
      const { port } = await start({
        databaseConfig: `limits dn.exact="${LIMITED}" size=unlimited size.prtotal=disabled`,
      });
      const { entries, end } = await sweepOnce(limited(port), { ...PEOPLE_QUERY, pageSize: 10 });
      expect(entries).toHaveLength(PEOPLE);
      expect(end).toMatchObject({
        complete: false,
        reason: 'paging-unsupported',
        remedy: expect.stringContaining('LDAP_Search_Page_Size'),
      });
    });

    it('a soft limit for an account that may not page is named, with the setting that gets over it', async () => {
      const limits = 'size.soft=5 size.hard=unlimited size.prtotal=disabled';
      const { port } = await start({ databaseConfig: `limits dn.exact="${LIMITED}" ${limits}` });
      const stopped = await sweepOnce(limited(port), { ...PEOPLE_QUERY, pageSize: 10 });
      expect(stopped.entries).toHaveLength(5);
      expect(stopped.end).toMatchObject({
        reason: 'size-limit',
        message: 'The directory server stopped at a size limit of its own after 5 entries.',
        remedy: expect.stringContaining('set LDAP_Search_Size_Limit above the number of people'),
      });
      const asking = await sweepOnce(limited(port), { ...PEOPLE_QUERY, pageSize: 0, sizeLimit: 2_000 });
      expect(asking.entries).toHaveLength(PEOPLE);
      expect(asking.end).toEqual({ complete: true });
    });

    it.each([
      ['may not page', 'size.soft=5 size.hard=10 size.prtotal=disabled'],
      ['may page a little', 'size.soft=5 size.hard=10 size.pr=3 size.prtotal=8'],
    ])('one person is looked up whole by an account that %s', async (_, limits) => {
      const { port } = await start({ databaseConfig: `limits dn.exact="${LIMITED}" ${limits}` });
      const filter = equals('uid', 'person1');
      for (const [pageSize, sizeLimit] of [
        [250, 1],
        [250, 2],
        [0, 2],
      ]) {
        const { entries, end } = await sweepOnce(limited(port), queryOf({ filter, pageSize, sizeLimit }));
        expect({ found: entries.length, end }).toEqual({ found: 1, end: { complete: true } });
      }
      const many = await sweepOnce(limited(port), queryOf({ filter, pageSize: 250, sizeLimit: 1_000 }));
      expect(many.entries).toHaveLength(1);
      expect(many.error).toBeUndefined();
    });

    it('a limit of our own that is above the hard one is kept here', async () => {
      const { port } = await start({
        databaseConfig: `limits dn.exact="${LIMITED}" size.soft=5 size.hard=10 size.prtotal=unlimited`,
      });
      const query = { ...PEOPLE_QUERY, pageSize: 5, sizeLimit: 1_000 };
      const { entries, end } = await sweepOnce(limited(port), query);
      expect(entries).toHaveLength(PEOPLE);
      expect(end).toEqual({ complete: true });
    });
  });

  describe('with partitions on other servers', () => {
    const own = ['CN=Configuration,DC=lab,DC=example', 'DC=DomainDnsZones,DC=lab,DC=example'];
    const ownReferrals = own.map((dn, index) => toReferral(`own${index}`, `ldap://lab.example/${dn}`));

    it.each([0, 10])(
      'those of an Active Directory that hold no people count for nothing (page %i)',
      async (pageSize) => {
        const { port } = await start({}, ...ownReferrals);
        const { end } = await sweepOnce(limited(port), queryOf({ pageSize }));
        expect(end).toEqual({ complete: true });
      },
    );

    it('another one beside them makes the sweep incomplete, and is named', async () => {
      const { port } = await start(
        {},
        ...ownReferrals,
        toReferral('child', 'ldap://c.lab.example/DC=c,DC=lab'),
      );
      const { end } = await sweepOnce(limited(port), queryOf({ pageSize: 10 }));
      expect(end).toMatchObject({
        complete: false,
        reason: 'referral',
        message: expect.stringContaining('ldap://c.lab.example/dc=c,dc=lab'),
      });
      expect(end).toMatchObject({ message: expect.not.stringContaining('DomainDnsZones') });
    });
  });

  describe('with aliases', () => {
    const alias = (rdn: string, target: string, ...more: readonly string[]): string =>
      [
        `dn: ${rdn}`,
        'objectClass: alias',
        'objectClass: extensibleObject',
        `aliasedObjectName: ${target}`,
        ...more,
      ].join('\n');
    const withAliases = () =>
      start(
        {},
        `dn: ou=chat,${SUFFIX}\nobjectClass: organizationalUnit`,
        alias(`cn=one,ou=chat,${SUFFIX}`, `uid=person1,ou=people,${SUFFIX}`),
        alias(`ou=staff,${SUFFIX}`, `ou=people,${SUFFIX}`),
      );
    const uid = { filter: { type: 'present', attribute: 'uid' } as const, attributes: ['uid'] };

    it.each([
      ['never', 0, 0],
      ['searching', 1, 0],
      ['finding', 0, PEOPLE],
      ['always', 1, PEOPLE],
    ] as const)('they are followed as the setting says: %s', async (dereferenceAliases, below, behind) => {
      const { port } = await withAliases();
      const address = limited(port, { dereferenceAliases });
      const read = (unit: string, pageSize: number) =>
        sweepOnce(address, queryOf({ baseDN: `ou=${unit},${SUFFIX}`, scope: 'one', ...uid, pageSize }));
      for (const pageSize of [0, 10]) {
        expect((await read('chat', pageSize)).entries).toHaveLength(below);
        expect((await read('staff', pageSize)).entries).toHaveLength(behind);
      }
    });

    it.each([
      ['never', 0],
      ['searching', 2],
      ['finding', 0],
      ['always', 2],
    ] as const)(
      'one that has the searched attribute itself is nobody: %s',
      async (dereferenceAliases, behind) => {
        const { port } = await start(
          {},
          `dn: ou=chat,${SUFFIX}\nobjectClass: organizationalUnit`,
          alias(`uid=person1,ou=chat,${SUFFIX}`, `uid=person1,ou=people,${SUFFIX}`),
          alias(
            `cn=two,ou=chat,${SUFFIX}`,
            `uid=person2,ou=people,${SUFFIX}`,
            'uid: another',
            'mail: a@b.example',
          ),
          alias(`cn=dangling,ou=chat,${SUFFIX}`, `uid=gone,ou=people,${SUFFIX}`, 'uid: dangling'),
        );
        const address = limited(port, { dereferenceAliases });
        for (const namesOnly of [false, true])
          for (const [baseDN, found] of [
            [SUFFIX, PEOPLE],
            [`ou=chat,${SUFFIX}`, behind],
          ] as const) {
            const { entries, end } = await sweepOnce(
              address,
              queryOf({ ...uid, baseDN, pageSize: 10, namesOnly }),
            );
            expect({ found: entries.length, end }).toEqual({ found, end: { complete: true } });
            expect(entries.every(({ dn }) => dn.endsWith(`,ou=people,${SUFFIX}`))).toBe(true);
          }
      },
    );

    it('who is below the base and behind an alias is seen once', async () => {
      const { port } = await withAliases();
      const address = limited(port, { dereferenceAliases: 'always' });
      const { entries, end } = await sweepOnce(address, queryOf({ ...uid, pageSize: 10 }));
      expect(entries).toHaveLength(PEOPLE);
      expect(new Set(entries.map(({ dn }) => dn)).size).toBe(PEOPLE);
      expect(end).toEqual({ complete: true });
    });

    it('a base that holds only them, or is one, is named', async () => {
      const { port } = await withAliases();
      const address = limited(port);
      const directory = await openLdapDirectory(address);
      const name = (unit: string) =>
        nameAliases(
          directory,
          { search: { baseDN: `ou=${unit},${SUFFIX}` }, address },
          new AbortController().signal,
        );
      for (const unit of ['chat', 'staff'])
        expect(await name(unit)).toMatchObject({
          setting: 'LDAP_Dereference_Aliases',
          message: expect.stringContaining(`ou=${unit}`),
          remedy: expect.stringContaining('"searching"'),
        });
      expect(await name('people')).toBeUndefined();
      expect(await name('nowhere')).toBeUndefined();
      directory.close();
    });
  });

  describe('with demands', () => {
    let certificates: Certificates;
    beforeAll(() => (certificates = createCertificates()));
    afterAll(() => certificates.remove());

    it.each([
      ['security tls=1', {}, /encrypted/, /^Set LDAP_Encryption/],
      ['security simple_bind=64', {}, /encrypted/, /^Set LDAP_Encryption/],
      ['security ssf=64', {}, /encrypted/, /^Set LDAP_Encryption/],
      [
        'require authc',
        { bind: undefined },
        /nobody who has not signed in/,
        /^Switch LDAP_Authentication on/,
      ],
      ['require bind', { bind: undefined }, /nobody who has not signed in/, /^Switch LDAP_Authentication on/],
      ['disallow bind_simple', {}, /unwilling/, /simple binds/],
    ])(
      '%s is understood, and the remedy is not the password',
      async (globalConfig, changes, reason, remedy) => {
        const tls = certificates.server;
        const { port } = await start({ globalConfig, tls });
        const address = { ...limited(port), ...changes };
        const swept = await sweepOnce(address, queryOf()).catch((error: unknown) => ({ error }));
        expect(swept.error).toMatchObject({
          message: expect.stringMatching(reason),
          remedy: expect.stringMatching(remedy),
        });
        expect(swept.error).toMatchObject({
          remedy: expect.not.stringContaining('LDAP_Authentication_Password'),
        });
      },
    );

    it.each(['starttls', 'ldaps'] as const)(
      'an authority between, alone, is trusted over %s',
      async (encryption) => {
        const server = await start({ tls: certificates.signedByIntermediate });
        const port = encryption === 'ldaps' ? (server.ldapsPort ?? 0) : server.port;
        const trusting = (pem: string) => limited(port, { encryption, caCertificates: [pem] });
        const { entries } = await sweepOnce(trusting(certificates.intermediateText), PEOPLE_QUERY);
        expect(entries).toHaveLength(PEOPLE);
        expect(await failureOf(sweepOnce(trusting(certificates.strangerCaText), queryOf()))).toMatchObject({
          code: 'directory-tls',
        });
      },
    );

    it.each(['starttls', 'ldaps'] as const)(
      'a certificate of the client is named over %s',
      async (encryption) => {
        const tls = certificates.server;
        const server = await start({ tls, globalConfig: 'TLSVerifyClient demand' });
        const port = encryption === 'ldaps' ? (server.ldapsPort ?? 0) : server.port;
        const address = limited(port, { encryption, caCertificates: [certificates.caText] });
        expect(await failureOf(sweepOnce(address, queryOf()))).toMatchObject({
          code: 'directory-tls',
          message: expect.stringMatching(/demands a certificate of the client|after TLS was set up/),
          remedy: expect.stringContaining('TLSVerifyClient try or never'),
        });
      },
    );

    it('each port spoken to in the wrong language is recognised, and named', async () => {
      const server = await start({ tls: certificates.server });
      const ca = { caCertificates: [certificates.caText] };
      const plain = limited(server.port, ca);
      const ldaps = limited(server.ldapsPort ?? 0, ca);
      for (const address of [ldaps, { ...ldaps, encryption: 'starttls' as const }])
        expect(await failureOf(sweepOnce({ ...address, connectTimeoutMs: 500 }, queryOf()))).toMatchObject({
          code: 'directory-tls',
          message: expect.stringContaining('expects TLS from the first byte (LDAPS)'),
          remedy: expect.stringContaining('LDAP_Encryption to "ssl"'),
        });
      expect(await failureOf(sweepOnce({ ...plain, encryption: 'ldaps' }, queryOf()))).toMatchObject({
        code: 'directory-tls',
        message: expect.stringContaining('speaks LDAP without TLS'),
        remedy: expect.stringContaining('LDAPS port'),
      });
      const anonymous = addressOf({ ...ca, port: ldaps.port, connectTimeoutMs: 500 });
      expect((await sweepOnce(anonymous, queryOf())).error).toMatchObject({
        code: 'directory-tls',
        message: expect.stringContaining('expects TLS from the first byte'),
      });
    });
  });

  it('an address of IPv6 is reached in every notation', async () => {
    const { port } = await start();
    for (const host of ['::ffff:127.0.0.1', '::ffff:7f00:1', '0:0:0:0:0:ffff:127.0.0.1'])
      expect((await sweepOnce(limited(port, { host }), PEOPLE_QUERY)).entries).toHaveLength(PEOPLE);
    for (const host of ['fe80::1%lo', 'fe80::1%nowhere', 'fe80::1', '256.256.256.256', '1.2.3.4.5', 'xn--a'])
      expect(await failureOf(sweepOnce(limited(port, { host }), queryOf()))).toMatchObject({
        code: expect.stringMatching(/^directory-(unreachable|timeout)$/),
        remedy: expect.stringContaining('LDAP_Host'),
      });
  });

  it('says that it is OpenLDAP, before and after a sweep', async () => {
    const { port } = await start();
    const directory = await openLdapDirectory(limited(port));
    const server = { host: '127.0.0.1', port, kind: 'openldap', name: 'OpenLDAP' };
    expect(await directory.describeServer()).toEqual(server);
    expect(textsOf((await readAll(directory, PEOPLE_QUERY)).entries[0], 'uid')).toHaveLength(1);
    expect(await directory.describeServer()).toEqual(server);
    directory.close();
  });
});

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { startSlapd, type Slapd } from '../../../dev/slapd.js';
import type { Directory, DirectoryEntry } from '../../../lib/directory/directory.js';
import { openLdapDirectory } from '../../../lib/directory/ldap/ldap-directory.js';
import { parseSearchFilter } from '../../../lib/directory/filter/parse-search-filter.js';
import { SUFFIX, toOrganisation, toPeople, toPersonLdif } from '../../setup/organisation.js';
import { describeWithSlapd } from '../../setup/slapd.js';
import { startTcpProxy, type TcpProxy } from '../../setup/tcp-proxy.js';
import { addressOf, failureOf, queryOf, readAll, textsOf } from '../sweeps.js';

const COUNT = 2_000;
const LIMITED = `cn=limited,${SUFFIX}`;
const PAGED = `cn=paged,${SUFFIX}`;
const BINARY = Buffer.from('ff00fe80c3280a0d', 'hex');

/** DNs as an administrator may have them, as OpenLDAP writes them. */
const ODD_UNITS = [
  'ou=a\\2C b\\5Cc',
  'ou=\\23sharp',
  'ou=\\20lead and trail\\20',
  'ou=Zoë & Söhne \\3Cx\\3E\\3B \\22q\\22',
  'ou=山田',
  'ou=a\\2Bb\\3Dc',
  'ou=x+description=y',
];

const unitLdif = (rdn: string): string =>
  [`dn: ${rdn},${SUFFIX}`, 'objectClass: organizationalUnit']
    .map((line) =>
      line.replace(/^dn: (.*)$/s, (_, dn: string) => `dn:: ${Buffer.from(dn).toString('base64')}`),
    )
    .join('\n');

describeWithSlapd('a sweep', () => {
  let slapd: Slapd;
  let directory: Directory | undefined;
  const proxies: TcpProxy[] = [];

  beforeAll(async () => {
    const ldif = toOrganisation([
      `dn: ${LIMITED}\nobjectClass: person\ncn: limited\nsn: limited\nuserPassword: limited`,
      `dn: ${PAGED}\nobjectClass: person\ncn: paged\nsn: paged\nuserPassword: paged`,
      `dn: cn=blind,${SUFFIX}\nobjectClass: person\ncn: blind\nsn: blind\nuserPassword: blind`,
      ...ODD_UNITS.map(unitLdif),
      ...ODD_UNITS.map(
        (rdn) =>
          `dn:: ${Buffer.from(`uid=inside,${rdn},${SUFFIX}`).toString('base64')}\nobjectClass: ` +
          'account\nuid: inside',
      ),
      toPersonLdif('binary', { description: 'a\u0000b\r\n ü', jpegPhoto: BINARY }),
      ...toPeople(COUNT),
    ]);
    const databaseConfig = [
      `limits dn.exact="${LIMITED}" size=300`,
      `limits dn.exact="${PAGED}" size.prtotal=300`,
      `access to attrs=userPassword by anonymous auth by * none`,
      `access to * by dn.exact="cn=blind,${SUFFIX}" none by * read`,
    ].join('\n');
    slapd = await startSlapd({ suffix: SUFFIX, ldif, databaseConfig });
  });
  afterAll(() => slapd.stop());
  afterEach(async () => {
    directory?.close();
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  });

  async function open(
    port = slapd.port,
    bind = { dn: slapd.rootDN, password: slapd.rootPassword },
    changes = {},
  ): Promise<Directory> {
    directory?.close();
    directory = await openLdapDirectory(addressOf({ port, bind, ...changes }));
    return directory;
  }

  async function through(
    options: Omit<Parameters<typeof startTcpProxy>[0], 'targetPort'> = {},
  ): Promise<TcpProxy> {
    const proxy = await startTcpProxy({ targetPort: slapd.port, ...options });
    proxies.push(proxy);
    return proxy;
  }

  const people = queryOf({ baseDN: `ou=people,${SUFFIX}`, scope: 'one', attributes: ['uid'] });

  it.each([0, 1, 7, 200, 333, 1_000, 2_001, 5_000, 100_000])(
    'sees everybody once, whatever the page size (%i)',
    async (pageSize) => {
      const query = {
        ...people,
        filter: parseSearchFilter(pageSize === 1 ? '(uid=person1*9)' : '(uid=*)'),
        pageSize,
      };
      const { entries, end } = await readAll(await open(), query);
      expect(end).toEqual({ complete: true });
      const uids = entries.flatMap((entry) => textsOf(entry, 'uid'));
      expect(new Set(uids).size).toBe(uids.length);
      expect(uids).toHaveLength(pageSize === 1 ? 111 : COUNT + 1);
    },
  );

  it('serves one search after the other on one connection, and never two at a time', async () => {
    const opened = await open();
    for (const pageSize of [500, 0, 100])
      expect((await readAll(opened, { ...people, pageSize })).entries).toHaveLength(COUNT + 1);
    const first = opened.sweep(people);
    await first.next();
    expect((await failureOf(opened.sweep(people).next())).message).toContain('one sweep after the other');
  });

  it('of nothing is complete, and has no page', async () => {
    for (const pageSize of [0, 100]) {
      const pages = (await open()).sweep({ ...people, filter: parseSearchFilter('(uid=nobody)'), pageSize });
      expect(await pages.next()).toEqual({ done: true, value: { complete: true } });
    }
  });

  it('brings bytes as they are, and only what was asked for', async () => {
    const filter = parseSearchFilter('(uid=binary)');
    const [entry] = (
      await readAll(await open(), {
        ...people,
        filter,
        attributes: ['JPEGPHOTO', 'description', 'entryUUID'],
      })
    ).entries;
    expect([...(entry?.attributes.keys() ?? [])].sort()).toEqual(['description', 'entryuuid', 'jpegphoto']);
    expect(textsOf(entry, 'description')).toEqual(['a\u0000b\r\n ü']);
    expect(entry?.attributes.get('jpegphoto')?.values).toEqual([BINARY]);
    const [bare] = (await readAll(await open(), { ...people, filter, attributes: [] })).entries;
    expect(bare?.attributes.size).toBe(0);
    expect(bare?.dn).toBe(`uid=binary,ou=people,${SUFFIX}`);
  });

  it.each(ODD_UNITS)('reaches the base %s as it is written', async (rdn) => {
    const { entries, end } = await readAll(
      await open(),
      queryOf({ baseDN: `${rdn},${SUFFIX}`, scope: 'one', attributes: ['uid', 'entryDN'] }),
    );
    expect(end).toEqual({ complete: true });
    expect(entries).toHaveLength(1);
    // OpenLDAP writes the same DN here, and that is what arrived: nothing on the way re-escaped it.
    expect(textsOf(entries[0], 'entrydn')).toEqual([entries[0]?.dn]);
    const again = await readAll(await open(), queryOf({ baseDN: entries[0]?.dn ?? '', scope: 'base' }));
    expect(again.entries).toHaveLength(1);
  });

  it.each([
    ['ou=a\\, b\\\\c', 'ou=a\\2C b\\5Cc'],
    ['OU = a\\2c b\\5cc', 'ou=a\\2C b\\5Cc'],
    ['description=y+ou=x', 'ou=x+description=y'],
  ])('reaches the base %s written another way', async (rdn) => {
    const { entries } = await readAll(await open(), queryOf({ baseDN: `${rdn},${SUFFIX}`, scope: 'base' }));
    expect(entries).toHaveLength(1);
  });

  it.each<[string, RegExp, RegExp]>([
    [`ou=nowhere,${SUFFIX}`, /no entry "ou=nowhere/, /LDAP_BaseDN/],
    ['dc=other', /no entry|failed/, /LDAP_BaseDN/],
    ['not a dn', /invalid ?dn/i, /LDAP_BaseDN/],
  ])('under the base %s fails, and says what to correct', async (baseDN, text, remedy) => {
    const { error } = await readAll(await open(), queryOf({ baseDN, pageSize: 100 }));
    expect(error).toMatchObject({
      code: 'directory-search',
      message: expect.stringMatching(text),
      remedy: expect.stringMatching(remedy),
    });
  });

  it('an account without rights is told about them', async () => {
    const { entries, error } = await readAll(
      await open(slapd.port, { dn: `cn=blind,${SUFFIX}`, password: 'blind' }),
      people,
    );
    expect(entries).toEqual([]);
    expect(error).toMatchObject({
      code: 'directory-search',
      remedy: expect.stringContaining('LDAP_Authentication_UserDN'),
    });
  });

  describe('that is limited', () => {
    it.each([0, 100])('by the client: the limit counts over all pages (page size %i)', async (pageSize) => {
      const { entries, end } = await readAll(await open(), { ...people, pageSize, sizeLimit: 250 });
      expect(entries).toHaveLength(250);
      expect(end).toMatchObject({ complete: false, reason: 'size-limit' });
    });

    it('by the client, at exactly the number of entries there are, is complete', async () => {
      const { entries, end } = await readAll(await open(), {
        ...people,
        filter: parseSearchFilter('(uid=person1*9)'),
        sizeLimit: 111,
      });
      expect(entries).toHaveLength(111);
      expect(end).toEqual({ complete: true });
    });

    it.each([0, 100])('by the server is incomplete, and keeps what came (page size %i)', async (pageSize) => {
      const { entries, end } = await readAll(await open(slapd.port, { dn: LIMITED, password: 'limited' }), {
        ...people,
        pageSize,
      });
      expect(entries).toHaveLength(300);
      expect(end).toMatchObject({
        complete: false,
        reason: 'size-limit',
        remedy: expect.stringContaining('size limit of the service account'),
      });
    });

    it('by the server over all pages is incomplete too', async () => {
      const { entries, end } = await readAll(await open(slapd.port, { dn: PAGED, password: 'paged' }), {
        ...people,
        pageSize: 100,
      });
      expect(entries).toHaveLength(300);
      expect(end).toMatchObject({ complete: false, reason: 'size-limit' });
    });
  });

  describe('that is disturbed', () => {
    it('by a cut after some pages keeps them, and is lost', async () => {
      const proxy = await through({ cutAfterBytes: 60_000 });
      const { entries, error, end } = await readAll(await open(proxy.port), { ...people, pageSize: 100 });
      expect(entries.length).toBeGreaterThanOrEqual(300);
      expect(entries.length).toBeLessThan(COUNT);
      expect(error).toMatchObject({ code: 'directory-lost' });
      expect(end).toBeUndefined();
    });

    it.each([0, 100])('by a stall keeps what came, and times out (page size %i)', async (pageSize) => {
      const proxy = await through({ stallAfterBytes: 60_000 });
      const opened = await open(proxy.port, undefined, { operationTimeoutMs: 2_000 });
      const { entries, error } = await readAll(opened, { ...people, pageSize });
      expect(entries.length).toBeGreaterThanOrEqual(300);
      expect(entries.length).toBeLessThan(COUNT);
      expect(error).toMatchObject({ code: 'directory-timeout' });
    });

    it('by its signal ends at once, even with pages that are there', async () => {
      const controller = new AbortController();
      const proxy = await through();
      const pages = (await open(proxy.port)).sweep(people, controller.signal);
      await pages.next();
      await settled(() => proxy.received());
      controller.abort();
      expect(await failureOf(pages.next())).toMatchObject({ code: 'run-stopped' });
    });

    it('by close() while it waits is ended, not forgotten', async () => {
      const proxy = await through({ stallAfterBytes: 60_000 });
      const opened = await open(proxy.port);
      const reading = readAll(opened, { ...people, pageSize: 100 });
      while (proxy.received() < 60_000) await new Promise((resolve) => setTimeout(resolve, 5));
      opened.close();
      const { error, end } = await reading;
      expect(error).toMatchObject({ code: 'run-stopped' });
      expect(end).toBeUndefined();
    });

    it('by a consumer who leaves asks for nothing more and hangs up', async () => {
      const proxy = await through();
      for await (const page of (await open(proxy.port)).sweep({ ...people, pageSize: 100 })) {
        expect(page.length).toBeGreaterThan(0);
        break;
      }
      while (proxy.openConnections() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(proxy.received()).toBeLessThan(100_000);
    });
  });

  it('waits for a slow consumer: no more than a page or two is read ahead', async () => {
    const proxy = await through();
    const pages = (await open(proxy.port)).sweep({ ...people, pageSize: 100 });
    await pages.next();
    await settled(() => proxy.received());
    const early = proxy.received();
    const whole = await readRest(pages);
    expect(whole).toHaveLength(COUNT + 1 - 100);
    expect(early * 5).toBeLessThan(proxy.received());
  });
});

describeWithSlapd('a sweep without pages', () => {
  const PHOTO = Buffer.alloc(60_000, 7);
  const MANY = 1_500;
  /** Longer than a busy server needs for the next bytes. */
  const SILENCE_MS = 2_000;
  let slapd: Slapd;
  let directory: Directory | undefined;

  beforeAll(async () => {
    const ldif = toOrganisation(
      Array.from({ length: MANY }, (_, index) => toPersonLdif(`p${index}`, { jpegPhoto: PHOTO })),
    );
    slapd = await startSlapd({ suffix: SUFFIX, ldif });
  });
  afterEach(() => directory?.close());
  afterAll(() => slapd.stop());

  it('waits for a slow consumer too: the socket is not read, and waiting is not silence', async () => {
    const sockets: Socket[] = [];
    const notice = (message: unknown): void => void sockets.push((message as { socket: Socket }).socket);
    subscribe('net.client.socket', notice);
    directory = await openLdapDirectory(addressOf({ port: slapd.port, operationTimeoutMs: SILENCE_MS }));
    unsubscribe('net.client.socket', notice);
    const pages = directory.sweep(
      queryOf({ filter: parseSearchFilter('(uid=p*)'), attributes: ['jpegPhoto'] }),
    );
    const first = await pages.next();
    // What we have read: how much the kernel keeps for us is the machine's affair.
    const read = () => sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
    await settled(read);
    expect(read()).toBeGreaterThan(PHOTO.length);
    expect(read()).toBeLessThan(MANY * PHOTO.length * 0.7);
    // Longer than the server may be silent: but it is not the server that makes us wait.
    await new Promise((resolve) => setTimeout(resolve, 1.5 * SILENCE_MS));
    const rest = await readRest(pages);
    expect(rest.length + (first.value as readonly DirectoryEntry[]).length).toBe(MANY);
    // Nor is a connection that has nothing to do.
    await new Promise((resolve) => setTimeout(resolve, 1.5 * SILENCE_MS));
    expect((await readAll(directory, queryOf({ scope: 'base' }))).end).toEqual({ complete: true });
  });
});

async function readRest(
  pages: AsyncGenerator<readonly DirectoryEntry[], unknown, undefined>,
): Promise<DirectoryEntry[]> {
  const entries: DirectoryEntry[] = [];
  for await (const page of pages) entries.push(...page);
  return entries;
}

/** Resolves when a number has grown, and has stopped growing for so long that a busy machine is no reason. */
async function settled(read: () => number): Promise<void> {
  for (let still = 0; still < 5;) {
    const before = read();
    await new Promise((resolve) => setTimeout(resolve, 200));
    still = before > 0 && read() === before ? still + 1 : 0;
  }
}

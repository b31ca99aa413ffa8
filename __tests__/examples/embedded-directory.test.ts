import { TWIN } from '../../examples/embedded-directory/awkward-people.js';
import {
  startEmbeddedDirectory,
  type EmbeddedDirectory,
} from '../../examples/embedded-directory/start-embedded-directory.js';
import type { Directory, DirectoryEntry, SearchQuery, SweepEnd } from '../../lib/directory/directory.js';
import { openLdapDirectory } from '../../lib/directory/ldap/ldap-directory.js';
import { parseSearchFilter } from '../../lib/directory/filter/parse-search-filter.js';
import { isLdapsearchInstalled, ldapsearch } from '../setup/ldapsearch.js';

let directory: EmbeddedDirectory;
let client: Directory;

beforeAll(async () => {
  directory = await startEmbeddedDirectory();
});
afterAll(() => directory.stop());

beforeEach(async () => {
  client = await open(directory.bindPassword);
});
afterEach(() => client.close());

function open(password: string): Promise<Directory> {
  return openLdapDirectory({
    host: directory.host,
    port: directory.port,
    encryption: 'plain',
    caCertificates: [],
    rejectUnauthorized: true,
    bind: { dn: directory.bindDN, password },
    connectTimeoutMs: 60_000,
    operationTimeoutMs: 60_000,
  });
}

async function search(
  filter: string,
  options: Partial<SearchQuery> = {},
): Promise<{ entries: DirectoryEntry[]; pages: number[]; end: SweepEnd }> {
  const query = {
    baseDN: directory.baseDN,
    scope: 'sub',
    attributes: ['uid'],
    pageSize: 0,
    sizeLimit: 0,
    ...options,
  } as const;
  const pages = client.sweep({ ...query, filter: parseSearchFilter(filter) });
  const read: (readonly DirectoryEntry[])[] = [];
  for (;;) {
    const page = await pages.next();
    if (page.done) return { entries: read.flat(), pages: read.map(({ length }) => length), end: page.value };
    read.push(page.value);
  }
}

async function findUids(filter: string): Promise<string[]> {
  return (await search(filter)).entries.map(
    (entry) => entry.attributes.get('uid')?.values[0]?.toString() ?? entry.dn,
  );
}

describe('the embedded directory', () => {
  it('answers in pages, with cookies, and every entry comes once', async () => {
    const { entries, pages, end } = await search('(uid=*)', { pageSize: 10 });
    expect(end).toEqual({ complete: true });
    expect(pages.slice(0, -1).every((length) => length === 10)).toBe(true);
    expect(new Set(entries.map(({ dn }) => dn)).size).toBe(directory.people.list().length);
    expect(entries).toHaveLength(directory.people.list().length);
  });

  it('says when a size limit has cut the answer off', async () => {
    const { entries, end } = await search('(uid=*)', { sizeLimit: 7 });
    expect(entries).toHaveLength(7);
    expect(end).toMatchObject({ complete: false, reason: 'size-limit' });
  });

  it.each([
    ['(uid=ADA.LOVELACE)', ['ada.lovelace']],
    ['(displayName=søren ødegård)', ['soren.odegard']],
    ['(displayName=山田*)', ['taro.yamada']],
    ['(displayName=*\\c3\\bcller)', ['zoe.muller']],
    ['(&(ou=finance)(uid=*)(!(title=HEAD*)))', ['ngozi.adeyemi', 'hanna.virtanen']],
    ['(uid=\\2a\\2a\\2a)', ['***']],
    ['(&(objectClass=inetOrgPerson)(!(mail=*))(uid=*))', ['nomi.postless']],
    ['(uid=*.hopper)', ['grace.hopper']],
  ])('%s finds %j, whatever the case and the script', async (filter, expected) => {
    expect(await findUids(filter)).toEqual(expected);
  });

  it('sends a DN, and the bytes of a photo, as they are', async () => {
    const { entries } = await search('(|(uid=otto.odd)(uid=ada.lovelace))', { attributes: ['jpegPhoto'] });
    expect(entries.map(({ dn }) => dn)).toContain(
      'cn=a\\, b\\\\c+uid=otto.odd,ou=Support,ou=people,dc=example,dc=org',
    );
    const photos = entries.flatMap(({ attributes }) => attributes.get('jpegphoto')?.values ?? []);
    expect(photos).toEqual([directory.people.get('ada.lovelace').photo]);
  });

  it('keeps the id of a person who is renamed and moved', async () => {
    const own = await startEmbeddedDirectory();
    const before = own.people.get('zoe.muller');
    own.people.rename('zoe.muller', { uid: 'zoe.schmidt', sn: 'Schmidt' });
    own.people.move('zoe.schmidt', 'Design');
    expect(own.people.get('zoe.schmidt')).toMatchObject({ unit: 'Design', entryUUID: before.entryUUID });
    expect(() => own.people.get('zoe.muller')).toThrow('nobody with the uid zoe.muller');
    own.people.add(TWIN);
    expect(own.people.get('ada.lovelace').entryUUID).toBe(own.people.get('ada.twin').entryUUID);
    await own.stop();
  });

  it('has pictures that all differ, and every awkward kind of entry', () => {
    const people = directory.people.list();
    const photos = people.flatMap(({ photo }) => (photo ? [photo.toString('base64')] : []));
    expect(photos.length).toBeGreaterThan(25);
    expect(new Set(photos).size).toBe(photos.length);
    expect(people.some(({ disabled }) => disabled)).toBe(true);
    expect(people.flatMap(({ extra = [] }) => extra.map(([name]) => name))).toContain('__proto__');
  });

  it('refuses a wrong password', async () => {
    await expect(open('wrong')).rejects.toMatchObject({ code: 'directory-bind' });
  });
});

(isLdapsearchInstalled() ? describe : describe.skip)('the embedded directory, asked by ldapsearch', () => {
  const bind = (): string[] => ['-H', directory.url, '-D', directory.bindDN, '-w', directory.bindPassword];

  it('answers a wrong password with 49, an anonymous search with 50, an unknown base with 32', async () => {
    const { url, bindDN, baseDN } = directory;
    expect((await ldapsearch(['-H', url, '-D', bindDN, '-w', 'wrong', '-b', baseDN])).code).toBe(49);
    expect((await ldapsearch(['-H', url, '-b', baseDN])).code).toBe(50);
    expect((await ldapsearch([...bind(), '-b', 'ou=nowhere,dc=example,dc=org'])).code).toBe(32);
  });

  it('shows the root DSE to anybody', async () => {
    const { text } = await ldapsearch(['-H', directory.url, '-s', 'base', '-b', '', '+']);
    expect(text).toContain('supportedControl: 1.2.840.113556.1.4.319\n');
  });

  it('sends operational attributes only when asked, names in any case, and none for 1.1', async () => {
    const ask = async (...attributes: string[]): Promise<string[]> => {
      const { text } = await ldapsearch([
        ...bind(),
        '-b',
        directory.baseDN,
        '(uid=ada.lovelace)',
        ...attributes,
      ]);
      return text
        .split('\n')
        .flatMap((line) => /^([^: ]+):/.exec(line)?.[1] ?? [])
        .filter((name) => name !== 'dn');
    };
    expect(await ask('MAIL', 'entryuuid')).toEqual(['mail', 'entryUUID']);
    expect(await ask('*')).not.toContain('entryUUID');
    expect(await ask('+')).toEqual(['entryUUID', 'modifyTimestamp', 'entryDN']);
    expect(await ask('1.1')).toEqual([]);
  });

  it.each([
    ['base', 1],
    ['one', 6],
  ])('scope %s below the people finds %d entries', async (scope, count) => {
    const { text } = await ldapsearch([...bind(), '-b', directory.baseDN, '-s', scope, '1.1']);
    expect(text.match(/^dn:/gm)).toHaveLength(count);
  });

  it('goes on with a page where it stopped', async () => {
    const { text } = await ldapsearch([
      ...bind(),
      '-b',
      directory.baseDN,
      '-E',
      'pr=7/noprompt',
      '(uid=*)',
      '1.1',
    ]);
    expect(text.match(/^dn:/gm)).toHaveLength(directory.people.list().length);
  });

  it('counts a size limit over all pages, and says 4 when it has cut something off', async () => {
    const ask = (...options: string[]) =>
      ldapsearch([...bind(), '-b', directory.baseDN, ...options, '(uid=*)', '1.1']);
    for (const options of [
      ['-z', '5'],
      ['-z', '5', '-E', 'pr=3/noprompt'],
    ]) {
      const { code, text } = await ask(...options);
      expect([code, text.match(/^dn:/gm)?.length]).toEqual([4, 5]);
    }
    expect((await ask('-z', String(directory.people.list().length))).code).toBe(0);
  });

  it('has groups whose members are the DNs of the people', async () => {
    const { text } = await ldapsearch([...bind(), '-b', directory.suffix, '(cn=leads)', 'member']);
    expect(text).toContain('member: uid=ada.lovelace,ou=Engineering,ou=people,dc=example,dc=org\n');
  });
});

import {
  allOf,
  anyOf,
  equals,
  present,
  type SearchFilter,
} from '../../../lib/directory/filter/search-filter.js';
import { openLdapDirectory } from '../../../lib/directory/ldap/ldap-directory.js';
import { parseSearchFilter } from '../../../lib/directory/filter/parse-search-filter.js';
import { startSlapd, type Slapd } from '../../../dev/slapd.js';
import type { Directory } from '../../../lib/directory/directory.js';
import { SUFFIX, toOrganisation, toPersonLdif } from '../../setup/organisation.js';
import { describeWithSlapd } from '../../setup/slapd.js';
import { addressOf, queryOf, readAll, textsOf } from '../sweeps.js';

const BYTES = Buffer.from('00ff80c32a28295c', 'hex');

/** Raw bytes that are no secret; OpenLDAP's own schema has none that can be searched by. */
const BADGES = [
  "attributetype ( 1.3.6.1.4.1.4203.666.99.1 NAME 'badgeKey'",
  '  EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )',
].join('\n');

const PEOPLE = [
  toPersonLdif('star', { cn: 'a*b' }),
  toPersonLdif('plain', { cn: 'axb' }),
  toPersonLdif('backslash', { cn: 'a\\b' }),
  toPersonLdif('parens', { cn: 'a(b)c' }),
  toPersonLdif('umlaut', { cn: 'Jürgen Müller' }),
  toPersonLdif('kanji', { cn: '山田 太郎' }),
  toPersonLdif('bytes', { cn: 'Bytes', jpegPhoto: BYTES, badgeKey: BYTES }).replace(
    'objectClass: inetOrgPerson',
    'objectClass: inetOrgPerson\nobjectClass: extensibleObject',
  ),
  toPersonLdif('number', { cn: 'Number', employeeNumber: '42', 'title;lang-de': 'Chefin' }),
];

describeWithSlapd('a filter on the wire', () => {
  let slapd: Slapd;
  let directory: Directory;

  beforeAll(async () => {
    slapd = await startSlapd({
      suffix: SUFFIX,
      ldif: toOrganisation(PEOPLE),
      globalConfig: BADGES,
    });
    directory = await openLdapDirectory(
      addressOf({ port: slapd.port, bind: { dn: slapd.rootDN, password: slapd.rootPassword } }),
    );
  });
  afterAll(async () => {
    directory.close();
    await slapd.stop();
  });

  async function find(filter: SearchFilter): Promise<string[]> {
    const { entries, end } = await readAll(
      directory,
      queryOf({ filter: allOf([present('uid'), filter]), attributes: ['uid'] }),
    );
    expect(end).toEqual({ complete: true });
    return entries.flatMap((entry) => textsOf(entry, 'uid')).sort();
  }

  it.each<[string, string[]]>([
    ['(cn=a\\2ab)', ['star']],
    ['(cn=a*b)', ['backslash', 'plain', 'star']],
    ['(cn=a\\2a*)', ['star']],
    ['(cn=*\\2a*)', ['star']],
    ['(cn=a\\5cb)', ['backslash']],
    ['(cn=*\\5c*)', ['backslash']],
    ['(cn=a\\28b\\29c)', ['parens']],
    ['(cn=*\\28*\\29*)', ['parens']],
    ['(cn=Jürgen Müller)', ['umlaut']],
    ['(cn=Jü*)', ['umlaut']],
    ['(cn=*ü*ü*ler)', ['umlaut']],
    ['(cn=J\\c3\\bcrgen*)', ['umlaut']],
    ['(cn=山*郎)', ['kanji']],
    ['(cn=山田 太郎)', ['kanji']],
    ['(employeeNumber=42)', ['number']],
    ['(title;lang-de=chefin)', ['number']],
    ['(uid>=umlaut)', []],
    ['(cn~=Number)', ['number']],
    ['(uid:caseExactMatch:=Star)', []],
    ['(uid:caseExactMatch:=star)', ['star']],
    ['(:caseExactMatch:=Number)', ['number']],
    ['(&(ou:dn:=people)(employeeNumber=42))', ['number']],
    ['(&(cn=a*)(!(cn=*b)))', ['parens']],
    ['(&(|(uid=star)(uid=plain))(!(|(uid=plain)(uid=kanji))))', ['star']],
    ['(&(uid=star)(|))', []],
    ['(&(uid=star)(&))', ['star']],
    ['(badgeKey=\\00\\ff\\80\\c3\\2a\\28\\29\\5c)', ['bytes']],
  ])('%s finds %j', async (text, uids) => {
    expect(await find(parseSearchFilter(text))).toEqual(uids);
  });

  it('may be ordered: greaterOrEqual and lessOrEqual are told apart', async () => {
    const ordered = (comparison: string): SearchFilter =>
      parseSearchFilter(`(&(uid=star)(createTimestamp${comparison}20200101000000Z))`);
    expect(await find(ordered('>='))).toEqual(['star']);
    expect(await find(ordered('<='))).toEqual([]);
  });

  it('finds raw bytes, the way an objectGUID is looked up', async () => {
    expect(await find(equals('badgeKey', BYTES))).toEqual(['bytes']);
    expect(await find(equals('badgeKey', Buffer.from(BYTES.toString())))).toEqual([]);
  });

  it('takes a value for a value, whatever it looks like', async () => {
    expect(await find(equals('cn', '*'))).toEqual([]);
    expect(await find(equals('cn', 'a*b'))).toEqual(['star']);
    expect(await find(equals('uid', 'star)(uid=*'))).toEqual([]);
    expect(await find(equals('uid', 'x'.repeat(70_000)))).toEqual([]);
  });

  it('may be wide', async () => {
    const filter = anyOf(
      Array.from({ length: 3_000 }, (_, index) => equals('uid', `nobody${index}`)).concat(
        equals('uid', 'star'),
      ),
    );
    expect(await find(filter)).toEqual(['star']);
  });
});

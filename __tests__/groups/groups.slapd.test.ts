import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { Directory } from '../../lib/directory/directory.js';
import { openLdapDirectory } from '../../lib/directory/ldap/ldap-directory.js';
import type { GroupPerson } from '../../lib/directory/groups.js';
import { ONCE_BY_DEFAULT } from '../../lib/groups/group-strategy.js';
import { countSearches } from '../setup/count-searches.js';
import { readGroupsOf, toQuestion } from '../setup/group-directory.js';
import { GROUPS_LDIF, POSIX_SCHEMA, toGroupDN, toGroupLdif, toPersonDN } from '../setup/group-ldif.js';
import { SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { startTcpProxy, type TcpProxy } from '../setup/tcp-proxy.js';

const BASE = `ou=groups,${SUFFIX}`;
const toMember = (uid: string): GroupPerson => ({ dn: toPersonDN(uid).toUpperCase(), usernames: [uid] });

describeWithSlapd('groups of an OpenLDAP', () => {
  let slapd: Slapd;
  let proxy: TcpProxy;
  let directory: Directory;

  async function open(groups: readonly string[], people = 3, config = {}): Promise<void> {
    const ldif = toOrganisation([...toPeople(people), GROUPS_LDIF, ...groups]);
    slapd = await startSlapd({ suffix: SUFFIX, ldif, globalConfig: POSIX_SCHEMA, ...config });
    proxy = await startTcpProxy({ targetPort: slapd.port });
    directory = await openLdapDirectory({
      host: '127.0.0.1',
      port: proxy.port,
      encryption: 'plain',
      caCertificates: [],
      rejectUnauthorized: true,
      bind: { dn: slapd.rootDN, password: slapd.rootPassword },
      connectTimeoutMs: 10_000,
      operationTimeoutMs: 60_000,
    });
  }

  afterEach(async () => {
    directory.close();
    await proxy.close();
    await slapd.stop();
  });

  /** What the groups say of `person0` and `person1`. */
  async function ask(filter: string, groups: readonly string[], options = {}): Promise<readonly string[][]> {
    const question = toQuestion(filter, groups, { baseDN: BASE, ...options });
    const memberships = await readGroupsOf(directory, [question], { pageSize: 250 });
    const answers = await memberships.ask(question, [toMember('person0'), toMember('person1')]);
    return answers.map((of) => groups.map(of));
  }

  it('of RFC 2307 list names, those of its revision DNs', async () => {
    await open([
      toGroupLdif('posix', ['posixGroup'], { gidNumber: ['1'], memberUid: ['person0'] }),
      toGroupLdif('bis', ['groupOfNames', 'posixGroupBis'], {
        gidNumber: ['2'],
        member: [toPersonDN('person1')],
      }),
      toGroupLdif('nobody', ['posixGroup'], { gidNumber: ['3'] }),
    ]);
    expect(await ask('(&(cn=#{groupName})(memberUid=#{username}))', ['posix', 'nobody', 'gone'])).toEqual([
      ['member', 'unknown', 'unknown'],
      ['not-member', 'unknown', 'unknown'],
    ]);
    expect(await ask('(&(objectClass=groupOfNames)(cn=#{groupName})(member=#{userdn}))', ['bis'])).toEqual([
      ['not-member'],
      ['member'],
    ]);
    expect(
      await ask('(|(memberUid=#{username})(member=#{userdn}))', ['posix', 'bis'], {
        strategy: ONCE_BY_DEFAULT,
      }),
    ).toEqual([
      ['member', 'not-member'],
      ['not-member', 'member'],
    ]);
  });

  it('are followed within each other, in circles, wherever they are', async () => {
    await open([
      toGroupLdif('outer', ['groupOfNames'], { member: [toGroupDN('inner')] }),
      toGroupLdif('inner', ['groupOfNames'], { member: [toGroupDN('outer'), toPersonDN('person0')] }),
    ]);
    expect(
      await ask('(&(cn=#{groupName})(member:1.2.840.113556.1.4.1941:=#{userdn}))', ['outer', 'inner']),
    ).toEqual([
      ['member', 'member'],
      ['not-member', 'not-member'],
    ]);
  });

  it('that write memberOf are found through the people', async () => {
    await open([], 3, {
      globalConfig: `${POSIX_SCHEMA}\nmoduleload memberof`,
      databaseConfig: 'overlay memberof',
    });
    slapd.modify(
      `dn: ${toGroupDN('staff')}\nchangetype: add\nobjectClass: groupOfNames\ncn: staff\nmember: ${toPersonDN('person1')}\n`,
    );
    const filter = `(&(objectClass=inetOrgPerson)(uid=#{username})(memberOf=cn=#{groupName},${BASE}))`;
    expect(await ask(filter, ['staff', 'gone'], { baseDN: SUFFIX })).toEqual([
      ['not-member', 'unknown'],
      ['member', 'unknown'],
    ]);
  });

  it('of a base that is not there say nothing, and the problem says so', async () => {
    await open([]);
    const question = toQuestion('(&(cn=#{groupName})(member=#{userdn}))', ['a', 'b'], {
      baseDN: `ou=none,${SUFFIX}`,
    });
    const memberships = await readGroupsOf(directory, [question], { pageSize: 250 });
    expect((await memberships.ask(question, [toMember('person0')])).map((of) => of('a'))).toEqual([
      'unknown',
    ]);
    expect(memberships.problems()).toMatchObject([
      { setting: 'THE_BASE', message: expect.stringContaining('read') },
    ]);
  });

  it('are read with a handful of requests: 120 groups, two features, 2,000 people', async () => {
    const names = Array.from({ length: 120 }, (_, index) => `g${index}`);
    const groups = names.map((name, index) =>
      toGroupLdif(name, ['groupOfNames', 'posixGroupBis'], {
        gidNumber: [String(index)],
        member: Array.from({ length: 20 }, (_, at) => toPersonDN(`person${(index * 17 + at) % 2_000}`)),
        memberUid: ['person0'],
      }),
    );
    await open(groups, 2_000);
    const roles = toQuestion('(&(cn=#{groupName})(member=#{userdn}))', names, { baseDN: BASE });
    const channels = toQuestion('(&(cn=#{groupName})(memberUid=#{username}))', names, { baseDN: BASE });
    const before = countSearches(proxy.sent());
    const memberships = await readGroupsOf(directory, [roles, channels], { pageSize: 250 });
    const people = Array.from({ length: 2_000 }, (_, index) => toMember(`person${index}`));
    let members = 0;
    for (const question of [roles, channels])
      for (const of of await memberships.ask(question, people))
        members += names.filter((name) => of(name) === 'member').length;
    expect(members).toBe(120 * 20 + 120);
    expect(countSearches(proxy.sent()) - before).toBe(2);
  });

  it('may have 100,000 members', async () => {
    const member = Array.from({ length: 100_000 }, (_, index) => toPersonDN(`person${index}`));
    await open([toGroupLdif('everybody', ['groupOfNames'], { member })]);
    const question = toQuestion('(&(cn=#{groupName})(member=#{userdn}))', ['everybody'], { baseDN: BASE });
    const memberships = await readGroupsOf(directory, [question], { pageSize: 250 });
    const people = ['person0', 'person99999', 'person100000'].map(toMember);
    const answers = await memberships.ask(question, people);
    expect(answers.map((of) => of('everybody'))).toEqual(['member', 'member', 'not-member']);
  });
});

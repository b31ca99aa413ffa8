import { startSlapd, type Slapd } from '../../dev/slapd.js';
import { openRecipeHost, recipeOf, type RecipeHost } from '../setup/recipes.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { toLdif } from '../setup/active-directory.js';

const SUFFIX = 'dc=example,dc=com';
const PEOPLE = `ou=people,${SUFFIX}`;
const GROUPS = `ou=groups,${SUFFIX}`;
const NAMES = ['ada', 'bob', 'cy'];

const LDIF = [
  toLdif(SUFFIX, { objectClass: ['dcObject', 'organization'], dc: 'example', o: 'Example' }),
  ...['people', 'groups', 'services'].map((ou) =>
    toLdif(`ou=${ou},${SUFFIX}`, { objectClass: 'organizationalUnit', ou }),
  ),
  ...NAMES.map((uid) =>
    toLdif(`uid=${uid},${PEOPLE}`, {
      ...{ objectClass: 'inetOrgPerson', uid, cn: uid, sn: uid, mail: `${uid}@example.com` },
      ...{ userPassword: 'theirs', employeeNumber: '7' },
    }),
  ),
].join('\n');

/** slapd.conf says in a line what an attribute of cn=config says. */
function toConfig(name: string): string {
  const lines = recipeOf(name).matchAll(/^(olcAccess|olcLimits): \{\d+\}(.*)$/gm);
  return [...lines]
    .map(([, kind, text]) => `${kind === 'olcAccess' ? 'access' : 'limits'} ${text}`)
    .join('\n');
}

/** As the page says of groups with names. */
const withMemberUid = (rules: string): string => rules.replace('cn,member,', 'cn,member,memberUid,');

function toGroups(): string {
  const member = (names: readonly string[]): readonly string[] => names.map((uid) => `uid=${uid},${PEOPLE}`);
  const groups = [
    toLdif(`cn=helpdesk,${GROUPS}`, {
      ...{ objectClass: 'groupOfNames', cn: 'helpdesk', member: member(['ada']) },
    }),
    toLdif(`cn=helpdesk+gidNumber=7,${GROUPS}`, {
      ...{ objectClass: 'posixGroup', cn: 'helpdesk', gidNumber: '7', memberUid: ['bob'] },
    }),
    toLdif(`cn=chat,${GROUPS}`, {
      ...{ objectClass: 'groupOfNames', cn: 'chat', member: member(['ada', 'bob']) },
    }),
  ];
  return groups.map((text) => text.replace('\n', '\nchangetype: add\n')).join('\n');
}

describeWithSlapd('the recipe of OpenLDAP', () => {
  let slapd: Slapd;
  let host: RecipeHost;

  beforeAll(async () => {
    slapd = await startSlapd({
      suffix: SUFFIX,
      ldif: LDIF,
      globalConfig: 'include /etc/ldap/schema/nis.schema\nmoduleload memberof\nsizelimit 2',
      databaseConfig: [
        toConfig('openldap-memberof-access.ldif'),
        withMemberUid(toConfig('openldap-access.ldif')),
        'access to attrs=userPassword by anonymous auth by * none',
        'access to * by * none',
        'overlay memberof',
      ].join('\n'),
    });
    slapd.modify(recipeOf('openldap-account.ldif'));
    slapd.modify(toGroups());
    host = await openRecipeHost();
    await host.database.connection.collection('rocketchat_roles').insertMany([
      { _id: 'user' as never, name: 'user', scope: 'Users' },
      { _id: 'support' as never, name: 'support', scope: 'Users' },
    ]);
    await host.save(recipeOf('openldap.json'), { host: '127.0.0.1', port: slapd.port });
  });
  afterAll(async () => {
    await host.close();
    await slapd.stop();
  });

  const supporters = async (): Promise<readonly unknown[]> =>
    host.database.connection.collection('users').distinct('username', { roles: 'support' });

  it('brings everybody with an account that may read no more than it says, and without a problem', async () => {
    expect(await host.sync()).toMatchObject({ state: 'completed', problems: [], counts: { created: 3 } });
    expect(await host.states()).toEqual({ ada: true, bob: true, cy: true });
  });

  it.each([
    ['openldap-rfc2307bis.json', ['ada']],
    ['openldap-rfc2307.json', ['ada', 'bob']],
  ])('gives roles by the groups of %s', async (name, expected) => {
    await host.save(recipeOf(name));
    expect(await host.sync()).toMatchObject({ state: 'completed', problems: [] });
    expect(await supporters()).toEqual(expected);
  });

  it('syncs the members of one group by the memberOf overlay, and switches off who is outside', async () => {
    await host.save(recipeOf('openldap-memberof.json'));
    expect(await host.sync()).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
    expect(await host.states()).toEqual({ ada: true, bob: true, cy: false });
  });
});

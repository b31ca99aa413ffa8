import { findNeeds } from '../../lib/suggest/find-needs.js';
import { toCommonPlace } from '../../lib/suggest/dn-places.js';
import { judgeFields } from '../../lib/suggest/judge-fields.js';
import { judgeGroups } from '../../lib/suggest/judge-groups.js';
import { judgePeople } from '../../lib/suggest/judge-people.js';
import { judgeServer } from '../../lib/suggest/judge-server.js';
import { findPeople } from '../../lib/suggest/people.js';
import { toSeen } from '../../lib/suggest/read-people.js';
import { toLikelyContexts } from '../../lib/suggest/read-root.js';
import type { SeenDirectory, SeenEntry, SeenRoot } from '../../lib/suggest/seen-directory.js';
import type { Proposed } from '../../lib/suggest/suggestion.js';
import { toSchemaNames } from '../../lib/survey/schema-names.js';
import { toEntry } from '../setup/entries.js';

type Attributes = Parameters<typeof toEntry>[1];

const PAGED = '1.2.840.113556.1.4.319';
const NOW = new Date('2026-11-28T00:00:00Z');

function person(dn: string, attributes: Attributes): SeenEntry {
  const entry = toEntry(dn, attributes);
  return toSeen(entry, new Set(entry.attributes.keys()));
}

function people(count: number, toAttributes: (number: number) => Attributes, base = 'ou=people,dc=x') {
  return Array.from({ length: count }, (_, number) => person(`uid=p${number},${base}`, toAttributes(number)));
}

function seenOf(
  entries: readonly SeenEntry[],
  changes: Partial<SeenDirectory> = {},
  isWhole = true,
): SeenDirectory {
  return {
    kind: 'openldap',
    root: {
      contexts: ['dc=x'],
      defaultContext: undefined,
      controls: new Set([PAGED]),
      extensions: new Set(),
    },
    contexts: [{ dn: 'dc=x', entries, isWhole }],
    groups: { groups: [], isMore: false, base: 'dc=x' },
    now: NOW,
    ...changes,
  };
}

function judge(seen: SeenDirectory): Readonly<Record<string, Proposed | undefined>> {
  const found = findPeople(seen);
  if (!found) return {};
  const all = [
    ...judgePeople(found, seen),
    ...judgeFields(found),
    ...judgeServer(found, seen),
    ...judgeGroups(seen),
  ];
  return Object.fromEntries(all.map((one) => [one.setting, one]));
}

const toValues = (
  judged: Readonly<Record<string, Proposed | undefined>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(judged).map(([setting, one]) => [setting, one?.value]));

const INET: Attributes = { objectClass: ['top', 'person', 'inetOrgPerson'] };
const toInet = (number: number): Attributes => ({
  ...INET,
  ...{ uid: `p${number}`, cn: `Person ${number}`, mail: `p${number}@x.org`, entryUUID: `u${number}` },
});

describe('what is proposed', () => {
  const AD: Attributes = {
    ...{ objectClass: ['top', 'person', 'organizationalPerson', 'user'], objectGUID: 'g', mail: 'a@x.org' },
    ...{ displayName: 'A', cn: 'A', userAccountControl: '512' },
  };

  it.each<[string, SeenDirectory, Readonly<Record<string, unknown>>]>([
    [
      'an Active Directory',
      seenOf(
        people(3, (number) => ({ ...AD, sAMAccountName: `p${number}` })),
        { kind: 'active-directory' },
      ),
      {
        LDAP_Server_Type: 'ad',
        LDAP_User_Search_Filter: '(&(objectCategory=person)(objectClass=user))',
        LDAP_AD_User_Search_Field: 'sAMAccountName',
        LDAP_AD_Username_Field: 'sAMAccountName',
        LDAP_AD_Name_Field: 'displayName',
        LDAP_AD_Email_Field: 'mail',
        LDAP_Unique_Identifier_Field: 'objectGUID',
        LDAP_Sync_User_Active_State: 'disable',
      },
    ],
    [
      'a FreeIPA, by the id that it gives itself',
      seenOf(
        people(3, (number) => ({ ...toInet(number), ipaUniqueID: `i${number}`, nsUniqueId: `n${number}` })),
        { kind: '389-ds' },
      ),
      { LDAP_Server_Type: '', LDAP_Unique_Identifier_Field: 'ipaUniqueID', LDAP_Username_Field: 'uid' },
    ],
    [
      'a 389-DS whose people have classes of its own',
      seenOf(
        people(2, (number) => ({
          ...toInet(number),
          objectClass: ['nsPerson', 'nsAccount', 'posixAccount'],
        })),
        { kind: '389-ds' },
      ),
      { LDAP_User_Search_Filter: '(objectClass=nsPerson)' },
    ],
    [
      'an eDirectory',
      seenOf(
        people(2, (number) => ({
          ...INET,
          cn: `p${number}`,
          mail: `p${number}@x.org`,
          GUID: 'g',
          loginDisabled: 'FALSE',
        })),
        { kind: 'edirectory' },
      ),
      {
        LDAP_Unique_Identifier_Field: 'GUID',
        LDAP_Username_Field: 'cn',
        LDAP_Sync_User_Active_State: 'disable',
      },
    ],
    [
      'a server that does not say who it is, with names of an Active Directory',
      seenOf(
        people(2, (number) => ({ ...INET, sAMAccountName: `p${number}`, mail: `p${number}@x.org` })),
        { kind: 'unknown' },
      ),
      { LDAP_Server_Type: 'ad', LDAP_AD_Username_Field: 'sAMAccountName' },
    ],
  ])('fits %s', (_, seen, expected) => {
    expect(toValues(judge(seen))).toMatchObject(expected);
  });

  it('is nothing for what nobody has', () => {
    const judged = judge(seenOf(people(2, () => INET)));
    for (const setting of [
      ...['LDAP_Email_Field', 'LDAP_Avatar_Field', 'LDAP_Unique_Identifier_Field', 'LDAP_Username_Field'],
      ...['LDAP_Sync_User_Active_State', 'LDAP_Active_State_Attributes', 'LDAP_Group_Filter_ObjectClass'],
    ])
      expect(judged[setting]).toBeUndefined();
    expect(judge(seenOf([]))).toEqual({});
  });

  it("is a name that is nobody else's: a shared one is doubtful, and another is taken", () => {
    const shared = people(4, (number) => ({ ...toInet(number), uid: number < 2 ? 'same' : `p${number}` }));
    const { LDAP_Username_Field: field } = judge(seenOf(shared));
    expect(field).toMatchObject({ value: 'cn' });
    expect(field?.others).toContainEqual({
      value: 'uid',
      because: expect.stringContaining('1 have one that'),
      seen: [
        { code: 'attribute-seen', params: { count: 4, people: 4, attribute: 'uid' } },
        { code: 'attribute-shared', params: { count: 1 } },
      ],
    });
  });

  it('is the attribute that most have where none is of everybody, and then less sure', () => {
    const some = people(4, (number) => (number === 0 ? { ...INET, mail: 'a@x.org' } : toInet(number)));
    expect(judge(seenOf(some)).LDAP_Unique_Identifier_Field).toMatchObject({
      value: 'entryUUID',
      confidence: 'medium',
    });
  });

  it('is a list of two names where not everybody has the better one', () => {
    const some = people(3, (number) => (number === 0 ? { ...toInet(0), displayName: 'P' } : toInet(number)));
    expect(judge(seenOf(some)).LDAP_Name_Field?.value).toBe('displayName,cn');
  });

  it('is no attribute without addresses for addresses', () => {
    const bare = people(2, (number) => ({ ...toInet(number), mail: 'none' }));
    expect(judge(seenOf(bare)).LDAP_Email_Field).toBeUndefined();
  });

  it('is the deepest common place as a base only where everybody was seen', () => {
    const own = people(3, toInet);
    expect(judge(seenOf(own)).LDAP_BaseDN).toMatchObject({ value: 'ou=people,dc=x', confidence: 'high' });
    const part = judge(seenOf(own, {}, false)).LDAP_BaseDN;
    expect(part).toMatchObject({ value: 'dc=x', confidence: 'medium' });
    expect(part?.others?.[0]?.value).toBe('ou=people,dc=x');
  });

  it('is the part of the directory with most people, and the others are listed', () => {
    const contexts = [
      { dn: 'dc=few', entries: people(1, toInet, 'dc=few'), isWhole: true },
      { dn: 'dc=many', entries: people(3, toInet, 'ou=a,dc=many'), isWhole: true },
    ];
    const { LDAP_BaseDN: base } = judge(seenOf([], { contexts }));
    expect(base?.value).toBe('ou=a,dc=many');
    expect(base?.others?.map(({ value }) => value)).toEqual(['dc=many', 'dc=few']);
  });

  it('leaves entries of another class out: those without an address are no people', () => {
    const services = Array.from({ length: 5 }, (_, number) =>
      person(`cn=svc${number},dc=x`, { objectClass: ['account', 'posixAccount'], uid: `svc${number}` }),
    );
    expect(judge(seenOf([...services, ...people(2, toInet)])).LDAP_User_Search_Filter?.value).toBe(
      '(objectClass=inetOrgPerson)',
    );
  });

  it('counts expired accounts as disabled only where some are, and is not sure of it', () => {
    const later = '30999';
    const expired = people(3, (number) => ({ ...toInet(number), shadowExpire: number === 0 ? '1' : later }));
    expect(judge(seenOf(expired)).LDAP_Active_State_Attributes).toMatchObject({
      value: 'shadowExpire',
      confidence: 'low',
    });
    const future = people(3, (number) => ({ ...toInet(number), shadowExpire: '99999' }));
    expect(judge(seenOf(future)).LDAP_Active_State_Attributes).toBeUndefined();
  });

  it.each<[string, SeenRoot | undefined, unknown]>([
    [
      'can send pages',
      { contexts: [], defaultContext: undefined, controls: new Set([PAGED]), extensions: new Set() },
      1_000,
    ],
    [
      'cannot',
      { contexts: [], defaultContext: undefined, controls: new Set(['1.2.3']), extensions: new Set() },
      0,
    ],
    [
      'does not say',
      { contexts: [], defaultContext: undefined, controls: new Set(), extensions: new Set() },
      undefined,
    ],
    ['hides its root entry', undefined, undefined],
  ])('fits a server that %s', (_, root, expected) => {
    expect(judge(seenOf(people(1, toInet), { root })).LDAP_Search_Page_Size?.value).toBe(expected);
  });

  it('of groups is how most of them list their members', () => {
    const toGroup = (name: string, attribute: 'memberUid' | 'member') => ({
      dn: `cn=${name},ou=groups,dc=x`,
      classes: new Set(['posixgroup']),
      members: new Map([[attribute, 2]]),
      ...{ isMore: false, isNested: false, isDynamic: false },
    });
    const groups = [toGroup('a', 'memberUid'), toGroup('b', 'memberUid'), toGroup('c', 'member')];
    const judged = judge(seenOf(people(1, toInet), { groups: { groups, isMore: false, base: 'dc=x' } }));
    expect(toValues(judged)).toMatchObject({
      LDAP_Group_Filter_ObjectClass: 'posixGroup',
      LDAP_Group_Filter_Group_Member_Format: '#{username}',
      LDAP_Sync_User_Data_Roles_Filter: '(&(cn=#{groupName})(memberUid=#{username}))',
      LDAP_Sync_User_Data_Roles_BaseDN: 'ou=groups,dc=x',
    });
  });
});

describe('the parts of a directory that are looked through', () => {
  const toRoot = (contexts: readonly string[], defaultContext?: string): SeenRoot => ({
    contexts,
    defaultContext,
    controls: new Set(),
    extensions: new Set(),
  });

  it('are those of people, the usual one first, and eight at most', () => {
    const ad = [
      'DC=x',
      'CN=Configuration,DC=x',
      'CN=Schema,CN=Configuration,DC=x',
      'DC=DomainDnsZones,DC=x',
      'DC=y',
    ];
    expect(toLikelyContexts(toRoot(ad, 'DC=y'), '')).toEqual(['DC=y', 'DC=x']);
    const own = ['o=ipaca', 'cn=changelog', 'cn=config', 'o=NetscapeRoot', 'dc=x'];
    expect(toLikelyContexts(toRoot(own), '')).toEqual(['dc=x']);
    const thousands = Array.from({ length: 5_000 }, (_, number) => `dc=c${number}`);
    expect(toLikelyContexts(toRoot(thousands), '')).toHaveLength(8);
  });

  it('are the base of the settings where the server names none', () => {
    expect(toLikelyContexts(undefined, 'dc=mine')).toEqual(['dc=mine']);
    expect(toLikelyContexts(undefined, 'no dn')).toEqual([]);
  });
});

describe('what has to be given', () => {
  it.each<[string, Parameters<typeof findNeeds>, string | undefined]>([
    ['an account where nobody has signed in', [seenOf([]), undefined, true], 'LDAP_Authentication'],
    ['rights where somebody has', [seenOf([]), undefined, false], 'LDAP_Authentication_UserDN'],
    ['a base where there is none', [{ root: undefined, contexts: [] }, undefined, true], 'LDAP_BaseDN'],
    [
      'addresses where nobody has one',
      [seenOf([]), findPeople(seenOf(people(1, () => ({ ...INET, uid: 'a' })))), false],
      'LDAP_Default_Domain',
    ],
    ['nothing where people are', [seenOf([]), findPeople(seenOf(people(1, toInet))), true], undefined],
  ])('is %s', (_, [seen, found, isAnonymous], setting) => {
    expect(findNeeds(seen, found, isAnonymous)[0]?.setting).toBe(setting);
  });
});

describe('the common place of DNs', () => {
  it.each<[string, readonly string[], string, string | undefined]>([
    ['nobody', [], 'dc=x', undefined],
    ['one', ['cn=a,ou=p,dc=x'], 'dc=x', 'ou=p,dc=x'],
    ['an escaped comma', ['cn=M\\, J,ou=p,dc=x', 'cn=b,OU=P,dc=x'], 'dc=x', 'ou=p,dc=x'],
    ['two places', ['cn=a,ou=p,dc=x', 'cn=b,ou=q,dc=x'], 'dc=x', 'dc=x'],
    ['above the top', ['cn=a,dc=x', 'cn=b,dc=y'], 'dc=x', undefined],
  ])('of %s', (_, dns, top, expected) => {
    expect(toCommonPlace(dns, top)).toBe(expected);
  });
});

describe('the names in a definition of the schema', () => {
  it.each<[string, readonly string[]]>([
    ["( 2.5.4.3 NAME ( 'cn' 'commonName' ) DESC 'x' SUP name )", ['cn', 'commonname']],
    ["( 1.2.3 NAME 'mail' SYNTAX 1.3 )", ['mail']],
    ["( 1.2.3 DESC 'NAME' )", []],
    ["( 1.2.3 NAME '__proto__' )", []],
    ['', []],
  ])('%j', (definition, expected) => {
    expect(toSchemaNames(definition)).toEqual(expected);
  });
});

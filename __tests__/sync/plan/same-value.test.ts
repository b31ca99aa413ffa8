import type { Person } from '../../../lib/mapping/map-entry.js';
import type { PersonPart } from '../../../lib/mapping/person-attributes.js';
import { findDomainRejection } from '../../../lib/sync/plan/allowed-domain.js';
import { diffUser, NO_DIFF } from '../../../lib/sync/plan/diff.js';
import { toNewUser } from '../../../lib/sync/plan/new-user.js';
import { toStandingIdentity } from '../../../lib/sync/plan/standing-identity.js';
import type { UserRecord } from '../../../models/user.js';
import { ADA } from '../../setup/entries.js';

const SETTINGS = { emailsVerified: false, activeState: 'both' } as const;
const NEW_USER = {
  ...SETTINGS,
  optInEmailSecondFactor: false,
  manualApproval: false,
  allowedDomains: [],
  roles: ['user'],
  joinsDefaultChannels: false,
};
const STORED = toNewUser({ person: ADA, username: 'ada' }, NEW_USER, { id: 'u1', now: new Date(0) });

function diff(person: Partial<Person>, stored: Partial<UserRecord>) {
  return diffUser({ ...ADA, ...person }, { ...STORED, ...stored }, SETTINGS);
}
const several = (part: PersonPart, ...values: string[]) => ({ alternatives: new Map([[part, values]]) });
const records = (...addresses: string[]) => addresses.map((address) => ({ address, verified: true }));

describe('a stored value that is still among the values of the entry', () => {
  it.each<[string, Partial<Person>, Partial<UserRecord>]>([
    ['a name', { name: 'Ada', ...several('name', 'Ada', 'Augusta') }, { name: 'Augusta' }],
    ['a user name', several('username', 'ada', 'lovelace'), { username: 'lovelace' }],
    ['an extension', { sipExtension: '1', ...several('sipExtension', '1', '2') }, { sipExtension: '2' }],
    ['a decomposed name', { name: 'Jos\u00e9' }, { name: 'Jose\u0301' }],
    ['a decomposed user name', { username: 'jos\u00e9' }, { username: 'jose\u0301' }],
    [
      'addresses in another order',
      { emails: ['a@x.org', 'b@x.org'] },
      { emails: records('b@x.org', 'a@x.org') },
    ],
    [
      'another spelling of an address',
      { emails: ['A@x.org'], ...several('emails', 'A@x.org', 'a@x.org') },
      { emails: records('a@x.org') },
    ],
    ['a decomposed address', { emails: ['jos\u00e9@x.org'] }, { emails: records('jose\u0301@x.org') }],
    ['a domain in punycode', { emails: ['a@b\u00fc.example'] }, { emails: records('a@xn--b-eha.example') }],
    ['an attribute in another spelling', { idAttribute: 'UID' }, {}],
    ['a DN in another spelling', { dn: 'UID=Ada, dc = x' }, {}],
    ['a DN that is stored in another spelling', {}, { importIds: ['UID=Ada, DC = X'] }],
  ])('stays: %s', (_, person, stored) => {
    expect(diff(person, stored)).toEqual(NO_DIFF);
  });

  it('is joined by the DN of another entry', () => {
    expect(diff({ dn: 'uid=ada,dc=y' }, {}).addImportId).toBe('uid=ada,dc=y');
    expect(diff({}, { importIds: [7 as never] }).addImportId).toBe(ADA.dn);
    expect(diff({}, { importIds: 'no list' as never }).addImportId).toBeUndefined();
  });

  it('gives way when it is none of them', () => {
    const { set } = diff({ name: 'Ada', ...several('name', 'Ada', 'Augusta') }, { name: 'Bob' });
    expect(set.get('name')).toBe('Ada');
    expect(diff(several('username', 'ada', 'lovelace'), { username: 'bob' }).rename?.to).toBe('ada');
    expect(diff({ idAttribute: 'entryUUID' }, {}).set.get('services.ldap.idAttribute')).toBe('entryUUID');
    expect(
      diff({}, { services: { ldap: { id: ADA.id, idAttribute: 7 as never } } }).set.has(
        'services.ldap.idAttribute',
      ),
    ).toBe(true);
  });
});

describe('the addresses of a user', () => {
  it('are joined by new ones at the end', () => {
    const { set } = diff({ emails: ['a@x.org', 'b@x.org'] }, { emails: records('b@x.org') });
    expect(set.get('emails')).toEqual([...records('b@x.org'), { address: 'a@x.org', verified: false }]);
  });

  it('begin with the one that the entry names as the main one', () => {
    const person = { emails: ['z@x.org', 'a@x.org'], primaryAddress: 'z@x.org' };
    expect(diff(person, { emails: records('a@x.org', 'z@x.org') }).set.get('emails')).toEqual(
      records('z@x.org', 'a@x.org'),
    );
  });

  it.each([
    ['another case', 'A@x.org', 'a@x.org'],
    ['another case beyond ASCII', '\u00c9cole@x.org', '\u00e9cole@x.org'],
  ])('are corrected at once, and stay verified, in %s', (_, stored, wanted) => {
    const { set, clear } = diff({ emails: [wanted] }, { emails: records(stored) });
    expect([set.get('emails'), clear.size]).toEqual([records(wanted), 0]);
  });

  it('are not taken for each other because two letters look alike', () => {
    const { clear } = diff({ emails: ['kim@x.org'] }, { emails: records('\u212aim@x.org') });
    expect(clear.get('emails')).toEqual([{ address: 'kim@x.org', verified: false }]);
  });
});

describe('a unique id of several values', () => {
  const linked = new Map([['02', [{ _id: 'u', services: { ldap: { id: '02', idAttribute: 'uid' } } }]]]);

  it('is the one somebody is linked by, else the first', () => {
    const one = { id: '01', idAttribute: 'UID', otherIds: ['02', '03'] };
    expect(toStandingIdentity(one, linked)).toEqual({ id: '02', idAttribute: 'UID' });
    expect(toStandingIdentity(one, new Map())).toEqual({ id: '01', idAttribute: 'UID' });
    expect(toStandingIdentity({ ...one, idAttribute: 'cn' }, linked)).toEqual({
      id: '01',
      idAttribute: 'cn',
    });
  });
});

it('a domain is allowed in Unicode and in punycode alike', () => {
  expect(findDomainRejection({ emails: ['a@xn--bcher-kva.example'] }, ['bücher.example'])).toBeUndefined();
  expect(findDomainRejection({ emails: ['a@Bücher.example'] }, ['xn--bcher-kva.example'])).toBeUndefined();
  expect(findDomainRejection({ emails: ['a@bucher.example'] }, ['bücher.example'])).toBeDefined();
});

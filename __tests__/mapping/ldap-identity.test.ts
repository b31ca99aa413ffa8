import { isMutableIdAttribute, identifyEntry, toLdapIdentity } from '../../lib/mapping/ldap-identity.js';
import { toEntry } from '../setup/entries.js';

describe('the identity of an entry', () => {
  it('is the lower-case hex of the raw bytes of the first candidate it has', () => {
    const entry = toEntry('uid=a,dc=x', { objectGUID: Buffer.from([0xde, 0xad, 0xbe, 0xef]), uid: 'a' });
    expect(identifyEntry(entry, ['entryUUID', 'objectGUID', 'uid'])).toEqual({
      id: 'deadbeef',
      idAttribute: 'objectGUID',
    });
    expect(identifyEntry(toEntry('x', { uidNumber: '42' }), ['uidNumber'])).toEqual({
      id: '3432',
      idAttribute: 'uidNumber',
    });
  });

  it("names the attribute in the server's case", () => {
    expect(identifyEntry(toEntry('x', { objectGUID: 'a' }), ['OBJECTGUID'])?.idAttribute).toBe('objectGUID');
  });

  it('does not depend on the order in which several values come', () => {
    const candidates = ['uid'];
    expect(identifyEntry(toEntry('x', { uid: ['b', 'a'] }), candidates)).toEqual(
      identifyEntry(toEntry('x', { uid: ['a', 'b'] }), candidates),
    );
  });

  it('is none when every candidate is absent, empty or absurdly long', () => {
    expect(
      identifyEntry(toEntry('x', { uid: '', cn: 'x'.repeat(1_000) }), ['uid', 'cn', 'entryUUID']),
    ).toBeUndefined();
  });
});

it.each([
  ['uid', true],
  ['sAMAccountName', true],
  ['entryUUID', false],
  ['objectGUID', false],
])('%s can change: %s', (attribute, isMutable) => {
  expect(isMutableIdAttribute(attribute)).toBe(isMutable);
});

describe('the identity of a stored user', () => {
  const userWith = (id: unknown, idAttribute: unknown) =>
    ({ services: { ldap: { id, idAttribute } } }) as Parameters<typeof toLdapIdentity>[0];

  it('is the id and the attribute that were stored when the user was linked', () => {
    expect(toLdapIdentity(userWith('0aff', 'entryUUID'))).toEqual({ id: '0aff', idAttribute: 'entryUUID' });
  });

  it.each([
    ['of a user who is not linked', {}],
    ['whose id is hex in upper case, which no run stores and none finds', userWith('0AFF', 'entryUUID')],
    ['whose id is no hex', userWith('not hex', 'entryUUID')],
    ['whose id is half a byte', userWith('0', 'entryUUID')],
    ['whose id is empty', userWith('', 'entryUUID')],
    ['whose id is no text', userWith(7, 'entryUUID')],
    ['without an attribute', userWith('0aff', undefined)],
    ['whose attribute is no attribute name', userWith('0aff', 'a)(b=*')],
    ['whose attribute holds a secret', userWith('0aff', 'userPassword')],
  ])('is none for one %s', (_, user) => {
    expect(toLdapIdentity(user)).toBeUndefined();
  });
});

import { isMutableIdAttribute, toUniqueId } from '../../lib/mapping/unique-id.js';
import { toEntry } from '../setup/entries.js';

describe('the identity of an entry', () => {
  it('is the lower-case hex of the raw bytes of the first candidate it has', () => {
    const entry = toEntry('uid=a,dc=x', { objectGUID: Buffer.from([0xde, 0xad, 0xbe, 0xef]), uid: 'a' });
    expect(toUniqueId(entry, ['entryUUID', 'objectGUID', 'uid'])).toEqual({
      id: 'deadbeef',
      idAttribute: 'objectGUID',
    });
    expect(toUniqueId(toEntry('x', { uidNumber: '42' }), ['uidNumber'])).toEqual({
      id: '3432',
      idAttribute: 'uidNumber',
    });
  });

  it("names the attribute in the server's case", () => {
    expect(toUniqueId(toEntry('x', { objectGUID: 'a' }), ['OBJECTGUID'])?.idAttribute).toBe('objectGUID');
  });

  it('does not depend on the order in which several values come', () => {
    const candidates = ['uid'];
    expect(toUniqueId(toEntry('x', { uid: ['b', 'a'] }), candidates)).toEqual(
      toUniqueId(toEntry('x', { uid: ['a', 'b'] }), candidates),
    );
  });

  it('is none when every candidate is absent, empty or absurdly long', () => {
    expect(
      toUniqueId(toEntry('x', { uid: '', cn: 'x'.repeat(1_000) }), ['uid', 'cn', 'entryUUID']),
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

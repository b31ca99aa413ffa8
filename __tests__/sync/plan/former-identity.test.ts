import { toFormerIdAttributes, withFormers } from '../../../lib/mapping/former-ids.js';
import type { LdapIdentity } from '../../../lib/mapping/ldap-identity.js';
import type { Person } from '../../../lib/mapping/map-entry.js';
import { findFormer } from '../../../lib/sync/plan/former-identity.js';
import { toStandingIdentity } from '../../../lib/sync/plan/standing-identity.js';
import { groupByLdapId } from '../../../lib/sync/users/found-users.js';
import type { UserRecord } from '../../../models/user.js';
import { toEntry } from '../../setup/entries.js';

const hex = (text: string): string => Buffer.from(text).toString('hex');
const toUser = (_id: string, idAttribute: string, id = _id): UserRecord => ({
  _id,
  username: _id,
  emails: [{ address: `${_id}@x.org`, verified: true }],
  services: { ldap: { id: hex(id), idAttribute } },
});
const toPerson = (username: string, emails: readonly string[] = []): Person => ({
  id: hex('new'),
  idAttribute: 'objectGUID',
  dn: `cn=${username}`,
  username,
  name: undefined,
  emails,
  disabled: false,
  photo: undefined,
});
const identity = (...formers: readonly (readonly [string, string])[]): LdapIdentity => ({
  id: hex('new'),
  idAttribute: 'objectGUID',
  formers: formers.map(([idAttribute, id]) => ({ idAttribute, id: hex(id) })),
});

describe('what a user is linked by, of an entry that is identified by something else now', () => {
  it.each<[string, LdapIdentity, Person | undefined, readonly UserRecord[], string | undefined]>([
    [
      'an id that no other entry gets',
      identity(['entryUUID', 'ada']),
      undefined,
      [toUser('ada', 'entryuuid')],
      'ada',
    ],
    ['a security identifier', identity(['objectSid', 'ada']), undefined, [toUser('ada', 'objectSid')], 'ada'],
    [
      'an id of the same value of another attribute',
      identity(['entryUUID', 'ada']),
      undefined,
      [toUser('ada', 'uid')],
      undefined,
    ],
    ['a number, and the name', identity(['uid', 'ada']), toPerson('ADA'), [toUser('ada', 'uid')], 'ada'],
    [
      'a number, and an address',
      identity(['uid', 'ada']),
      toPerson('x', ['Ada@x.org']),
      [toUser('ada', 'uid')],
      'ada',
    ],
    ['a number alone', identity(['uid', 'ada']), toPerson('x'), [toUser('ada', 'uid')], undefined],
    [
      'a number of an entry that cannot be mapped',
      identity(['uid', 'ada']),
      undefined,
      [toUser('ada', 'uid')],
      undefined,
    ],
    [
      'nothing, when somebody is linked by the present id',
      identity(['entryUUID', 'ada']),
      undefined,
      [toUser('ada', 'entryUUID'), toUser('new', 'objectGUID')],
      undefined,
    ],
    [
      'nothing, when two users are found',
      identity(['entryUUID', 'ada'], ['GUID', 'bob']),
      undefined,
      [toUser('ada', 'entryUUID'), toUser('bob', 'GUID')],
      undefined,
    ],
    [
      'either, when both are of one user',
      identity(['entryUUID', 'ada'], ['ENTRYUUID', 'ada']),
      undefined,
      [toUser('ada', 'entryUUID')],
      'ada',
    ],
  ])('is %s', (_, read, person, users, expected) => {
    expect(findFormer(read, person, groupByLdapId(users))?.id).toBe(
      expected === undefined ? undefined : hex(expected),
    );
  });

  it('is never taken for a further value of the present one', () => {
    const read = { ...identity(['employeeNumber', '1001']), otherIds: [hex('other')] };
    const linked = groupByLdapId([toUser('bob', 'objectGUID', '1001')]);
    expect(toStandingIdentity(read, linked).id).toBe(hex('new'));
  });
});

describe('the attributes that are asked for beside', () => {
  it('are those that users are linked by, but for the first of the settings, secrets and what is no name', () => {
    const stored = ['entryUUID', 'ENTRYUUID', 'objectGUID', 'userPassword', 'a b', 7, null, 'uid'];
    expect(toFormerIdAttributes(stored, { idAttributes: ['ObjectGuid', 'uid'] })).toEqual([
      'ENTRYUUID',
      'uid',
    ]);
  });

  it('are few, however many the database holds', () => {
    const stored = Array.from({ length: 50 }, (_, index) => `attribute${index}`);
    expect(toFormerIdAttributes(stored, { idAttributes: ['entryUUID'] })).toHaveLength(8);
  });

  it('say nothing where the entry has none of them, or too large values', () => {
    const own = { id: hex('new'), idAttribute: 'objectGUID' };
    const entry = toEntry('cn=ada', { objectGUID: 'new', uid: ['', 'x'.repeat(300)] });
    expect(withFormers(own, entry, { formerIdAttributes: ['objectGUID', 'uid', 'entryUUID'] })).toEqual(own);
  });
});

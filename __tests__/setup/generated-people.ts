import fc from 'fast-check';
import type { Person } from '../../lib/mapping/map-entry.js';
import type { UserRecord } from '../../models/user.js';

const names = fc.constantFrom('ada', 'Ada', 'bob', 'cy');
const addresses = fc.constantFrom('ada@x.org', 'ADA@x.org', 'bob@x.org', 'cy@x.org');
const ids = fc.constantFrom('01', '02', '03', '04');
const idAttributes = fc.constantFrom('entryUUID', 'entryuuid', 'uid');
const orNot = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** People of so few names, addresses and ids that they meet. */
export const people: fc.Arbitrary<Person> = fc.record({
  id: ids,
  idAttribute: idAttributes,
  dn: ids.map((id) => `cn=p${id},dc=x`),
  username: orNot(names),
  name: orNot(names),
  emails: fc.uniqueArray(addresses, {
    minLength: 1,
    maxLength: 3,
    selector: (address) => address.toLowerCase(),
  }),
  sipExtension: fc.constantFrom(undefined, '', '1', '2'),
  disabled: fc.boolean(),
  photo: fc.constant(undefined),
});

/** Users as a host may hold them, linked or not. */
export const users: fc.Arbitrary<UserRecord> = fc.record(
  {
    _id: fc.uuid(),
    type: fc.constantFrom('user', 'bot'),
    username: names,
    name: names,
    emails: fc.uniqueArray(fc.record({ address: addresses, verified: fc.boolean() }), {
      maxLength: 3,
      selector: ({ address }) => address.toLowerCase(),
    }),
    active: fc.boolean(),
    roles: fc.constant(['user']),
    ldap: fc.boolean(),
    importIds: fc.array(
      ids.map((id) => `cn=p${id},dc=x`),
      { maxLength: 2 },
    ),
    sipExtension: fc.constantFrom('1', '2'),
    ldapSync: fc.record({ renamedFrom: names }, { requiredKeys: [] }),
    services: fc.record(
      { ldap: fc.record({ id: ids, idAttribute: idAttributes }, { requiredKeys: [] }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['_id'] },
);

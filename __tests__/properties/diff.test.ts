import fc from 'fast-check';
import { diffUser, hasAdditiveChange, type DiffSettings, type UserDiff } from '../../lib/sync/plan/diff.js';
import type { UserRecord } from '../../models/user.js';
import { people, users } from '../setup/generated-people.js';
import { toParameters } from '../setup/holds.js';

const settings: fc.Arbitrary<DiffSettings> = fc.record({
  emailsVerified: fc.boolean(),
  activeState: fc.constantFrom('none', 'disable', 'enable', 'both'),
});
const MANAGED = [
  'type',
  'ldap',
  'name',
  'emails',
  'sipExtension',
  'services.ldap.id',
  'services.ldap.idAttribute',
  'roles',
];

/** What the database would hold. */
function applied(user: UserRecord, { set, addImportId, activation }: UserDiff): UserRecord {
  const {
    'services.ldap.id': id,
    'services.ldap.idAttribute': idAttribute,
    ...fields
  } = Object.fromEntries(set) as Partial<Record<string, string>>;
  const ldap = {
    ...user.services?.ldap,
    ...(id === undefined ? {} : { id }),
    ...(idAttribute === undefined ? {} : { idAttribute }),
  };
  return {
    ...user,
    ...fields,
    services: { ...user.services, ldap },
    ...(addImportId === undefined ? {} : { importIds: [...(user.importIds ?? []), addImportId] }),
    ...(activation === 'activate' ? { active: true } : {}),
  };
}

it('who got what differs differs no more', () => {
  fc.assert(
    fc.property(people, users, settings, (person, user, options) => {
      const again = diffUser(person, applied(user, diffUser(person, user, options)), options);
      expect([...again.set]).toEqual([]);
      expect(hasAdditiveChange(again)).toBe(false);
    }),
    toParameters(200),
  );
});

it('no field but a managed one is ever set or cleared, and none is both', () => {
  fc.assert(
    fc.property(people, users, settings, (person, user, options) => {
      const { set, clear } = diffUser(person, user, options);
      for (const field of [...set.keys(), ...clear.keys()]) expect(MANAGED).toContain(field);
      expect([...clear.keys()].filter((field) => set.has(field))).toEqual([]);
    }),
    toParameters(200),
  );
});

it('nothing is set that is already so, nothing cleared that is already empty', () => {
  fc.assert(
    fc.property(people, users, settings, (person, user, options) => {
      const { set, clear } = diffUser(person, user, options);
      const flat = {
        ...user,
        'services.ldap.id': user.services?.ldap?.id,
        'services.ldap.idAttribute': user.services?.ldap?.idAttribute,
      } as Record<string, unknown>;
      for (const [field, value] of set) expect(flat[field]).not.toEqual(value);
      for (const [field, left] of clear) expect([undefined, left]).not.toContainEqual(flat[field]);
    }),
    toParameters(200),
  );
});

it('an address that was confirmed is never unconfirmed', () => {
  fc.assert(
    fc.property(people, users, settings, (person, user, options) => {
      const after = applied(user, diffUser(person, user, options)).emails ?? [];
      for (const { address, verified } of user.emails ?? []) {
        const kept = after.find((email) => email.address === address);
        if (verified && kept) expect(kept.verified).toBe(true);
      }
    }),
    toParameters(200),
  );
});

import fc from 'fast-check';
import { addOwner, ownersOf, type NameOwner } from '../../lib/sync/plan/name-owners.js';
import {
  isWrite,
  planPage,
  userOf,
  type Decision,
  type StoredPeople,
} from '../../lib/sync/plan/plan-page.js';
import type { UserRecord } from '../../models/user.js';
import { people, users } from '../setup/generated-people.js';
import { toParameters } from '../setup/holds.js';
import { toSyncSettings } from '../setup/sync-settings.js';

const page = fc.uniqueArray(people, { maxLength: 6, selector: ({ id }) => id });
const stored = fc.uniqueArray(users, { maxLength: 6, selector: ({ username, _id }) => username ?? _id });
const settings = fc
  .record({
    LDAP_Merge_Existing_Users: fc.boolean(),
    LDAP_Background_Sync_Import_New_Users: fc.boolean(),
    LDAP_Background_Sync_Merge_Existent_Users: fc.boolean(),
  })
  .map(toSyncSettings);

function toStored(records: readonly UserRecord[]): StoredPeople {
  const linked = new Map<string, UserRecord[]>();
  const nameOwners = {
    usernames: new Map<string, readonly NameOwner[]>(),
    emails: new Map<string, readonly NameOwner[]>(),
  };
  const accounts = new Map<string, UserRecord>();
  for (const record of records) {
    const { _id, username, emails, type, active, services } = record;
    const id = services?.ldap?.id;
    if (id === undefined) accounts.set(_id, record);
    else linked.set(id, [...(linked.get(id) ?? []), record]);
    const owner = { _id, username, emails, type, active, linked: id !== undefined };
    if (username !== undefined) addOwner(nameOwners.usernames, username, owner);
    for (const { address } of emails ?? []) addOwner(nameOwners.emails, address, owner);
  }
  return { linked, nameOwners, accounts };
}

/** The user names and addresses a decision gives to somebody who does not have them yet. */
function toReserved(decision: Decision): readonly string[] {
  if (!isWrite(decision)) return [];
  const wanted =
    decision.kind === 'create'
      ? [decision.username, ...decision.person.emails]
      : decision.kind === 'existing' && decision.diff.set.has('emails')
        ? decision.person.emails
        : [];
  const own = new Set((userOf(decision)?.emails ?? []).map(({ address }) => address.toLowerCase()));
  return [...new Set(wanted.map((text) => text.toLowerCase()))].filter((text) => !own.has(text));
}

it('no two decisions of a page give away the same user name or address', () => {
  fc.assert(
    fc.property(page, stored, settings, (persons, records, options) => {
      const reserved = planPage(persons, toStored(records), options).flatMap(toReserved);
      expect(reserved).toHaveLength(new Set(reserved).size);
    }),
    toParameters(200),
  );
});

it('nothing that somebody who is stored has is given to somebody else', () => {
  fc.assert(
    fc.property(page, stored, settings, (persons, records, options) => {
      const { nameOwners } = toStored(records);
      for (const decision of planPage(persons, toStored(records), options)) {
        const ownId = userOf(decision)?._id;
        for (const text of toReserved(decision)) {
          const owners = [
            ...ownersOf(nameOwners.emails, text),
            ...(decision.kind === 'create' ? ownersOf(nameOwners.usernames, text) : []),
          ];
          expect(owners.filter(({ _id }) => _id !== ownId)).toEqual([]);
        }
      }
    }),
    toParameters(200),
  );
});

it('nobody of the host is chosen without merging, and with merging nobody but a person', () => {
  fc.assert(
    fc.property(page, stored, settings, (persons, records, options) => {
      for (const decision of planPage(persons, toStored(records), options)) {
        const user = userOf(decision);
        if (user === undefined || user.services?.ldap?.id !== undefined) continue;
        expect([options.policy.mergeExisting, user.type ?? 'user', decision]).toMatchObject([
          true,
          'user',
          { link: true },
        ]);
      }
    }),
    toParameters(200),
  );
});

it('nobody is chosen twice, and everybody has one decision', () => {
  fc.assert(
    fc.property(page, stored, settings, (persons, records, options) => {
      const decisions = planPage(persons, toStored(records), options);
      expect(decisions.map(({ person }) => person)).toEqual(persons);
      const chosen = decisions.filter(isWrite).flatMap((decision) => userOf(decision)?._id ?? []);
      expect(chosen).toHaveLength(new Set(chosen).size);
    }),
    toParameters(200),
  );
});

it('nobody is created where new users are not imported', () => {
  fc.assert(
    fc.property(page, stored, settings, (persons, records, options) => {
      const isCreating = planPage(persons, toStored(records), options).some(({ kind }) => kind === 'create');
      expect(isCreating && !options.policy.importNew).toBe(false);
    }),
    toParameters(200),
  );
});

import fc from 'fast-check';
import { toNameOwner, type NameOwner } from '../../lib/sync/plan/name-owners.js';
import { isFederated } from '../../lib/sync/plan/merge-obstacles.js';
import { planPage } from '../../lib/sync/plan/plan-page.js';
import { toNameKey } from '../../lib/mapping/name-keys.js';
import type { Person } from '../../lib/mapping/map-entry.js';
import type { UserRecord } from '../../models/user.js';
import { people, users } from '../setup/generated-people.js';
import { toSyncSettings } from '../setup/sync-settings.js';

const SETTINGS = toSyncSettings({
  LDAP_Merge_Existing_Users: true,
  LDAP_Background_Sync_Merge_Existent_Users: true,
  LDAP_Sync_User_Active_State: 'both',
});

const persons: fc.Arbitrary<Person> = fc
  .tuple(people, fc.option(fc.constantFrom('a.example', 'b.example'), { nil: undefined }))
  .map(([person, homeServer]) =>
    homeServer === undefined
      ? person
      : { ...person, homeServer, username: `@${person.username ?? 'ada'}:${homeServer}`, emails: [] },
  );
const accounts: fc.Arbitrary<UserRecord> = fc
  .tuple(users, fc.constantFrom(undefined, true, false), fc.constantFrom('', 'a.example'))
  .map(([user, federated, server]) => ({
    ...user,
    ...(federated === undefined ? {} : { federated }),
    ...(server === '' ? {} : { username: `@${user.username ?? 'ada'}:${server}` }),
  }));

function toStored(stored: readonly UserRecord[]) {
  const linked = new Map<string, UserRecord[]>();
  const usernames = new Map<string, NameOwner[]>();
  const emails = new Map<string, NameOwner[]>();
  const put = (owners: Map<string, NameOwner[]>, text: string, owner: NameOwner): void =>
    void owners.set(toNameKey(text), [...(owners.get(toNameKey(text)) ?? []), owner]);
  for (const user of stored) {
    const id = user.services?.ldap?.id;
    if (id !== undefined) linked.set(id, [...(linked.get(id) ?? []), user]);
    if (user.username !== undefined) put(usernames, user.username, toNameOwner(user));
    for (const { address } of user.emails ?? []) put(emails, address, toNameOwner(user));
  }
  return {
    linked,
    nameOwners: { usernames, emails },
    accounts: new Map(stored.map((user) => [user._id, user])),
  };
}

it('whoever is in the directory and the chat server: no account is converted, merged across servers, or switched', () => {
  fc.assert(
    fc.property(fc.array(persons, { maxLength: 6 }), fc.array(accounts, { maxLength: 6 }), (page, stored) => {
      for (const decision of planPage(page, toStored(stored), SETTINGS)) {
        const { person } = decision;
        if (decision.kind === 'create')
          expect(person.homeServer === undefined).toBe(!decision.username.startsWith('@'));
        if (decision.kind === 'conflict' && person.homeServer !== undefined)
          expect(decision.pair).toBeUndefined();
        if (decision.kind !== 'existing') continue;
        expect(isFederated(decision.user)).toBe(person.homeServer !== undefined);
        if (!isFederated(decision.user)) continue;
        expect([decision.link, decision.diff.activation]).toEqual([false, undefined]);
        expect([...decision.diff.set.keys(), ...decision.diff.clear.keys()]).not.toContain('emails');
      }
    }),
    { numRuns: 500 },
  );
});

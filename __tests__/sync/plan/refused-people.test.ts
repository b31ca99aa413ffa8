import type { Person } from '../../../lib/mapping/map-entry.js';
import { toNameOwner } from '../../../lib/sync/plan/name-owners.js';
import { planPage, type Decision, type StoredPeople } from '../../../lib/sync/plan/plan-page.js';
import { toConversionAdvice } from '../../../lib/sync/plan/federation.js';
import { toNewUser } from '../../../lib/sync/plan/new-user.js';
import { MEMBERSHIP_UNKNOWN } from '../../../lib/sync/plan/unknown-membership.js';
import type { UserRecord } from '../../../models/user.js';
import { ADA } from '../../setup/entries.js';
import { toSyncSettings } from '../../setup/sync-settings.js';

const BOB: Person = {
  ...ADA,
  id: '626f62',
  dn: 'uid=bob,dc=x',
  username: 'bob',
  emails: ['bob@example.org'],
};
const SETTINGS = toSyncSettings();
const toUser = (person: Person, changes: Partial<UserRecord> = {}): UserRecord => ({
  ...toNewUser(
    { person, username: person.username ?? '' },
    { ...SETTINGS.newUser, activeState: 'both' },
    { id: 'u1', now: new Date(0) },
  ),
  ...changes,
});
const linkedTo = (user?: UserRecord): StoredPeople => ({
  linked: new Map(user ? [[ADA.id, [user]]] : []),
  nameOwners: { usernames: new Map(), emails: new Map() },
  accounts: new Map(),
});
const plan = (people: readonly Person[], user?: UserRecord, settings = {}): readonly Decision[] =>
  planPage(people, linkedTo(user), toSyncSettings(settings));

describe('nobody is made of an entry', () => {
  it.each<[string, Partial<Person>, object, object]>([
    ['of whom groups may say something else', { hasUnknownMembership: true }, {}, MEMBERSHIP_UNKNOWN],
    ['under a name that is kept for the server', { username: 'all' }, {}, { code: 'username-reserved' }],
    [
      'under a name of the form of other servers',
      { username: '@ada:x.org' },
      {},
      { params: { by: 'federation' } },
    ],
    [
      'whose address is in no domain that is allowed',
      {},
      { Accounts_AllowedDomainsList: 'x.org' },
      { code: 'domain-not-allowed' },
    ],
  ])('%s, which is told as rejected', (_, person, settings, advice) => {
    expect(plan([{ ...ADA, ...person }], undefined, settings)).toMatchObject([
      { kind: 'conflict', user: undefined, isRejected: true, ...advice },
    ]);
  });

  it('but of one of another server that has the form of its names', () => {
    const federated = { ...ADA, username: '@ada:x.org', homeServer: 'x.org', emails: [] };
    expect(plan([federated])).toMatchObject([{ kind: 'create', username: '@ada:x.org' }]);
  });

  it('for all the policy says, where accounts are merged and nobody is imported', () => {
    const settings = { LDAP_Background_Sync_Import_New_Users: false, LDAP_Merge_Existing_Users: true };
    expect(plan([ADA], undefined, { ...settings, LDAP_Background_Sync_Merge_Existent_Users: true })).toEqual([
      { kind: 'leave', person: ADA, user: undefined },
    ]);
  });
});

describe('an account that is of another server than its entry', () => {
  it.each([
    ['disable', true, true],
    ['disable', false, false],
    ['enable', true, false],
  ])('stays as it is, and under "%s" disabled %s is remembered: %s', (state, disabled, isDisabled) => {
    const person: Person = { ...ADA, homeServer: 'x.org', disabled };
    const user = toUser(ADA);
    expect(plan([person], user, { LDAP_Sync_User_Active_State: state })).toEqual([
      { kind: 'conflict', person, user, isRejected: true, isDisabled, ...toConversionAdvice(person) },
    ]);
  });

  it('is not switched off where it is only being linked, and became one of another server since its names were read', () => {
    const account = toUser(ADA, { services: {}, federated: true });
    const owner = toNameOwner({ ...account, federated: undefined, ldap: undefined });
    const stored: StoredPeople = {
      ...linkedTo(),
      nameOwners: { usernames: new Map(), emails: new Map([['ada@example.org', [owner]]]) },
      accounts: new Map([['u1', account]]),
    };
    const merging = { LDAP_Merge_Existing_Users: true, LDAP_Background_Sync_Merge_Existent_Users: true };
    const person: Person = { ...ADA, disabled: true };
    expect(planPage([person], stored, toSyncSettings(merging))).toMatchObject([
      { kind: 'conflict', user: account, isRejected: true, isDisabled: false },
    ]);
  });
});

describe('the name of a user', () => {
  it('of another server is never changed', () => {
    const federated: Person = { ...ADA, username: '@ada:x.org', homeServer: 'x.org', emails: [] };
    const [decision] = plan([{ ...federated, username: '@countess:x.org' }], toUser(federated));
    expect(decision).toMatchObject({ kind: 'existing', refusedRename: { to: '@countess:x.org' } });
  });

  it.each<[string, Partial<UserRecord>, Partial<Person>, readonly string[]]>([
    ['to whom nothing happens is nobody else’s business', {}, {}, ['existing', 'create']],
    ['who gets something is kept from the next', { name: 'Old' }, {}, ['existing', 'conflict']],
    [
      'who is to get another address is kept from the next',
      {},
      { emails: ['new@example.org'] },
      ['existing', 'conflict'],
    ],
    [
      'who is only to be switched off is nobody else’s business',
      {},
      { disabled: true },
      ['existing', 'create'],
    ],
  ])('%s', (_, stored, person, kinds) => {
    const decisions = plan(
      [
        { ...ADA, ...person },
        { ...BOB, username: 'ada' },
      ],
      toUser(ADA, stored),
    );
    expect(decisions.map(({ kind }) => kind)).toEqual(kinds);
  });
});

import type { Person } from '../../lib/mapping/map-entry.js';
import { NO_DIFF } from '../../lib/sync/diff.js';
import type { Claimant } from '../../lib/sync/claims.js';
import {
  findLinkedUser,
  isWrite,
  planPage,
  userOf,
  type Decision,
  type StoredPeople,
} from '../../lib/sync/plan-page.js';
import type { UserRecord } from '../../models/user.js';
import { ADA } from '../setup/entries.js';
import { toSyncSettings } from '../setup/sync-settings.js';

const BOB: Person = {
  ...ADA,
  id: '626f62',
  dn: 'uid=bob,dc=x',
  username: 'bob',
  emails: ['bob@example.org'],
};
const LINKED: UserRecord = {
  _id: 'u1',
  type: 'user',
  ldap: true,
  active: true,
  roles: ['user'],
  username: 'ada',
  name: 'Ada Lovelace',
  emails: [{ address: 'ada@example.org', verified: true }],
  importIds: [ADA.dn],
  services: { ldap: { id: ADA.id, idAttribute: 'uid' } },
};
const NOBODY: StoredPeople = {
  linked: new Map(),
  claims: { usernames: new Map(), emails: new Map() },
  accounts: new Map(),
};
const MERGING = { LDAP_Merge_Existing_Users: true, LDAP_Background_Sync_Merge_Existent_Users: true };

const linkedTo = (...users: UserRecord[]): StoredPeople => ({
  ...NOBODY,
  linked: new Map([[ADA.id, users]]),
});
const claimed = (emails: Readonly<Record<string, Partial<Claimant>>>): StoredPeople['claims'] => ({
  usernames: new Map(),
  emails: new Map(
    Object.entries(emails).map(([address, claimant]) => [
      address,
      [
        {
          _id: 'other',
          username: 'other',
          emails: [],
          type: 'user',
          active: true,
          linked: true,
          ...claimant,
        },
      ],
    ]),
  ),
});
const plan = (people: readonly Person[], stored: StoredPeople, settings = {}): readonly Decision[] =>
  planPage(people, stored, toSyncSettings(settings));

describe('the linked user of a person', () => {
  it('is the one with the attribute, whatever its case', () => {
    const other = { ...LINKED, _id: 'u2', services: { ldap: { id: ADA.id, idAttribute: 'uidNumber' } } };
    expect(findLinkedUser({ ...ADA, idAttribute: 'UID' }, linkedTo(other, LINKED).linked)).toBe(LINKED);
  });

  it('is nobody where nobody has the id, or the attribute is not known', () => {
    expect(findLinkedUser(ADA, new Map())).toBeUndefined();
    expect(findLinkedUser(ADA, new Map([['99', [LINKED]]]))).toBeUndefined();
    for (const services of [undefined, {}, { ldap: {} }])
      expect(findLinkedUser(ADA, linkedTo({ ...LINKED, services }).linked)).toBeUndefined();
  });

  it('of whom there are two is a conflict that says what to do, and nobody is chosen', () => {
    expect(findLinkedUser(ADA, linkedTo(LINKED, LINKED).linked)).toBe('ambiguous');
    expect(plan([ADA], linkedTo(LINKED, LINKED))).toEqual([
      {
        kind: 'conflict',
        person: ADA,
        user: undefined,
        reason: 'Several accounts are linked to this entry.',
        remedy: 'Remove services.ldap from all accounts but one.',
      },
    ]);
  });
});

describe('nobody is created', () => {
  it('where nobody is to be linked or created at all: not even a conflict is told', () => {
    const stored = { ...NOBODY, claims: claimed({ 'ada@example.org': {} }) };
    expect(plan([ADA], stored, { LDAP_Background_Sync_Import_New_Users: false })).toEqual([
      { kind: 'leave', person: ADA, user: undefined },
    ]);
    expect(plan([ADA], stored)).toMatchObject([{ kind: 'conflict' }]);
  });

  it('where people are only linked to accounts, and there is no account', () => {
    expect(plan([ADA], NOBODY, { ...MERGING, LDAP_Background_Sync_Import_New_Users: false })).toEqual([
      { kind: 'leave', person: ADA, user: undefined },
    ]);
  });

  it('where the account to be linked is gone since', () => {
    const stored = { ...NOBODY, claims: claimed({ 'ada@example.org': { ...LINKED, linked: false } }) };
    expect(plan([ADA], stored, MERGING)).toEqual([{ kind: 'leave', person: ADA, user: undefined }]);
  });
});

describe('a linked person whose further address is taken', () => {
  const stored = { ...linkedTo(LINKED), claims: claimed({ 'new@example.org': {} }) };
  const moved: Person = { ...ADA, emails: ['ada@example.org', 'new@example.org'] };

  it.each([
    [false, 'disable', false],
    [true, 'disable', true],
    [true, 'enable', false],
  ])(
    'is a conflict; disabled %s under "%s" is remembered: %s',
    (disabled, LDAP_Sync_User_Active_State, isDisabled) => {
      expect(plan([{ ...moved, disabled }], stored, { LDAP_Sync_User_Active_State })).toMatchObject([
        { kind: 'conflict', user: LINKED, isDisabled },
      ]);
    },
  );

  it('is not switched off when only being linked', () => {
    const account: UserRecord = { ...LINKED, services: {} };
    const claims = claimed({ 'ada@example.org': { ...account, linked: false } });
    // Who has the second address is found while the account is being linked.
    const taken = {
      ...NOBODY,
      claims: { usernames: claims.usernames, emails: claims.emails },
      accounts: new Map([['u1', account]]),
    };
    expect(plan([{ ...ADA, disabled: true }], taken, MERGING)).toMatchObject([
      { kind: 'existing', link: true, diff: { activation: 'deactivate' } },
    ]);
  });

  it('is looked at later when it takes the place of another, since whoever has it may lose it in the same run', () => {
    expect(plan([{ ...moved, emails: ['new@example.org'] }], stored)).toMatchObject([
      {
        kind: 'existing',
        diff: { clear: new Map([['emails', [{ address: 'new@example.org', verified: true }]]]) },
      },
    ]);
  });

  it('is no conflict when the addresses are not written', () => {
    const own = { ...linkedTo(LINKED), claims: claimed({ 'ada@example.org': {} }) };
    expect(plan([ADA], own)).toMatchObject([{ kind: 'existing' }]);
  });
});

it('addresses that the settings confirm are written as confirmed', () => {
  const unconfirmed = { ...LINKED, emails: [{ address: 'ada@example.org', verified: false }] };
  for (const Accounts_Verify_Email_For_External_Accounts of [true, false]) {
    const [decision] = plan([ADA], linkedTo(unconfirmed), { Accounts_Verify_Email_For_External_Accounts });
    expect(decision?.kind === 'existing' && decision.diff.set.has('emails')).toBe(
      Accounts_Verify_Email_For_External_Accounts,
    );
  }
});

describe('a decision', () => {
  const existing: Decision = { kind: 'existing', person: ADA, user: LINKED, diff: NO_DIFF, link: false };
  const DECISIONS: readonly [string, Decision, UserRecord | undefined, boolean][] = [
    ['to create', { kind: 'create', person: ADA, username: 'ada' }, undefined, true],
    ['to change nothing', existing, LINKED, false],
    ['to change something', { ...existing, diff: { ...NO_DIFF, addImportId: 'x' } }, LINKED, true],
    ['to link', { ...existing, link: true }, LINKED, true],
    ['to leave alone', { kind: 'leave', person: ADA, user: LINKED }, LINKED, false],
    [
      'that there is a conflict',
      { kind: 'conflict', person: ADA, user: LINKED, reason: 'r', remedy: 'r' },
      undefined,
      false,
    ],
  ];
  it.each(DECISIONS)('%s is about its user, and says whether it writes', (_, decision, user, writes) => {
    expect([userOf(decision), isWrite(decision)]).toEqual([user, writes]);
  });
});

describe('within a page', () => {
  it('whoever is created has the name and the address from then on, and is told by the entry', () => {
    expect(plan([ADA, { ...BOB, username: 'ADA' }], NOBODY)[1]).toMatchObject({
      kind: 'conflict',
      reason: 'The user name ADA belongs to another account (the one of uid=ada,dc=x).',
      remedy: 'Rename one of the two.',
    });
    expect(plan([ADA, { ...BOB, username: 'ADA' }], NOBODY, MERGING)[1]).toMatchObject({ kind: 'conflict' });
    expect(plan([ADA, { ...BOB, emails: ['ADA@example.org'] }], NOBODY, MERGING)[1]).toMatchObject({
      kind: 'conflict',
      reason: expect.stringContaining('(the one of uid=ada,dc=x)'),
    });
  });

  it('whoever has no name in the directory is created under the id', () => {
    expect(plan([{ ...ADA, username: undefined }], NOBODY)).toMatchObject([
      { kind: 'create', username: ADA.id },
    ]);
  });

  it('an account that is written keeps the name and the addresses it had', () => {
    const moved: Person = { ...ADA, emails: ['new@example.org'] };
    const stored = linkedTo(LINKED);
    expect(plan([moved, { ...BOB, username: 'ada' }], stored)[1]).toMatchObject({
      kind: 'conflict',
      reason: 'The user name ada belongs to another account (ada, id u1).',
      remedy: 'Rename one of the two.',
    });
    expect(plan([moved, { ...BOB, emails: ['ADA@example.org'] }], stored)[1]).toMatchObject({
      kind: 'conflict',
    });
    expect(plan([moved, { ...BOB, emails: ['NEW@example.org'] }], stored, MERGING)[1]).toMatchObject({
      kind: 'conflict',
      reason: expect.stringContaining('(ada, id u1)'),
    });
  });

  it('an account that is not written claims nothing', () => {
    // What it has is among the stored claims, if it has it still.
    expect(
      plan([ADA, { ...BOB, username: 'ada', emails: ['ada@example.org'] }], linkedTo(LINKED)),
    ).toMatchObject([{ kind: 'existing' }, { kind: 'create' }]);
  });

  it('a nameless account that is written takes nobody the name "undefined"', () => {
    const nameless = { ...LINKED, username: undefined, emails: undefined };
    expect(
      plan(
        [
          { ...ADA, username: undefined },
          { ...BOB, username: 'undefined' },
        ],
        linkedTo(nameless),
      ),
    ).toMatchObject([{ kind: 'existing' }, { kind: 'create' }]);
  });

  it('what is stored is not changed by planning', () => {
    const stored = linkedTo(LINKED);
    plan([BOB], stored);
    expect([stored.claims.usernames.size, stored.claims.emails.size]).toEqual([0, 0]);
  });
});

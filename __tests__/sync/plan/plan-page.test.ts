import type { Person } from '../../../lib/mapping/map-entry.js';
import { parseSyncSettings } from '../../../lib/settings/parse-sync-settings.js';
import { parseSettings } from '../../../lib/settings/settings.js';
import type { SyncPolicy, SyncSettings } from '../../../lib/settings/sync-settings.js';
import { addOwner, toNameOwner, type NameOwner } from '../../../lib/sync/plan/name-owners.js';
import { NO_DIFF } from '../../../lib/sync/plan/diff.js';
import {
  findLinkedUser,
  isWrite,
  planPage,
  userOf,
  type Decision,
  type StoredPeople,
} from '../../../lib/sync/plan/plan-page.js';
import type { UserRecord } from '../../../models/user.js';
import { ADA, ADA_STORED as LINKED } from '../../setup/entries.js';
import { toSyncSettings } from '../../setup/sync-settings.js';

const BOB: Person = {
  ...ADA,
  id: '626f62',
  dn: 'uid=bob,dc=x',
  username: 'bob',
  name: 'Bob',
  emails: ['bob@example.org'],
};

function settings(policy: Partial<SyncPolicy> = {}): SyncSettings {
  const values = { LDAP_Enable: true, LDAP_Background_Sync: true, LDAP_Host: 'x', LDAP_BaseDN: 'dc=x' };
  const parsed = parseSyncSettings(parseSettings(new Map(Object.entries(values))));
  if (!parsed.ok) throw new Error('bad settings');
  return { ...parsed.settings, policy: { ...parsed.settings.policy, ...policy } };
}

function user(person: Person, changes: Partial<UserRecord> = {}): UserRecord {
  return {
    _id: `stored ${person.id}`,
    type: 'user',
    ldap: true,
    active: true,
    roles: ['user'],
    username: person.username ?? '',
    name: person.name ?? '',
    emails: person.emails.map((address) => ({ address, verified: true })),
    importIds: [person.dn],
    services: { ldap: { id: person.id, idAttribute: person.idAttribute } },
    ...changes,
  };
}

function plan(
  people: readonly Person[],
  stored: readonly UserRecord[],
  policy: Partial<SyncPolicy> = {},
): readonly Decision[] {
  const linked = new Map<string, UserRecord[]>();
  const accounts = new Map<string, UserRecord>();
  const usernames = new Map<string, readonly NameOwner[]>();
  const emails = new Map<string, readonly NameOwner[]>();
  for (const record of stored) {
    const id = record.services?.ldap?.id;
    if (id === undefined) accounts.set(record._id, record);
    else linked.set(id, [...(linked.get(id) ?? []), record]);
    const owner = toNameOwner(record);
    addOwner(usernames, record.username ?? '', owner);
    for (const { address } of record.emails ?? []) addOwner(emails, address, owner);
  }
  return planPage(people, { linked, nameOwners: { usernames, emails }, accounts }, settings(policy));
}

const kinds = (decisions: readonly Decision[]): string[] => decisions.map(({ kind }) => kind);
const local = (changes: Partial<UserRecord> = {}): UserRecord =>
  user(ADA, { _id: 'local', ldap: undefined, services: {}, ...changes });

describe('a person', () => {
  it('whom nobody knows is created', () => {
    expect(kinds(plan([ADA], []))).toEqual(['create']);
  });

  it('who is linked is found by id and attribute, whatever else has changed', () => {
    const decisions = plan(
      [{ ...ADA, username: 'countess', emails: ['c@x.org'], dn: 'cn=moved' }],
      [user(ADA)],
    );
    expect(decisions).toMatchObject([
      { kind: 'existing', link: false, user: { _id: 'stored 616461' }, diff: { rename: { to: 'countess' } } },
    ]);
  });

  it('linked by another attribute with the same bytes is not the same person', () => {
    const other = user(ADA, { services: { ldap: { id: ADA.id, idAttribute: 'uidNumber' } } });
    expect(kinds(plan([ADA], [other]))).toEqual(['conflict']);
  });

  it('linked to two accounts is a conflict', () => {
    expect(kinds(plan([ADA], [user(ADA), user(ADA, { _id: 'again' })]))).toEqual(['conflict']);
  });

  it('is left alone when new users are not imported, or linked ones not updated', () => {
    expect(kinds(plan([ADA], [], { importNew: false }))).toEqual(['leave']);
    expect(kinds(plan([{ ...ADA, name: 'New' }], [user(ADA)], { keepUpdated: false }))).toEqual(['leave']);
    expect(kinds(plan([ADA], [], { syncUsers: false }))).toEqual(['leave']);
  });
});

describe('somebody else', () => {
  it.each([
    ['with the user name', { emails: [{ address: 'other@x.org', verified: true }] }],
    ['with the user name in another case', { username: 'ADA', emails: [] }],
    ['with the address', { username: 'other' }],
    [
      'with the address in another case',
      { username: 'other', emails: [{ address: 'ADA@Example.org', verified: true }] },
    ],
  ])('%s is a conflict, never taken over', (_, changes) => {
    expect(plan([ADA], [local(changes)])).toMatchObject([
      { kind: 'conflict', remedy: expect.stringContaining('LDAP_Merge_Existing_Users') },
    ]);
  });

  it('who is linked keeps an address that a linked person now wants as well', () => {
    const decisions = plan(
      [{ ...BOB, emails: ['bob@example.org', 'ada@example.org'] }],
      [user(ADA), user(BOB)],
    );
    expect(decisions).toMatchObject([
      { kind: 'conflict', reason: expect.stringContaining('ada@example.org') },
    ]);
  });

  it('within the page keeps what they ownedBy first', () => {
    expect(kinds(plan([ADA, { ...BOB, username: 'ada' }], []))).toEqual(['create', 'conflict']);
    expect(kinds(plan([ADA, { ...BOB, emails: ['ADA@example.org'] }], []))).toEqual(['create', 'conflict']);
  });
});

describe('with merging on, an account of the host', () => {
  const merging = { mergeExisting: true };

  it('with the verified address is linked', () => {
    expect(plan([ADA], [local({ username: 'other' })], merging)).toMatchObject([
      { kind: 'existing', link: true, mergedBy: 'ada@example.org', user: { _id: 'local' } },
    ]);
  });

  it('with the user name alone is not', () => {
    expect(kinds(plan([ADA], [local({ emails: [] })], merging))).toEqual(['conflict']);
  });

  it('is linked to one person only', () => {
    const twin = { ...BOB, emails: ADA.emails };
    expect(kinds(plan([ADA, twin], [local()], merging))).toEqual(['existing', 'conflict']);
  });

  it('is not linked when the address and the user name belong to two', () => {
    const decisions = plan([ADA], [local({ username: 'x' }), local({ _id: 'second', emails: [] })], merging);
    expect(kinds(decisions)).toEqual(['conflict']);
  });

  it.each([['bot'], ['app']])('that is a %s is never linked', (type) => {
    expect(kinds(plan([ADA], [local({ type })], merging))).toEqual(['conflict']);
  });

  it('that is linked to another entry is never linked again', () => {
    expect(kinds(plan([{ ...BOB, username: 'ada' }], [user(ADA)], merging))).toEqual(['conflict']);
  });
});

const NOBODY: StoredPeople = {
  linked: new Map(),
  nameOwners: { usernames: new Map(), emails: new Map() },
  accounts: new Map(),
};
const MERGING = { LDAP_Merge_Existing_Users: true, LDAP_Background_Sync_Merge_Existent_Users: true };

const linkedTo = (...users: UserRecord[]): StoredPeople => ({
  ...NOBODY,
  linked: new Map([[ADA.id, users]]),
});
const ownedBy = (emails: Readonly<Record<string, Partial<NameOwner>>>): StoredPeople['nameOwners'] => ({
  usernames: new Map(),
  emails: new Map(
    Object.entries(emails).map(([address, owner]) => [
      address,
      [
        {
          _id: 'other',
          username: 'other',
          emails: [],
          type: 'user',
          active: true,
          linked: true,
          ...owner,
        },
      ],
    ]),
  ),
});
const planStored = (people: readonly Person[], stored: StoredPeople, settings = {}): readonly Decision[] =>
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
    expect(planStored([ADA], linkedTo(LINKED, LINKED))).toEqual([
      {
        kind: 'conflict',
        person: ADA,
        user: undefined,
        code: 'several-accounts-linked',
        params: {},
        reason: 'Several accounts are linked to this entry.',
        remedy: 'Remove services.ldap from all accounts but one.',
      },
    ]);
  });
});

describe('nobody is created', () => {
  it('where nobody is to be linked or created at all: not even a conflict is told', () => {
    const stored = { ...NOBODY, nameOwners: ownedBy({ 'ada@example.org': {} }) };
    expect(planStored([ADA], stored, { LDAP_Background_Sync_Import_New_Users: false })).toEqual([
      { kind: 'leave', person: ADA, user: undefined },
    ]);
    expect(planStored([ADA], stored)).toMatchObject([{ kind: 'conflict' }]);
  });

  it('where people are only linked to accounts, and there is no account', () => {
    expect(planStored([ADA], NOBODY, { ...MERGING, LDAP_Background_Sync_Import_New_Users: false })).toEqual([
      { kind: 'leave', person: ADA, user: undefined },
    ]);
  });

  it('where the account to be linked is gone since', () => {
    const stored = { ...NOBODY, nameOwners: ownedBy({ 'ada@example.org': { ...LINKED, linked: false } }) };
    expect(planStored([ADA], stored, MERGING)).toEqual([{ kind: 'leave', person: ADA, user: undefined }]);
  });
});

describe('a linked person whose further address is taken', () => {
  const stored = { ...linkedTo(LINKED), nameOwners: ownedBy({ 'new@example.org': {} }) };
  const moved: Person = { ...ADA, emails: ['ada@example.org', 'new@example.org'] };

  it.each([
    [false, 'disable', false],
    [true, 'disable', true],
    [true, 'enable', false],
  ])(
    'is a conflict; disabled %s under "%s" is remembered: %s',
    (disabled, LDAP_Sync_User_Active_State, isDisabled) => {
      expect(planStored([{ ...moved, disabled }], stored, { LDAP_Sync_User_Active_State })).toMatchObject([
        { kind: 'conflict', user: LINKED, isDisabled },
      ]);
    },
  );

  it('is not switched off when only being linked', () => {
    const account: UserRecord = { ...LINKED, services: {} };
    const nameOwners = ownedBy({ 'ada@example.org': { ...account, linked: false } });
    // Who has the second address is found while the account is being linked.
    const taken = {
      ...NOBODY,
      nameOwners: { usernames: nameOwners.usernames, emails: nameOwners.emails },
      accounts: new Map([['u1', account]]),
    };
    expect(planStored([{ ...ADA, disabled: true }], taken, MERGING)).toMatchObject([
      { kind: 'existing', link: true, diff: { activation: 'deactivate' } },
    ]);
  });

  it(
    'is looked at later when it takes the place of another, since whoever has it may lose it in the same ' +
      'run',
    () => {
      expect(planStored([{ ...moved, emails: ['new@example.org'] }], stored)).toMatchObject([
        {
          kind: 'existing',
          diff: { clear: new Map([['emails', [{ address: 'new@example.org', verified: true }]]]) },
        },
      ]);
    },
  );

  it('is no conflict when the addresses are not written', () => {
    const own = { ...linkedTo(LINKED), nameOwners: ownedBy({ 'ada@example.org': {} }) };
    expect(planStored([ADA], own)).toMatchObject([{ kind: 'existing' }]);
  });
});

it('addresses that the settings confirm are written as confirmed', () => {
  const unconfirmed = { ...LINKED, emails: [{ address: 'ada@example.org', verified: false }] };
  for (const Accounts_Verify_Email_For_External_Accounts of [true, false]) {
    const [decision] = planStored([ADA], linkedTo(unconfirmed), {
      Accounts_Verify_Email_For_External_Accounts,
    });
    expect(decision?.kind === 'existing' && decision.diff.set.has('emails')).toBe(
      Accounts_Verify_Email_For_External_Accounts,
    );
  }
});

describe('a decision', () => {
  const existing: Decision = { kind: 'existing', person: ADA, user: LINKED, diff: NO_DIFF, link: false };
  const ADVICE = { code: 'several-accounts-linked', params: {}, reason: 'r', remedy: 'r' } as const;
  const DECISIONS: readonly [string, Decision, UserRecord | undefined, boolean][] = [
    ['to create', { kind: 'create', person: ADA, username: 'ada' }, undefined, true],
    ['to change nothing', existing, LINKED, false],
    ['to change something', { ...existing, diff: { ...NO_DIFF, addImportId: 'x' } }, LINKED, true],
    ['to link', { ...existing, link: true }, LINKED, true],
    ['to leave alone', { kind: 'leave', person: ADA, user: LINKED }, LINKED, false],
    [
      'that there is a conflict',
      { kind: 'conflict', person: ADA, user: LINKED, ...ADVICE },
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
    expect(planStored([ADA, { ...BOB, username: 'ADA' }], NOBODY)[1]).toMatchObject({
      kind: 'conflict',
      reason: 'The user name ADA belongs to another account (the one of uid=ada,dc=x).',
      remedy: 'Rename one of the two.',
    });
    expect(planStored([ADA, { ...BOB, username: 'ADA' }], NOBODY, MERGING)[1]).toMatchObject({
      kind: 'conflict',
    });
    expect(planStored([ADA, { ...BOB, emails: ['ADA@example.org'] }], NOBODY, MERGING)[1]).toMatchObject({
      kind: 'conflict',
      reason: expect.stringContaining('(the one of uid=ada,dc=x)'),
    });
  });

  it('whoever has no name in the directory is created under the id', () => {
    expect(planStored([{ ...ADA, username: undefined }], NOBODY)).toMatchObject([
      { kind: 'create', username: ADA.id },
    ]);
  });

  it('an account that is written keeps the name and the addresses it had', () => {
    const moved: Person = { ...ADA, emails: ['new@example.org'] };
    const stored = linkedTo(LINKED);
    expect(planStored([moved, { ...BOB, username: 'ada' }], stored)[1]).toMatchObject({
      kind: 'conflict',
      reason: 'The user name ada belongs to another account (ada, id u1).',
      remedy: 'Rename one of the two.',
    });
    expect(planStored([moved, { ...BOB, emails: ['ADA@example.org'] }], stored)[1]).toMatchObject({
      kind: 'conflict',
    });
    expect(planStored([moved, { ...BOB, emails: ['NEW@example.org'] }], stored, MERGING)[1]).toMatchObject({
      kind: 'conflict',
      reason: expect.stringContaining('(ada, id u1)'),
    });
  });

  it('an account that is not written reserves nothing', () => {
    // What it has is among the stored name owners, if it has it still.
    expect(
      planStored([ADA, { ...BOB, username: 'ada', emails: ['ada@example.org'] }], linkedTo(LINKED)),
    ).toMatchObject([{ kind: 'existing' }, { kind: 'create' }]);
  });

  it('a nameless account that is written takes nobody the name "undefined"', () => {
    const nameless = { ...LINKED, username: undefined, emails: undefined };
    expect(
      planStored(
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
    planStored([BOB], stored);
    expect([stored.nameOwners.usernames.size, stored.nameOwners.emails.size]).toEqual([0, 0]);
  });
});

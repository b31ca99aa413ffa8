import type { Person } from '../../lib/mapping/map-entry.js';
import { parseSyncSettings } from '../../lib/settings/parse-sync-settings.js';
import { parseSettings } from '../../lib/settings/settings.js';
import type { SyncPolicy, SyncSettings } from '../../lib/settings/sync-settings.js';
import { addOwner, toClaimant, type Claimant } from '../../lib/sync/claims.js';
import { planPage, type Decision } from '../../lib/sync/plan-page.js';
import type { UserRecord } from '../../models/user.js';
import { ADA } from '../setup/entries.js';

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
  const usernames = new Map<string, readonly Claimant[]>();
  const emails = new Map<string, readonly Claimant[]>();
  for (const record of stored) {
    const id = record.services?.ldap?.id;
    if (id === undefined) accounts.set(record._id, record);
    else linked.set(id, [...(linked.get(id) ?? []), record]);
    const claim = toClaimant(record);
    addOwner(usernames, record.username ?? '', claim);
    for (const { address } of record.emails ?? []) addOwner(emails, address, claim);
  }
  return planPage(people, { linked, claims: { usernames, emails }, accounts }, settings(policy));
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

  it('who is linked keeps an address that a linked person now claims as well', () => {
    const decisions = plan(
      [{ ...BOB, emails: ['bob@example.org', 'ada@example.org'] }],
      [user(ADA), user(BOB)],
    );
    expect(decisions).toMatchObject([
      { kind: 'conflict', reason: expect.stringContaining('ada@example.org') },
    ]);
  });

  it('within the page keeps what they claimed first', () => {
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

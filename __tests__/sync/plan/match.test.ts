import type { MergeObstacleCode } from '../../../lib/sync/plan/merge-obstacle.js';
import type { NameOwner, NameOwners } from '../../../lib/sync/plan/name-owners.js';
import { findAddressConflict, matchUnlinked } from '../../../lib/sync/plan/match.js';
import type { EmailRecord } from '../../../models/user.js';
import { ADA } from '../../setup/entries.js';

const VERIFIED: EmailRecord = { address: 'ada@example.org', verified: true };
const SOMEBODY: NameOwner = {
  _id: 'u1',
  username: 'ada',
  emails: [VERIFIED],
  type: 'user',
  active: true,
  roles: ['user'],
  linked: false,
};
const NOBODY: NameOwners = { usernames: new Map(), emails: new Map() };
const MERGING = { mergeExisting: true, defaultRoles: ['user'] };
const NOT_MERGING = { ...MERGING, mergeExisting: false };
const BY_HAND = 'link the account by hand (services.ldap of u1: { id: "616461", idAttribute: "uid" })';

const named = (owner: Partial<NameOwner> = {}): NameOwners => ({
  ...NOBODY,
  usernames: new Map([['ada', [{ ...SOMEBODY, ...owner }]]]),
});
const addressed = (owner: Partial<NameOwner> = {}, address = 'ada@example.org'): NameOwners => ({
  ...NOBODY,
  emails: new Map([[address, [{ ...SOMEBODY, ...owner }]]]),
});

describe('without merging, whoever has the name or the address', () => {
  const MERGE = ', or switch LDAP_Merge_Existing_Users on to connect this account with the entry.';

  it.each([
    [
      'the name and the verified address',
      named(),
      'The user name Ada belongs to another account (ada, id u1).',
      `Rename one of the two${MERGE}`,
      { username: 'Ada', account: 'ada, id u1' },
    ],
    [
      'the address',
      addressed(),
      'The address ada@example.org belongs to another account (ada, id u1).',
      `Change the address of one of the two${MERGE}`,
      { address: 'ada@example.org', account: 'ada, id u1' },
    ],
    [
      'the address and no name',
      addressed({ username: undefined }),
      'The address ada@example.org belongs to another account (id u1).',
      `Change the address of one of the two${MERGE}`,
      { address: 'ada@example.org', account: 'id u1' },
    ],
    [
      'the name alone',
      named({ emails: [] }),
      'The user name Ada belongs to another account (ada, id u1).',
      'Rename one of the two. If both are the same person, switch LDAP_Merge_Existing_Users on, let ' +
        `its owner add and verify ada@example.org; or ${BY_HAND}.`,
      { username: 'Ada', account: 'ada, id u1' },
    ],
    [
      'the name and a link of their own',
      named({ linked: true }),
      'The user name Ada belongs to another account (ada, id u1).',
      'Rename one of the two.',
      { username: 'Ada', account: 'ada, id u1' },
    ],
    [
      'the address and a link of their own',
      addressed({ linked: true }),
      'The address ada@example.org belongs to another account (ada, id u1).',
      'Change the address of one of the two.',
      { address: 'ada@example.org', account: 'ada, id u1' },
    ],
    [
      'the name and is a bot',
      named({ type: 'bot' }),
      'The user name Ada belongs to another account (ada, id u1).',
      'Rename one of the two.',
      { username: 'Ada', account: 'ada, id u1' },
    ],
    [
      'the name since a moment ago',
      named({ linked: true, dn: 'cn=other' }),
      'The user name Ada belongs to another account (the one of cn=other).',
      'Rename one of the two.',
      { username: 'Ada', account: 'the one of cn=other' },
    ],
  ])('keeps it: %s', (_, nameOwners, reason, remedy, params) => {
    const advice = { code: 'names-belong-to-another', params, reason, remedy };
    expect(matchUnlinked({ person: ADA, username: 'Ada' }, nameOwners, NOT_MERGING)).toEqual({
      kind: 'conflict',
      owners: [expect.objectContaining({ account: expect.objectContaining({ _id: 'u1' }) })],
      ...advice,
    });
  });

  it('is nobody: the person is new', () => {
    expect(matchUnlinked({ person: ADA, username: 'ada' }, NOBODY, NOT_MERGING)).toEqual({ kind: 'new' });
    expect(matchUnlinked({ person: ADA, username: 'ada' }, NOBODY, MERGING)).toEqual({ kind: 'new' });
  });
});

describe('with merging, a person becomes', () => {
  const twice = (...emails: EmailRecord[]) => addressed({ emails });

  it.each([
    ['the account that has verified the first address', addressed()],
    ['the one account that has both', { usernames: named().usernames, emails: addressed().emails }],
    [
      'an account that has it as its second',
      twice({ address: 'a@b', verified: false }, { address: 'ada@example.org', verified: true }),
    ],
  ])('%s', (_, nameOwners) => {
    expect(matchUnlinked({ person: ADA, username: 'ada' }, nameOwners, MERGING)).toEqual({
      kind: 'merge',
      userId: 'u1',
      address: 'ada@example.org',
    });
  });

  it('the account that has it in another case', () => {
    const nameOwners = twice({ address: 'Ada@Example.org', verified: true });
    expect(matchUnlinked({ person: ADA, username: 'other' }, nameOwners, MERGING)).toMatchObject({
      address: 'Ada@Example.org',
    });
  });

  it('nobody by an address that they do not have', () => {
    const nameless = addressed({}, '');
    expect(matchUnlinked({ person: { ...ADA, emails: [] }, username: 'other' }, nameless, MERGING)).toEqual({
      kind: 'new',
    });
    expect(matchUnlinked({ person: ADA, username: 'other' }, nameless, MERGING)).toEqual({ kind: 'new' });
  });
});

/** What nobody may decide about. */
const NEVER: ReadonlySet<MergeObstacleCode> = new Set([
  'no-person',
  'no-type',
  'federated',
  'linked',
] as const);

describe('with merging, an account is not gained without a decision', () => {
  it.each<[string, MergeObstacleCode, Partial<NameOwner>, string, string?]>([
    [
      'that is an administrator',
      'further-roles',
      { roles: ['user', 'admin'] },
      'the role admin',
      'take the role admin from it',
    ],
    [
      'with several other roles',
      'further-roles',
      { roles: ['x', 'y'] },
      'the roles x, y',
      'take the roles x, y from it',
    ],
    ['without roles', 'no-role', { roles: undefined }, 'it has no role', 'give it the role of a new user'],
    ['with an empty list of roles', 'no-role', { roles: [] }, 'it has no role'],
    ['whose roles are a text', 'no-role', { roles: 'admin' as never }, 'it has no role'],
    [
      'with a role that is no text',
      'further-roles',
      { roles: [{ $gt: '' }] as never },
      'something that is no text',
    ],
    ['that is switched off', 'switched-off', { active: false }, 'switched off', 'switch the account on'],
    ['that is half switched on', 'switched-off', { active: null as never }, 'switched off'],
    ['that is a bot', 'bot', { type: 'bot' }, 'it is a bot'],
    ['that is an app', 'no-person', { type: 'app' }, 'its type is app'],
    ['without a type', 'no-type', { type: undefined }, 'it has no type'],
    ['of another server', 'federated', { federated: true }, 'another server'],
    ['that people sign in to by SAML', 'other-sign-in', { otherServices: ['saml'] }, 'through saml'],
    [
      'with the address unverified',
      'unverified-address',
      { emails: [{ ...VERIFIED, verified: false }] },
      'not verified',
      'verify ada@',
    ],
    [
      'with a half verified address',
      'unverified-address',
      { emails: [{ ...VERIFIED, verified: 'true' as never }] },
      'not verified',
    ],
    [
      'with the address twice, once unverified',
      'unverified-address',
      { emails: [VERIFIED, { address: 'ADA@example.org', verified: false }] },
      'not verified',
    ],
    [
      'without the address',
      'other-address',
      { emails: [] },
      "does not have the entry's first address",
      'add and verify',
    ],
    [
      'with unreadable addresses',
      'other-address',
      { emails: 'ada@example.org' as never },
      "does not have the entry's first",
    ],
  ])('%s', (_, obstacles, owner, reason, remedy = '') => {
    const both = { usernames: named(owner).usernames, emails: addressed(owner).emails };
    const isForDecision = !NEVER.has(obstacles);
    const match = matchUnlinked({ person: ADA, username: 'ada' }, both, MERGING);
    const between = match.kind === 'conflict' ? match.between : undefined;
    expect(between?.account._id).toBe(isForDecision ? 'u1' : undefined);
    expect({ ...match, between: undefined }).toEqual({
      kind: 'conflict',
      owners: expect.any(Array),
      code: isForDecision ? 'merge-needs-decision' : 'names-belong-to-another',
      params: { username: 'ada', address: 'ada@example.org', account: 'ada, id u1', obstacles },
      reason: expect.stringMatching(
        new RegExp(
          '^The user name ada and the address ada@example.org belong to another account \\(ada, id ' +
            `u1\\)\\. It is not connected with the entry: .*${reason}`,
        ),
      ),
      remedy: expect.stringContaining(remedy),
    });
  });

  it('by an address that is the same only when the Kelvin sign is a k', () => {
    const person = { ...ADA, emails: ['kay@example.org'] };
    const nameOwners = addressed(
      { emails: [{ address: '\u212Aay@example.org', verified: true }] },
      'kay@example.org',
    );
    expect(matchUnlinked({ person, username: 'kay' }, nameOwners, MERGING)).toMatchObject({
      kind: 'conflict',
    });
  });

  it('by an address that is made of the user name', () => {
    expect(
      matchUnlinked({ person: { ...ADA, hasBuiltAddress: true }, username: 'ada' }, addressed(), MERGING),
    ).toMatchObject({
      kind: 'conflict',
      reason: expect.stringContaining('only one made of the user name'),
    });
  });

  it('by a person of another server, nor with one', () => {
    const person = { ...ADA, homeServer: 'other.example' };
    const match = matchUnlinked({ person, username: 'ada' }, addressed(), MERGING);
    expect(match).toMatchObject({ kind: 'conflict' });
    expect(match).not.toHaveProperty('between');
  });

  it('by a further address of the entry', () => {
    const person = { ...ADA, emails: ['first@example.org', 'ada@example.org'] };
    expect(matchUnlinked({ person, username: 'other' }, addressed(), MERGING)).toMatchObject({
      kind: 'conflict',
      reason: expect.stringContaining("does not have the entry's first address, first@example.org"),
    });
  });

  it('as an administrator, though every new user were one', () => {
    const policy = { ...MERGING, defaultRoles: ['user', 'admin', 'extra'] };
    expect(
      matchUnlinked({ person: ADA, username: 'ada' }, addressed({ roles: ['user', 'admin'] }), policy).kind,
    ).toBe('conflict');
    expect(
      matchUnlinked({ person: ADA, username: 'ada' }, addressed({ roles: ['extra'] }), policy).kind,
    ).toBe('merge');
  });

  it('when another one has the name', () => {
    const nameOwners = { usernames: named({ _id: 'u2', emails: [] }).usernames, emails: addressed().emails };
    expect(matchUnlinked({ person: ADA, username: 'ada' }, nameOwners, MERGING)).toEqual({
      kind: 'conflict',
      owners: expect.any(Array),
      code: 'names-belong-to-several',
      params: {
        accounts: 'the user name ada to ada, id u2, the address ada@example.org to ada, id u1',
        more: 0,
      },
      reason:
        'What the entry says belongs to several accounts: the user name ada to ada, id u2, the address ' +
        'ada@example.org to ada, id u1.',
      remedy: expect.stringContaining('to one account at most'),
    });
  });

  it('when another one has one of the further addresses', () => {
    const person = { ...ADA, emails: ['ada@example.org', 'second@example.org'] };
    const emails = new Map([
      ...addressed().emails,
      ...addressed({ _id: 'u2', emails: [] }, 'second@example.org').emails,
    ]);
    expect(matchUnlinked({ person, username: 'x' }, { ...NOBODY, emails }, MERGING)).toMatchObject({
      kind: 'conflict',
    });
  });

  it('when another one has its name in another case, whichever is found first', () => {
    const [one, other] = [SOMEBODY, { ...SOMEBODY, _id: 'u2' }];
    for (const owners of [
      [one, other],
      [other, one],
    ]) {
      const usernames = new Map([['ada', owners]]);
      expect(
        matchUnlinked({ person: ADA, username: 'ada' }, { ...NOBODY, usernames }, MERGING),
      ).toMatchObject({
        kind: 'conflict',
        reason: expect.stringMatching(/id u1.*id u2|id u2.*id u1/),
      });
    }
  });
});

describe('a conflict about an address of a linked user', () => {
  it('is not with oneself', () => {
    expect(findAddressConflict(ADA, addressed(), 'u1')).toBeUndefined();
    expect(findAddressConflict(ADA, addressed(), 'u2')).toMatchObject({ kind: 'conflict' });
  });

  it('may be about any of the addresses, in any case, and with either of two', () => {
    const person = { ...ADA, emails: ['first@example.org', 'ADA@Example.org'] };
    expect(findAddressConflict(person, addressed(), 'u2')).toEqual({
      kind: 'conflict',
      code: 'address-belongs-to-another',
      params: { address: 'ADA@Example.org', account: 'ada, id u1' },
      reason: 'The address ADA@Example.org belongs to another account (ada, id u1).',
      remedy: 'Change the address of one of the two.',
    });
    const emails = new Map([['ada@example.org', [SOMEBODY, { ...SOMEBODY, _id: 'u2' }]]]);
    expect(findAddressConflict(ADA, { ...NOBODY, emails }, 'u1')?.reason).toContain('id u2');
  });
});

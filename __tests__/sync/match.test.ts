import type { Claimant, Claims } from '../../lib/sync/claims.js';
import { findConflict, matchUnlinked } from '../../lib/sync/match.js';
import { ADA } from '../setup/entries.js';

const SOMEBODY: Claimant = {
  _id: 'u1',
  username: 'ada',
  emails: [],
  type: 'user',
  active: true,
  linked: false,
};
const NOBODY: Claims = { usernames: new Map(), emails: new Map() };

const named = (claimant: Partial<Claimant> = {}): Claims => ({
  ...NOBODY,
  usernames: new Map([['ada', [{ ...SOMEBODY, ...claimant }]]]),
});
const addressed = (claimant: Partial<Claimant> = {}, address = 'ada@example.org'): Claims => ({
  ...NOBODY,
  emails: new Map([[address, [{ ...SOMEBODY, ...claimant }]]]),
});

describe('without merging, whoever has the name or the address', () => {
  it.each([
    [
      'the name',
      named(),
      'The user name Ada belongs to another account (ada, id u1).',
      'Rename one of the two, or switch LDAP_Merge_Existing_Users on to connect this account with the entry.',
    ],
    [
      'the address',
      addressed(),
      'The address ada@example.org belongs to another account (ada, id u1).',
      'Change the address of one of the two, or switch LDAP_Merge_Existing_Users on to connect this account with the entry.',
    ],
    [
      'the name and a link of their own',
      named({ linked: true }),
      'The user name Ada belongs to another account (ada, id u1).',
      'Rename one of the two.',
    ],
    [
      'the address and a link of their own',
      addressed({ linked: true }),
      'The address ada@example.org belongs to another account (ada, id u1).',
      'Change the address of one of the two.',
    ],
    [
      'the name and is a bot',
      named({ type: 'bot' }),
      'The user name Ada belongs to another account (ada, id u1).',
      'Rename one of the two.',
    ],
    [
      'the address and no name',
      addressed({ username: undefined }),
      'The address ada@example.org belongs to another account (id u1).',
      'Change the address of one of the two, or switch LDAP_Merge_Existing_Users on to connect this account with the entry.',
    ],
    [
      'the name since a moment ago',
      named({ linked: true, dn: 'cn=other' }),
      'The user name Ada belongs to another account (the one of cn=other).',
      'Rename one of the two.',
    ],
  ])('keeps it: %s', (_, claims, reason, remedy) => {
    expect(matchUnlinked(ADA, 'Ada', claims, false)).toEqual({ kind: 'conflict', reason, remedy });
  });

  it('is nobody: the person is new', () => {
    expect(matchUnlinked(ADA, 'ada', NOBODY, false)).toEqual({ kind: 'new' });
    expect(matchUnlinked(ADA, 'ada', NOBODY, true)).toEqual({ kind: 'new' });
  });
});

describe('with merging, a person becomes', () => {
  it.each([
    ['the account with the first address', addressed()],
    ['the account with the user name', named()],
    ['an account whose type nobody wrote down', named({ type: undefined })],
    ['the one account that has both', { usernames: named().usernames, emails: addressed().emails }],
  ])('%s', (_, claims) => {
    expect(matchUnlinked(ADA, 'ada', claims, true)).toEqual({ kind: 'merge', userId: 'u1' });
  });

  it('not an account with one of the further addresses only', () => {
    const person = { ...ADA, emails: ['first@example.org', 'ada@example.org'] };
    expect(matchUnlinked(person, 'other', addressed(), true)).toMatchObject({
      kind: 'conflict',
      remedy: 'Change the address of one of the two.',
    });
  });

  it('the account with the name when a bot has the address, but then the address is in the way', () => {
    const claims = {
      usernames: named().usernames,
      emails: addressed({ _id: 'bot', username: 'robot', type: 'bot' }).emails,
    };
    expect(matchUnlinked(ADA, 'ada', claims, true)).toMatchObject({
      kind: 'conflict',
      reason: expect.stringContaining('(robot, id bot)'),
      remedy: 'Change the address of one of the two.',
    });
  });

  it('nobody by an address that they do not have', () => {
    const nameless = addressed({}, '');
    expect(matchUnlinked({ ...ADA, emails: [] }, 'other', NOBODY, true)).toEqual({ kind: 'new' });
    expect(matchUnlinked({ ...ADA, emails: ['ada@example.org'] }, 'other', nameless, true)).toEqual({
      kind: 'new',
    });
  });
});

describe('of two accounts with one name or address in two cases', () => {
  const twins = (...claimants: readonly Partial<Claimant>[]): ReadonlyMap<string, readonly Claimant[]> =>
    new Map([['ada', claimants.map((claimant) => ({ ...SOMEBODY, ...claimant }))]]);

  it('either is in the way of the other, whichever is found first', () => {
    for (const usernames of [twins({ _id: 'u1' }, { _id: 'u2' }), twins({ _id: 'u2' }, { _id: 'u1' })]) {
      expect(findConflict(ADA, 'ada', { ...NOBODY, usernames }, 'u1')).toMatchObject({
        reason: expect.stringContaining('id u2'),
      });
      expect(matchUnlinked(ADA, 'ada', { ...NOBODY, usernames }, true)).toMatchObject({ kind: 'conflict' });
    }
  });

  it('the one that may be merged is not taken while the other has the name', () => {
    expect(
      matchUnlinked(
        ADA,
        'ada',
        { ...NOBODY, usernames: twins({ _id: 'u1', linked: true }, { _id: 'u2' }) },
        true,
      ),
    ).toMatchObject({ reason: expect.stringContaining('id u1') });
  });
});

describe('a conflict', () => {
  it('is not with oneself', () => {
    expect(findConflict(ADA, 'ada', named(), 'u1')).toBeUndefined();
    expect(findConflict(ADA, undefined, addressed(), 'u1')).toBeUndefined();
    expect(findConflict(ADA, 'ada', named(), 'u2')).toMatchObject({ kind: 'conflict' });
    expect(findConflict(ADA, undefined, addressed(), 'u2')).toMatchObject({ kind: 'conflict' });
  });

  it('is not about a user name that is not asked for', () => {
    expect(
      findConflict(
        ADA,
        undefined,
        {
          ...NOBODY,
          usernames: new Map([
            ['undefined', [SOMEBODY]],
            ['ada', [SOMEBODY]],
          ]),
        },
        undefined,
      ),
    ).toBeUndefined();
  });

  it('may be about any of the addresses, in any case', () => {
    const person = { ...ADA, emails: ['first@example.org', 'ADA@Example.org'] };
    expect(findConflict(person, undefined, addressed(), 'u2')).toEqual({
      kind: 'conflict',
      reason: 'The address ADA@Example.org belongs to another account (ada, id u1).',
      remedy: 'Change the address of one of the two.',
    });
  });
});

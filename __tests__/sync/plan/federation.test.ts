import type { UserRecord } from '../../../models/user.js';
import type { Person } from '../../../lib/mapping/map-entry.js';
import { diffUser } from '../../../lib/sync/plan/diff.js';
import { findNameRefusal, toNameRules } from '../../../lib/sync/plan/name-refusal.js';
import { toNewUser } from '../../../lib/sync/plan/new-user.js';
import { createSweepState } from '../../../lib/sync/removals/sweep-state.js';
import { readPage } from '../../../lib/sync/sweep/read-page.js';
import { ADA } from '../../setup/entries.js';
import { toPerson } from '../../setup/histories.js';
import { toSyncSettings } from '../../setup/sync-settings.js';

const SETTINGS = toSyncSettings();
const OPTIONS = { ...SETTINGS.newUser, activeState: 'both' } as const;
const NAME = '@ada:other.example';
const FEDERATED: Person = { ...ADA, homeServer: 'other.example', username: NAME, emails: [] };
const toUser = (person: Person): UserRecord =>
  toNewUser({ person, username: person.username ?? '' }, OPTIONS, { id: 'u1', now: new Date(0) });

describe('the difference between an entry and a user of another server', () => {
  it.each([
    ['a local user', { ...FEDERATED, name: 'New', sipExtension: '' }, toUser({ ...ADA, sipExtension: '7' })],
    ['a federated user', { ...ADA, name: 'New', username: 'countess' }, toUser(FEDERATED)],
  ])('is nothing, whatever the entry says of %s', (_, person, user) => {
    const { set, clear, rename, activation, addImportId } = diffUser(person, user, OPTIONS);
    expect([[...set], [...clear], rename, activation, addImportId]).toEqual([
      [],
      [],
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('switches a local user off all the same, and nobody of another server', () => {
    const off = { disabled: true } as const;
    expect(diffUser({ ...FEDERATED, ...off }, toUser(ADA), OPTIONS).activation).toBe('deactivate');
    expect(diffUser({ ...ADA, ...off }, toUser(FEDERATED), OPTIONS).activation).toBeUndefined();
  });

  it.each([
    [{ disabled: true }, true, 'deactivate'],
    [{ disabled: false }, false, 'activate'],
    [{ disabled: false }, true, undefined],
  ] as const)('keeps the state of a federated user, and says what was wanted: %j', (state, active, kept) => {
    const { activation, keptState } = diffUser(
      { ...FEDERATED, ...state },
      { ...toUser(FEDERATED), active },
      OPTIONS,
    );
    expect([activation, keptState]).toEqual([undefined, kept]);
  });
});

it('a name of the federated form is for accounts of other servers alone', () => {
  const rules = toNameRules(SETTINGS.usernames);
  expect(findNameRefusal(NAME, rules)).toMatchObject({
    code: 'username-reserved',
    params: { by: 'federation' },
  });
  expect(findNameRefusal(NAME, rules, true)).toBeUndefined();
});

it('groups give nothing to people of other servers', () => {
  const { mapping } = toSyncSettings({
    LDAP_FederationHomeServer_Field: 'homeServer',
    Federation_Service_Enabled: true,
    Federation_Service_Domain: 'x.org',
  });
  const entries = [toPerson('ada', { homeServer: 'other.example' }), toPerson('bob')];
  const grants = { roles: { given: new Set(['support']), doubtful: new Set<string>() } };
  const groups = new Map(entries.map((entry) => [entry, { grants }]));
  const { people } = readPage(entries, { mapping, groups }, createSweepState(0));
  expect(people.map((person) => person.grants)).toEqual([undefined, grants]);
});

import { NO_DIFF } from '../../../../lib/sync/plan/diff.js';
import { CLEAR } from '../../../../lib/sync/removals/kinds/clear.js';
import { DEACTIVATE } from '../../../../lib/sync/removals/kinds/deactivate.js';
import { KINDS_IN_ORDER } from '../../../../lib/sync/removals/kinds/removal-kinds.js';
import type { ConfirmFacts } from '../../../../lib/sync/removals/kinds/removal-kind.js';
import { NO_RULES } from '../../../../lib/sync/rooms/membership-rules.js';
import { RENAME } from '../../../../lib/sync/removals/kinds/rename.js';
import { PHOTO } from '../../../../lib/sync/removals/kinds/photo.js';
import type { SyncSettings } from '../../../../lib/settings/sync-settings.js';
import type { UserRecord } from '../../../../models/user.js';
import { toEmails, toReaddress, toRename, toRow } from '../../../setup/removal-rows.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const ADA: UserRecord = {
  _id: 'u1',
  username: 'ada',
  active: true,
  emails: toEmails('a@x', 'b@x'),
  sipExtension: '42',
  services: { ldap: { id: 'u1', idAttribute: 'uid' } },
};
const present = (changes: Partial<UserRecord> = {}, admins: readonly string[] = []) => ({
  user: { ...ADA, ...changes },
  admins,
  stamp: { runId: 'run1', now: NOW },
});
/** What these kinds do not look at. */
const FACTS: ConfirmFacts = {
  person: undefined,
  entry: { dn: 'cn=ada', attributes: new Map() },
  formerEntry: undefined,
  user: ADA,
  owners: { usernames: new Map(), emails: new Map() },
  settings: {} as SyncSettings,
  withheld: [],
  memberships: NO_RULES,
};
const CHANGED = { obstacle: 'changed' };

it('names are given up before addresses, and addresses before anybody is switched on or off', () => {
  expect(KINDS_IN_ORDER).toEqual([
    'relink',
    'release',
    'rename',
    'clear',
    'photo',
    'membership',
    'merge',
    'reactivate',
    'deactivate',
  ]);
});

describe('a renaming', () => {
  const row = toRename('u1', 'ada', 'countess');

  it('is confirmed by the very name the directory says now', () => {
    const says = (to: string) => RENAME.confirm(row, { ...NO_DIFF, rename: { from: 'ada', to } }, FACTS);
    expect(says('countess')).toMatchObject({ by: 'renamed' });
    expect(says('duchess')).toHaveProperty('refused');
    expect(RENAME.confirm(row, NO_DIFF, FACTS)).toHaveProperty('refused');
  });

  it('keeps the name that still stands elsewhere, the earliest of several', () => {
    expect(RENAME.carryOut(row, present())).toEqual({
      update: { set: { username: 'countess', 'ldapSync.renamedFrom': 'ada', _updatedAt: NOW } },
    });
    expect(RENAME.carryOut(row, present({ ldapSync: { renamedFrom: 'first' } }))).toMatchObject({
      update: { set: { 'ldapSync.renamedFrom': 'first' } },
    });
  });

  it('does not touch a user whom somebody has called otherwise since, or a row without a name', () => {
    expect(RENAME.carryOut(row, present({ username: 'by-hand' }))).toEqual(CHANGED);
    expect(RENAME.carryOut(toRow('rename', 'u1'), present())).toEqual(CHANGED);
    expect(RENAME.takeBack(row, present({ username: 'by-hand' }), 'run0')).toEqual(CHANGED);
  });

  it('gives the old name up and wants the new one, by way of a name that nobody has', () => {
    expect(RENAME.exchange?.gives(toRename('u1', 'Ada', 'x'))).toEqual(['ada']);
    expect(RENAME.exchange?.wants(row)).toEqual(['countess']);
    expect(RENAME.exchange?.toInterim('u1')).toEqual({ set: { username: 'ldap-sync.interim.u1' } });
    expect(RENAME.exchange?.toTaken(row)).toMatchObject({ params: { username: 'countess' } });
  });
});

describe('a clearing', () => {
  const row = toReaddress('u1', ['a@x', 'b@x'], ['a@x', 'c@x']);

  it('is confirmed when the directory still says the same value, with the flags of now', () => {
    const to = toEmails('a@x', 'c@x').map((email) => ({ ...email, verified: false }));
    const confirmed = CLEAR.confirm(row, { ...NO_DIFF, clear: new Map([['emails', to]]) }, FACTS);
    expect(confirmed).toMatchObject({ by: 'without-value', fields: [{ to }] });
    const other = new Map([['emails', toEmails('a@x')]] as const);
    expect(CLEAR.confirm(row, { ...NO_DIFF, clear: other }, FACTS)).toHaveProperty('refused');
    expect(CLEAR.confirm(row, NO_DIFF, FACTS)).toHaveProperty('refused');
  });

  it('happens to a user who has what was expected, and to no other', () => {
    const set = { emails: toEmails('a@x', 'c@x'), _updatedAt: NOW };
    expect(CLEAR.carryOut(row, present())).toEqual({ update: { set, unset: [] } });
    expect(CLEAR.carryOut(row, present({ emails: toEmails('a@x', 'own@x') }))).toEqual(CHANGED);
    const extension = toRow('clear', 'u1', [{ field: 'sipExtension', from: '42' }]);
    expect(CLEAR.carryOut(extension, present())).toMatchObject({ update: { unset: ['sipExtension'] } });
    expect(CLEAR.takeBack(extension, present({ sipExtension: '43' }), 'run0')).toEqual(CHANGED);
  });

  it('wants the new addresses and gives those up that do not come back in another case', () => {
    const cased = toReaddress('u1', ['a@x', 'b@x'], ['A@x', 'c@x']);
    expect(CLEAR.exchange?.gives(cased)).toEqual(['b@x']);
    expect(CLEAR.exchange?.wants(cased)).toEqual(['A@x', 'c@x']);
    expect(CLEAR.exchange?.toInterim('u1')).toEqual({ set: {}, unset: ['emails'] });
    expect(CLEAR.exchange?.toTaken(row)).toMatchObject({ params: { addresses: 'c@x' } });
  });
});

describe('switching off', () => {
  const row = toRow('deactivate', 'u1');

  it('is confirmed by a person who is disabled', () => {
    expect(DEACTIVATE.confirm(row, { ...NO_DIFF, activation: 'deactivate' }, FACTS)).toMatchObject({
      by: 'disabled',
    });
    expect(DEACTIVATE.confirm(row, NO_DIFF, FACTS)).toHaveProperty('refused');
    expect(DEACTIVATE.isConfirmedByAbsence).toBe(true);
  });

  it('ends the sessions, and says why, when, and by which run', () => {
    expect(DEACTIVATE.carryOut(row, present())).toEqual({
      update: {
        set: {
          active: false,
          inactiveReason: 'deactivated',
          'services.resume.loginTokens': [],
          'ldapSync.deactivatedAt': NOW,
          'ldapSync.deactivatedBecause': 'missing-from-directory',
          'ldapSync.deactivatedByRun': 'run1',
          'ldapSync.switching': 'off',
          'ldapSync.mail': { about: 'off', runId: 'run1' },
          _updatedAt: NOW,
        },
        unset: ['ldapSync.reactivatedByRun'],
      },
    });
  });

  it('does not touch who is off already, is linked to another entry, or is the last administrator', () => {
    expect(DEACTIVATE.carryOut(row, present({ active: false }))).toEqual(CHANGED);
    expect(DEACTIVATE.carryOut(row, present({ services: { ldap: { id: 'other' } } }))).toEqual(CHANGED);
    expect(DEACTIVATE.carryOut(row, present({}, ['u1']))).toEqual({ obstacle: 'last-admin' });
    expect(DEACTIVATE.carryOut(row, present({}, ['u1', 'u2']))).toHaveProperty('update');
  });

  it('is taken back from whom that run has switched off, and from nobody else', () => {
    const off = { active: false, ldapSync: { deactivatedByRun: 'run0' } };
    expect(DEACTIVATE.takeBack(row, present(off), 'run0')).toMatchObject({
      update: { set: { active: true } },
    });
    expect(DEACTIVATE.takeBack(row, present(off), 'run9')).toEqual(CHANGED);
    expect(DEACTIVATE.takeBack(row, present({ ...off, active: true }), 'run0')).toEqual(CHANGED);
  });
});

describe('a photo that is gone', () => {
  const row = toRow('photo', 'u1', [{ field: 'photo', from: 'h1' }]);
  const pictured = (changes: Partial<UserRecord> = {}) =>
    present({ avatarETag: 'h1', avatarOrigin: 'rest', ldapSync: { photo: 'h1' }, ...changes });

  it('is confirmed while the directory has none and the user has ours', () => {
    expect(PHOTO.confirm(row, { ...NO_DIFF, dropsPhoto: true }, FACTS)).toMatchObject({
      by: 'without-value',
    });
    expect(PHOTO.confirm(row, NO_DIFF, FACTS)).toHaveProperty('refused');
  });

  it('takes the picture, its origin and what was recorded of it', () => {
    expect(PHOTO.carryOut(row, pictured())).toEqual({
      update: { set: { _updatedAt: NOW }, unset: ['avatarETag', 'avatarOrigin', 'ldapSync.photo'] },
    });
  });

  it.each([
    ['who has another picture', { avatarETag: 'own' }],
    ['who has none', { avatarETag: undefined }],
    ['who has got another photo since', { avatarETag: 'h2', ldapSync: { photo: 'h2' } }],
    ['of whom no photo was recorded', { ldapSync: {} }],
    ['who is linked to another entry', { services: { ldap: { id: 'other' } } }],
  ] as const)('does not touch a user %s', (_who, changes) => {
    expect(PHOTO.carryOut(row, pictured(changes as Partial<UserRecord>))).toEqual(CHANGED);
  });

  it('is taken for no row that says no photo', () => {
    expect(PHOTO.carryOut(toRow('photo', 'u1'), pictured())).toEqual(CHANGED);
  });

  it('cannot be given back', () => {
    expect(PHOTO.takeBack(row, pictured(), 'run0')).toEqual({ obstacle: 'photo-deleted' });
  });
});

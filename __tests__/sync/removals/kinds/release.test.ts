import { NO_DIFF } from '../../../../lib/sync/plan/diff.js';
import { RELEASE } from '../../../../lib/sync/removals/kinds/release.js';
import type { RemovalRow } from '../../../../models/change-row.js';
import type { UserRecord } from '../../../../models/user.js';
import { toEmails } from '../../../setup/removal-rows.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const ADA: UserRecord = {
  _id: 'u1',
  username: 'ada',
  active: false,
  emails: toEmails('a@x', 'b@x'),
  services: { ldap: { id: 'aa', idAttribute: 'uid' } },
};
const ROW: RemovalRow = {
  kind: 'release',
  outcome: 'updated',
  state: 'waiting',
  needsDecision: true,
  userId: 'u1',
  ldapId: 'aa',
  idAttribute: 'uid',
  fields: [
    { field: 'username', from: 'ada', to: 'ada.left' },
    { field: 'emails', from: toEmails('a@x', 'b@x'), to: toEmails('b@x') },
  ],
};
const BACK: RemovalRow = {
  ...ROW,
  fields: ROW.fields.map(({ field, from, to }) => ({ field, from: to, to: from })),
};
const present = (changes: Partial<UserRecord> = {}) => ({
  user: { ...ADA, ...changes },
  admins: [],
  stamp: { runId: 'run1', now: NOW },
});

describe('freeing names', () => {
  it('renames, takes the addresses, and remembers the name that still stands elsewhere', () => {
    expect(RELEASE.carryOut(ROW, present())).toEqual({
      update: {
        set: {
          username: 'ada.left',
          emails: toEmails('b@x'),
          'ldapSync.renamedFrom': 'ada',
          _updatedAt: NOW,
        },
        unset: [],
      },
    });
    const renamed = present({ ldapSync: { renamedFrom: 'countess' } });
    expect(RELEASE.carryOut(ROW, renamed)).toMatchObject({
      update: { set: { 'ldapSync.renamedFrom': 'countess' } },
    });
  });

  it('of addresses alone renames nobody', () => {
    const row = { ...ROW, fields: ROW.fields.slice(1) };
    expect(RELEASE.carryOut(row, present())).toEqual({
      update: { set: { emails: toEmails('b@x'), _updatedAt: NOW }, unset: [] },
    });
    expect([RELEASE.exchange!.wants(row), RELEASE.exchange!.gives(row)]).toEqual([[], []]);
  });

  it.each<[string, Partial<UserRecord>]>([
    ['on', { active: true }],
    ['on by absence', { active: undefined }],
    ['linked to another entry', { services: { ldap: { id: 'bb', idAttribute: 'uid' } } }],
    ['called otherwise', { username: 'ada2' }],
    ['found with other addresses', { emails: toEmails('a@x') }],
  ])('leaves an account that is %s', (_what, changes) => {
    expect(RELEASE.carryOut(ROW, present(changes))).toEqual({ obstacle: 'changed' });
  });

  it('gives up the name and wants the other; going back it also wants the addresses', () => {
    const { gives, wants, alsoWants } = RELEASE.exchange!;
    expect([gives(ROW), wants(ROW), alsoWants!(ROW)]).toEqual([['ada'], ['ada.left'], []]);
    expect([gives(BACK), wants(BACK), alsoWants!(BACK)]).toEqual([['ada.left'], ['ada'], ['a@x']]);
  });

  it('is taken back from what it made, on or off', () => {
    const changed = { username: 'ada.left', emails: toEmails('b@x') };
    for (const active of [false, true])
      expect(RELEASE.takeBack(BACK, present({ ...changed, active }), 'run0')).toMatchObject({
        update: { set: { username: 'ada', emails: toEmails('a@x', 'b@x') } },
      });
    expect(RELEASE.takeBack(BACK, present(), 'run0')).toEqual({ obstacle: 'changed' });
  });

  it('is not wanted of somebody who is there, and only where the setting asks for it', () => {
    expect(RELEASE.confirm(ROW, NO_DIFF, {} as never)).toHaveProperty('refused');
    const asks = (freeNames: boolean) => RELEASE.absence!.isAskedFor({ freeNames } as never);
    expect([asks(true), asks(false)]).toEqual([true, false]);
  });

  it('goes by way of a name that nobody has, names every name that is taken, and passes over what is no text', () => {
    expect(RELEASE.exchange!.toInterim('u1')).toEqual({ set: { username: 'ldap-sync.interim.u1' } });
    const odd = {
      ...ROW,
      fields: [
        { field: 'username', from: 'ada', to: 'one' },
        { field: 'username', from: 7, to: 'two' },
      ],
    };
    expect(RELEASE.exchange!.toTaken(odd).params).toEqual({ username: 'one, two' });
    expect(RELEASE.exchange!.gives(odd)).toEqual(['ada']);
  });

  it('of an account without a name remembers none', () => {
    const row = { ...ROW, fields: [{ field: 'username', to: 'ada.left' }] };
    expect(RELEASE.carryOut(row, present({ username: undefined }))).toStrictEqual({
      update: { set: { username: 'ada.left', _updatedAt: NOW }, unset: [] },
    });
  });
});

import type { SyncSettings } from '../../../../lib/settings/sync-settings.js';
import { NO_DIFF } from '../../../../lib/sync/plan/diff.js';
import { CLEAR } from '../../../../lib/sync/removals/kinds/clear.js';
import type { ConfirmFacts } from '../../../../lib/sync/removals/kinds/removal-kind.js';
import { NO_RULES } from '../../../../lib/sync/rooms/membership-rules.js';
import type { UserRecord } from '../../../../models/user.js';
import { ADA } from '../../../setup/entries.js';
import { toRow } from '../../../setup/removal-rows.js';

const USER: UserRecord = {
  _id: 'u1',
  username: 'ada',
  active: true,
  roles: ['user', 'admin', 'a'],
  services: { ldap: { id: toRow('clear', 'u1', []).ldapId, idAttribute: 'entryUUID' } },
};
const toTaken = (role: string, from: readonly string[] = USER.roles ?? []) =>
  toRow('clear', 'u1', [{ field: 'roles', from, to: from.filter((other) => other !== role) }]);
const present = (changes: Partial<UserRecord> = {}, admins: readonly string[] = ['u1', 'u2']) => ({
  user: { ...USER, ...changes },
  admins,
  stamp: { runId: 'run1', now: new Date(0) },
});

describe('a row that takes a role', () => {
  const FACTS: ConfirmFacts = {
    person: { ...ADA, grants: { roles: { given: new Set(), doubtful: new Set() } } },
    entry: { dn: 'cn=ada', attributes: new Map() },
    formerEntry: undefined,
    user: USER,
    owners: { usernames: new Map(), emails: new Map() },
    settings: { roleRules: { mapped: new Set(['admin', 'a']), areTaken: true } } as unknown as SyncSettings,
    withheld: [{ kind: 'roles', name: 'a' }],
    memberships: NO_RULES,
  };
  const DIFF = { ...NO_DIFF, clear: new Map([['roles', ['user']]] as const) };

  it('asks about the role, and is confirmed when no witness contradicts', () => {
    expect(CLEAR.takes?.(toTaken('a'))).toEqual([{ kind: 'roles', name: 'a' }]);
    expect(CLEAR.confirm(toTaken('a'), DIFF, FACTS)).toMatchObject({ by: 'without-value' });
  });

  it.each<[string, Partial<ConfirmFacts>, string]>([
    ['a witness contradicts', { withheld: [] }, 'for certain'],
    ['only another role is withheld', { withheld: [{ kind: 'roles', name: 'admin' }] }, 'for certain'],
    ['a channel of that name is withheld', { withheld: [{ kind: 'channels', name: 'a' }] }, 'for certain'],
    ['the user has it no more', { user: { ...USER, roles: ['user'] } }, 'no longer has'],
    ['roles are no longer synced', { settings: {} as SyncSettings }, 'settings'],
    [
      'a group gives it again',
      { person: { ...ADA, grants: { roles: { given: new Set(['a']), doubtful: new Set() } } } },
      'gives the role a again',
    ],
  ])('is refused when %s', (_, changes, reason) => {
    expect(CLEAR.confirm(toTaken('a'), DIFF, { ...FACTS, ...changes })).toEqual({
      refused: expect.stringContaining(reason),
    });
  });

  it('is refused when the entry and the user no longer ask for it', () => {
    expect(CLEAR.confirm(toTaken('a'), NO_DIFF, FACTS)).toHaveProperty('refused');
    expect(CLEAR.confirm(toTaken('a'), { ...NO_DIFF, keptRole: 'a' }, FACTS)).toEqual({
      refused: expect.stringContaining('has no other role'),
    });
  });

  it.each<[string, Partial<UserRecord>, object]>([
    ['takes that role', {}, { update: { set: { roles: ['user', 'admin'] } } }],
    ['and no other', { roles: ['x', 'a', 'bot'] }, { update: { set: { roles: ['x', 'bot'] } } }],
    ['not from who has it no more', { roles: ['user'] }, { obstacle: 'changed' }],
    ['not from who is linked otherwise', { services: {} }, { obstacle: 'changed' }],
    ['not as the last', { roles: ['a'] }, { obstacle: 'last-role' }],
    ['not of what is no list', { roles: 'a' as never }, { obstacle: 'changed' }],
  ])('%s', (_, changes, result) => {
    expect(CLEAR.carryOut(toTaken('a'), present(changes))).toMatchObject(result);
  });

  it('takes the administrators’ from all but the last', () => {
    expect(CLEAR.takesAdmin?.(toTaken('admin'))).toBe(true);
    expect(CLEAR.takesAdmin?.(toTaken('a'))).toBe(false);
    expect(CLEAR.carryOut(toTaken('admin'), present())).toHaveProperty('update');
    expect(CLEAR.carryOut(toTaken('admin'), present({}, ['u1']))).toEqual({ obstacle: 'last-admin' });
  });
});

describe('taking it back', () => {
  const back = (role: string, to: readonly string[]) =>
    toRow('clear', 'u1', [{ field: 'roles', from: to.filter((other) => other !== role), to }]);

  it.each<[readonly string[], readonly string[], readonly string[]]>([
    [['user'], ['user', 'a'], ['user', 'a']],
    [['user'], ['a', 'user'], ['a', 'user']],
    [
      ['x', 'user', 'bot'],
      ['user', 'a'],
      ['x', 'user', 'a', 'bot'],
    ],
    [[], ['a', 'user'], ['a']],
  ])('to %j, of what was %j, gives %j', (roles, before, after) => {
    expect(CLEAR.takeBack(back('a', before), present({ roles: [...roles] }), 'run0')).toMatchObject({
      update: { set: { roles: after } },
    });
  });

  it('gives nothing to who has it, or is linked to another entry', () => {
    const row = back('a', ['user', 'a']);
    expect(CLEAR.takeBack(row, present(), 'run0')).toEqual({ obstacle: 'changed' });
    expect(CLEAR.takeBack(row, present({ roles: ['user'], services: {} }), 'run0')).toEqual({
      obstacle: 'changed',
    });
  });
});

describe('the words and the edges of rows about roles', () => {
  const FACTS: ConfirmFacts = {
    person: { ...ADA, grants: { roles: { given: new Set(), doubtful: new Set() } } },
    entry: { dn: 'cn=ada', attributes: new Map() },
    formerEntry: undefined,
    user: USER,
    owners: { usernames: new Map(), emails: new Map() },
    settings: { roleRules: { mapped: new Set(['admin', 'a']), areTaken: true } } as unknown as SyncSettings,
    withheld: [
      { kind: 'roles', name: 'a' },
      { kind: 'roles', name: 'admin' },
    ],
    memberships: NO_RULES,
  };
  const DIFF = { ...NO_DIFF, clear: new Map([['roles', ['user']]] as const) };
  const both = toRow('clear', 'u1', [{ field: 'roles', from: ['user', 'admin', 'a'], to: ['user'] }]);

  it('a confirmed row says which roles no group gives', () => {
    expect(CLEAR.confirm(both, DIFF, FACTS)).toEqual({
      by: 'without-value',
      reason: 'is in no group that gives the role admin, a',
    });
  });

  it('a doubt is told in a whole sentence', () => {
    expect(CLEAR.confirm(toTaken('a'), DIFF, { ...FACTS, withheld: [] })).toEqual({
      refused:
        'The directory does not say for certain that the person is in none of the groups that give the role a; ' +
        'the user keeps it.',
    });
  });

  it.each<[string, Partial<ConfirmFacts>]>([
    ['an entry that cannot be mapped', { person: undefined }],
    ['a person to whom groups give nothing', { person: ADA }],
    ['a person to whom groups give no roles', { person: { ...ADA, grants: {} } }],
  ])('%s gives no role again', (_, changes) => {
    expect(CLEAR.confirm(toTaken('a'), DIFF, { ...FACTS, ...changes })).toMatchObject({
      by: 'without-value',
    });
  });

  it('two roles are taken when the user has both, and given back when the user has neither', () => {
    expect(CLEAR.carryOut(both, present())).toMatchObject({ update: { set: { roles: ['user'] } } });
    expect(CLEAR.carryOut(both, present({ roles: ['user', 'a'] }))).toEqual({ obstacle: 'changed' });
    const back = toRow('clear', 'u1', [{ field: 'roles', from: ['user'], to: ['user', 'admin', 'a'] }]);
    expect(CLEAR.takeBack(back, present({ roles: ['user'] }), 'run0')).toMatchObject({
      update: { set: { roles: ['user', 'admin', 'a'] } },
    });
    expect(CLEAR.takeBack(back, present({ roles: ['user', 'a'] }), 'run0')).toEqual({ obstacle: 'changed' });
  });

  it('comes first again what was first, and behind nothing that is gone', () => {
    const back = toRow('clear', 'u1', [{ field: 'roles', from: ['gone'], to: ['gone', 'a'] }]);
    expect(CLEAR.takeBack(back, present({ roles: ['x', 'y'] }), 'run0')).toMatchObject({
      update: { set: { roles: ['a', 'x', 'y'] } },
    });
  });

  it('what is no list, no text, or about another field takes nothing', () => {
    const odd = toRow('clear', 'u1', [
      { field: 'roles', from: ['user', 7, 'a'] as never, to: 'user' },
      { field: 'sipExtension', from: ['b'] as never, to: [] as never },
    ]);
    expect(CLEAR.takes?.(odd)).toEqual([
      { kind: 'roles', name: 'user' },
      { kind: 'roles', name: 'a' },
    ]);
    expect(CLEAR.takes?.(toRow('clear', 'u1', []))).toEqual([]);
    expect(CLEAR.confirm(toRow('clear', 'u1', []), NO_DIFF, FACTS)).toHaveProperty('by');
  });
});

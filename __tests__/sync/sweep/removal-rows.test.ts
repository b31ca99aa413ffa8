import { NO_DIFF } from '../../../lib/sync/plan/diff.js';
import { toRemovalRows } from '../../../lib/sync/sweep/removal-rows.js';
import type { UserRecord } from '../../../models/user.js';
import { ADA } from '../../setup/entries.js';

const USER: UserRecord = {
  _id: 'u',
  username: 'ada',
  roles: ['own', 'old'],
  services: { ldap: { id: ADA.id, idAttribute: 'UID' } },
};

function rowsOf(diff: Partial<typeof NO_DIFF>, user = USER) {
  const decision = {
    kind: 'existing',
    person: ADA,
    user,
    diff: { ...NO_DIFF, ...diff },
    link: false,
  } as const;
  return toRemovalRows(decision, { countedAs: 'updated', leaves: [] });
}

describe('the row of a field that loses something', () => {
  it('begins with what the field has once it has gained what it gains', () => {
    const set = new Map([['roles', ['own', 'old', 'new']]] as const);
    const clear = new Map([['roles', ['own', 'new']]] as const);
    expect(rowsOf({ set, clear })[0]?.fields).toEqual([
      { field: 'roles', from: ['own', 'old', 'new'], to: ['own', 'new'] },
    ]);
    const lost = new Map([['roles', ['own']]] as const);
    expect(rowsOf({ clear: lost })[0]?.fields).toEqual([
      { field: 'roles', from: ['own', 'old'], to: ['own'] },
    ]);
  });

  it('is one for each role that is lost', () => {
    const user = { ...USER, roles: ['a', 'b', 'c'] };
    const clear = new Map([['roles', ['b']]] as const);
    expect(rowsOf({ clear }, user).map(({ fields }) => fields)).toEqual([
      [{ field: 'roles', from: ['a', 'b', 'c'], to: ['b', 'c'] }],
      [{ field: 'roles', from: ['a', 'b', 'c'], to: ['a', 'b'] }],
    ]);
  });

  it('names the unique id as the user has it, by which the person is looked up', () => {
    const clear = new Map([['sipExtension', undefined]] as const);
    expect(rowsOf({ clear })).toMatchObject([{ ldapId: ADA.id, idAttribute: 'UID' }]);
    expect(rowsOf({ clear }, { ...USER, services: {} })).toMatchObject([{ idAttribute: 'uid' }]);
  });
});

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
    expect(rowsOf({ clear })[0]?.fields).toEqual([
      { field: 'roles', from: ['own', 'old'], to: ['own', 'new'] },
    ]);
  });

  it('names the unique id as the user has it, by which the person is looked up', () => {
    const clear = new Map([['sipExtension', undefined]] as const);
    expect(rowsOf({ clear })).toMatchObject([{ ldapId: ADA.id, idAttribute: 'UID' }]);
    expect(rowsOf({ clear }, { ...USER, services: {} })).toMatchObject([{ idAttribute: 'uid' }]);
  });
});

import { toRoleIds } from '../../../lib/sync/belonging/role-ids.js';

const ROLES = [
  { _id: 'admin', name: 'admin', scope: 'Users' },
  { _id: 'owner', name: 'owner', scope: 'Subscriptions' },
  { _id: 'k1', name: 'support' },
  { _id: 'k2', name: 'k1', scope: 'Users' },
  { _id: 'k3', name: 'twin', scope: null },
  { _id: 'k4', name: 'twin' },
  { _id: 'k5', name: 7, scope: 'Elsewhere' },
];

describe('a name of the map', () => {
  it.each<[string, readonly string[]]>([
    ['admin', ['admin']],
    ['support', ['k1']],
    ['k1', ['k1']],
    ['support.of.rooms', ['k1']],
    ['k3', ['k3']],
  ])('%s is a role', (name, ids) => {
    expect([...toRoleIds(new Map([['g', [name]]]), ROLES).byGroup]).toEqual([['g', ids]]);
  });

  it.each([
    ['nobody', 'unknown'],
    ['Admin', 'unknown'],
    ['', 'unknown'],
    ['.admin', 'unknown'],
    ['constructor', 'unknown'],
    ['owner', 'ofRooms'],
    ['k5', 'ofRooms'],
    ['twin', 'ambiguous'],
  ] as const)('%j is none: %s', (name, fault) => {
    const ids = toRoleIds(new Map([['g', [name]]]), ROLES);
    expect([[...ids.byGroup], ids[fault]]).toEqual([[], [name]]);
  });

  it('gives a role once, whatever it is called by, and a group without any is left out', () => {
    const map = new Map([
      ['g', ['support', 'k1', 'owner']],
      ['h', ['owner']],
    ]);
    expect([...toRoleIds(map, ROLES).byGroup]).toEqual([['g', ['k1']]]);
  });
});

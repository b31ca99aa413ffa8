import { addOwner, type NameOwner } from '../../../lib/sync/plan/name-owners.js';
import { toReleaseRows } from '../../../lib/sync/removals/release-rows.js';
import type { Departed } from '../../../lib/sync/removals/find-departed.js';
import { toEmails } from '../../setup/removal-rows.js';

const identity = { id: 'aa', idAttribute: 'uid' };
const left = (_id: string, username: string | undefined, ...addresses: string[]): [string, Departed] => [
  _id,
  {
    user: { _id, ...(username === undefined ? {} : { username }), emails: toEmails(...addresses) },
    identity,
  },
];
const dispute = (ownerIds: readonly string[], username: string, ...addresses: string[]) => ({
  row: { outcome: 'conflicted' as const, reason: '', remedy: '' },
  newcomer: identity,
  username,
  addresses,
  ownerIds,
});

/** The fields of each row, with all of these names taken. */
async function release(
  disputes: readonly ReturnType<typeof dispute>[],
  departed: readonly [string, Departed][],
  taken: readonly string[] = [],
) {
  const usernames = new Map<string, readonly NameOwner[]>();
  for (const name of taken) addOwner(usernames, name, { _id: name, linked: false });
  const users = { findNameOwners: async () => ({ usernames, emails: new Map() }) };
  const rows = await toReleaseRows(disputes, new Map(departed), users);
  return rows.map(({ userId, fields }) => [userId, ...fields.map(({ field, to }) => [field, to])]);
}

const SUFFIXES = ['ada.left', ...Array.from({ length: 19 }, (_, index) => `ada.left-${index + 2}`)];

describe('what frees names', () => {
  it('is nothing where every suffix is taken, up to the twentieth', async () => {
    const [old] = [left('u1', 'ada')];
    expect(await release([dispute(['u1'], 'ada')], [old], SUFFIXES)).toEqual([]);
    expect(await release([dispute(['u1'], 'ada')], [old], SUFFIXES.slice(0, -1))).toEqual([
      ['u1', ['username', 'ada.left-20']],
    ]);
  });

  it('gives no name twice, whatever its case', async () => {
    const both = [left('u1', 'ada'), left('u2', 'ADA')];
    expect(await release([dispute(['u1', 'u2'], 'Ada')], both)).toEqual([
      ['u1', ['username', 'ada.left']],
      ['u2', ['username', 'ADA.left-2']],
    ]);
  });

  it('takes of an account without a user name only the addresses, in any case', async () => {
    expect(
      await release([dispute(['u1'], 'ada', 'A@X.org')], [left('u1', undefined, 'a@x.org', 'b@x.org')]),
    ).toEqual([['u1', ['emails', toEmails('b@x.org')]]]);
  });

  it('is about people who have left only', async () => {
    expect(await release([dispute(['u1', 'u2'], 'ada')], [left('u1', 'ada')])).toEqual([
      ['u1', ['username', 'ada.left']],
    ]);
  });
});

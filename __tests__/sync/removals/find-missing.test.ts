import { collectMissing } from '../../../lib/sync/removals/find-missing.js';
import { createSweepState, type SweepState } from '../../../lib/sync/removals/sweep-state.js';
import { createTally } from '../../../lib/sync/run/tally.js';
import { toRemovalCounts } from '../../../models/removal-kind.js';
import type { UserRecord } from '../../../models/user.js';
import { collectingChanges, readOnlyUsers } from '../../setup/port-fakes.js';

const ADA: UserRecord = {
  _id: 'u1',
  username: 'ada',
  name: 'Ada',
  services: { ldap: { id: '01', idAttribute: 'entryUUID' } },
};
const linkedBy = (idAttribute: string | undefined): UserRecord => ({
  ...ADA,
  services: { ldap: { id: '01', ...(idAttribute === undefined ? {} : { idAttribute }) } },
});

/** A sweep that showed somebody else, who is known by `entryUUID`. */
function swept(change: (state: SweepState) => void = () => undefined): SweepState {
  const state = createSweepState(1);
  state.seen.add('02');
  state.idAttributes.add('entryuuid');
  change(state);
  return state;
}

const tally = createTally();

async function missing(users: readonly UserRecord[], state = swept()) {
  const changes = collectingChanges();
  const uncomparable = await collectMissing(state, readOnlyUsers(users), { changes, tally });
  return { uncomparable, rows: changes.collected, wanted: state.wanted };
}

it('whoever was not seen is collected, with what is needed to look them up again', async () => {
  expect(await missing([ADA])).toEqual({
    uncomparable: 0,
    wanted: { ...toRemovalCounts(), deactivations: 1 },
    rows: [
      {
        kind: 'deactivate',
        because: 'missing-from-directory',
        outcome: 'deactivated',
        state: 'waiting',
        userId: 'u1',
        username: 'ada',
        name: 'Ada',
        ldapId: '01',
        idAttribute: 'entryUUID',
        fields: [{ field: 'active', from: true, to: false }],
      },
    ],
  });
});

it('names that a user does not have are left out', async () => {
  const { rows } = await missing([{ _id: 'u1', services: ADA.services! }]);
  expect(Object.keys(rows[0]!).sort()).toEqual([
    'because',
    'fields',
    'idAttribute',
    'kind',
    'ldapId',
    'outcome',
    'state',
    'userId',
  ]);
});

it('whoever was seen is not missing, and who follows is looked at all the same', async () => {
  const seen = swept(({ seen: ids }) => ids.add('01'));
  const bob: UserRecord = { ...ADA, _id: 'u2', services: { ldap: { id: '03', idAttribute: 'entryUUID' } } };
  const { rows, uncomparable } = await missing([ADA, bob], seen);
  expect([rows.map(({ userId }) => userId), uncomparable]).toEqual([['u2'], 0]);
});

it.each<[string, UserRecord, SweepState]>([
  ['an attribute that no entry had', linkedBy('uidNumber'), swept()],
  [
    'an attribute that some entry lacked',
    ADA,
    swept(({ lackedIdAttributes }) => lackedIdAttributes.add('entryuuid')),
  ],
  [
    'an attribute that cannot be asked for',
    linkedBy('2.5.4.3'),
    swept(({ idAttributes }) => idAttributes.add('2.5.4.3')),
  ],
  ['no attribute at all', linkedBy(undefined), swept()],
  ['nothing', { _id: 'u1' }, swept()],
  ['no services.ldap', { _id: 'u1', services: {} }, swept()],
])('whoever is linked by %s is not called missing, but counted', async (_, user, state) => {
  expect(await missing([user, user], state)).toEqual({
    uncomparable: 2,
    rows: [],
    wanted: toRemovalCounts(),
  });
});

it('an attribute is one whatever its case', async () => {
  expect((await missing([linkedBy('ENTRYuuid')])).rows).toMatchObject([
    { userId: 'u1', idAttribute: 'ENTRYuuid' },
  ]);
});

it.each([undefined, '', 'ada', '0', 'AB', '01zz'])(
  'a user whose id is %p, which no entry can have, is left alone: no look-up could find them',
  async (id) => {
    const odd = {
      _id: 'u1',
      services: { ldap: { ...(id === undefined ? {} : { id }), idAttribute: 'entryUUID' } },
    };
    expect(
      await missing(
        [odd],
        swept(({ seen }) => seen.add('undefined')),
      ),
    ).toMatchObject({ uncomparable: 1, rows: [] });
  },
);

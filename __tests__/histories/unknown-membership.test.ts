import type { DirectoryEntry } from '../../lib/directory/directory.js';
import { GROUP_FILTER, toChatGroup } from '../setup/group-filter.js';
import { many, toPerson, useHistories } from '../setup/histories.js';

const { collection, engine, previewThenRun, sync } = useHistories();

const NAMES = Array.from({ length: 10 }, (_, index) => `p${index}`);
const PEOPLE = many(10);
const FOLLOWING = { ...GROUP_FILTER, LDAP_Sync_User_Active_State: 'both', LDAP_Guard_Always_Allowed: 3 };

const active = async (): Promise<readonly string[]> =>
  (await collection('users').find({ ldap: true, active: true }).sort({ username: 1 }).toArray()).map(
    ({ username }) => username as string,
  );
const withMembers = (people: readonly DirectoryEntry[], names: readonly string[]) => [
  ...people,
  toChatGroup(names),
];

describe('a group that cannot be read', () => {
  beforeEach(async () => {
    await sync(withMembers(PEOPLE, NAMES), FOLLOWING);
    await sync(withMembers(PEOPLE, NAMES.slice(2)), FOLLOWING);
    expect(await active()).toEqual(NAMES.slice(2));
  });

  it('switches nobody on who has left it, though their entries are enabled', async () => {
    const report = await previewThenRun(PEOPLE, FOLLOWING);
    expect(report).toMatchObject({ state: 'failed', counts: { reactivated: 0 }, attention: [] });
    expect(await active()).toEqual(NAMES.slice(2));
  });

  it('lets nobody in by an approval of what was wanted while it could be read', async () => {
    await collection('users').insertOne({
      _id: 'host-account' as never,
      username: 'newcomer',
      type: 'user',
      active: true,
      roles: ['user'],
      emails: [{ address: 'somebody@x.org', verified: false }],
    });
    const settings = { ...FOLLOWING, LDAP_Merge_Existing_Users: true };
    const everybody = [...PEOPLE, toPerson('newcomer')];
    const held = await sync(withMembers(everybody, [...NAMES, 'newcomer']), {
      ...settings,
      LDAP_Guard_Always_Allowed: 1,
      LDAP_Guard_Reactivations_Percent: 1,
    });
    expect(held).toMatchObject({ state: 'held', held: { reactivations: 2, merges: 1 } });
    const approval = await engine(everybody, settings).approve(held._id);
    expect(approval).toMatchObject({ removed: 0, counts: { reactivated: 0, linked: 0 } });
    expect(approval.attention.map(({ code }) => code).sort()).toEqual([
      'membership-unknown',
      'no-longer-wanted',
      'no-longer-wanted',
    ]);
  });
});

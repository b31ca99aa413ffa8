import { createReadHeldList } from '../../lib/watch/held-list.js';
import { many, useHistories } from '../setup/histories.js';
import { CHANNELS, createRoomsOfGroups, toMemberGroup } from '../setup/rooms-of-groups.js';

const histories = useHistories();
const { database, engine, sync } = histories;
const SETTINGS = { LDAP_Background_Sync_Disable_Missing_Users: true, LDAP_Guard_Always_Allowed: 1 };
const list = (runId: string) => createReadHeldList(database().connection)(runId);

it('the list of a held run is the same as long as the same waits, in any order, and another one otherwise', async () => {
  const all = many(8);
  await sync(all, SETTINGS);
  const without = async (...names: readonly string[]) => {
    const left = all.filter(({ dn }) => !names.some((name) => dn.startsWith(`cn=${name},`)));
    const run = await sync(left, SETTINGS);
    expect(run.state).toBe('held');
    return run._id;
  };
  const first = await without('p1', 'p2', 'p3');
  const second = await without('p3', 'p2', 'p1');
  expect(await list(second)).toBe(await list(first));
  const other = await without('p1', 'p2', 'p4');
  expect(await list(other)).not.toBe(await list(first));
  const before = await list(other);
  const rows = await engine([]).changes(other);
  await engine([], SETTINGS).reject(other, [rows.find(({ state }) => state === 'waiting')!.id]);
  expect(await list(other)).not.toBe(before);
});

it('the list tells the rooms that one user would leave apart', async () => {
  await createRoomsOfGroups(histories).make('general', 'helpdesk', 'support');
  const all = many(3);
  const settings = { ...CHANNELS, LDAP_Guard_Always_Allowed: 1, LDAP_Guard_Memberships_Percent: 1 };
  const names = ['p0', 'p1', 'p2'];
  const groups = (staff: readonly string[], it: readonly string[]) => [
    ...all,
    toMemberGroup('staff', staff),
    toMemberGroup('it', it),
  ];
  await sync(groups(names, names), settings);
  const listOf = async (staff: readonly string[], it: readonly string[]) => {
    const run = await sync(groups(staff, it), settings);
    expect(run.state).toBe('held');
    return list(run._id);
  };
  const channel = await listOf(['p2'], names);
  const others = await listOf(names, ['p2']);
  expect(others).not.toBe(channel);
  expect(await listOf(['p2'], ['p2'])).not.toBe(channel);
  expect(await listOf(['p2'], names)).toBe(channel);
});

import { createReadHeldList } from '../../lib/watch/held-list.js';
import { many, useHistories } from '../setup/histories.js';

const { database, engine, sync } = useHistories();
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

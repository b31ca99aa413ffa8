import { createEngine } from '../setup/engine.js';
import { toEntry } from '../setup/entries.js';
import { BASE } from '../setup/memory-directory.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

type Values = Readonly<Record<string, string>>;
const toPerson = (name: string, values: Values = {}) => toEntry(`cn=${name},${BASE}`, { entryUUID: `id-${name}`, uid: name, cn: 'Somebody', mail: `${name}@x.org`, ...values });
const OTHERS = Array.from({ length: 3 }, (_, index) => toPerson(`p${index}`));
const BEFORE = [toPerson('ada'), ...OTHERS];

let database: TestDatabase;
let engine: ReturnType<typeof createEngine>;
beforeEach(async () => {
  database = await openTestDatabase();
  engine = createEngine(database.connection);
  await engine.of(BEFORE, {}).sync();
});
afterEach(() => database.close());

const users = () => database.connection.collection('users');
const user = (username = 'ada') => users().findOne({ username });
const cancel = () => database.connection.collection('ldap_sync_lease').updateOne({ _id: 'ldap-sync' as never }, { $set: { cancelledBy: { _id: 'x' } } });
const isMark = ([, update]: readonly unknown[]) => 'ldapSync.claim' in ((update as { $set?: object }).$set ?? {});

/** Somebody cancels the run right after its first write of that kind. */
function cancelAfter(collection: string, method: 'updateMany' | 'insertOne', isMeant: (args: readonly unknown[]) => boolean): void {
  const target = database.connection.collection(collection) as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  const original = target[method]!;
  let isDone = false;
  target[method] = async function (...args) {
    const result = await original.apply(this, args);
    if (!isDone && isMeant(args)) {
      isDone = true;
      await cancel();
    }
    return result;
  };
}

it('a renaming that has begun is finished and counted, and the picture goes with it', async () => {
  const { _id } = (await user())!;
  await database.connection.collection('rocketchat_avatars').insertOne({ _id: 'picture' as never, name: 'ada', userId: _id, store: 'GridFS:Avatars', complete: true, uploading: false, etag: 'e' });
  cancelAfter('rocketchat_message', 'updateMany', () => true);
  const run = await engine.of([toPerson('ada', { uid: 'countess' }), ...OTHERS], {}).sync();
  expect(run).toMatchObject({ state: 'cancelled', counts: { updated: 1 } });
  expect(await engine.of([], {}).changes(run._id)).toMatchObject([{ kind: 'rename', state: 'done' }]);
  expect(await user('countess')).not.toHaveProperty('ldapSync');
  expect(await database.connection.collection('rocketchat_avatars').findOne({})).toMatchObject({ name: 'countess' });
});

it('a page that has begun is written wholly and counted', async () => {
  const photo = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQImWP4z8AAAAMBAQCc479ZAAAAAElFTkSuQmCC', 'base64');
  const changed = [toEntry(`cn=ada,${BASE}`, { entryUUID: 'id-ada', uid: 'ada', cn: 'Ada King', mail: 'ada@x.org', jpegPhoto: photo }), ...OTHERS];
  cancelAfter('rocketchat_avatars', 'insertOne', () => true);
  const run = await engine.of(changed, { LDAP_Background_Sync_Avatars: true, LDAP_Avatar_Field: 'jpegPhoto' }).sync();
  expect(run).toMatchObject({ state: 'cancelled', counts: { updated: 1 } });
  expect(await user()).toMatchObject({ name: 'Ada King', avatarOrigin: 'rest' });
});

it('a run that is cancelled while it marks leaves no mark', async () => {
  cancelAfter('users', 'updateMany', isMark);
  const run = await engine.of([toPerson('ada', { mail: 'new@x.org' }), ...OTHERS], {}).sync();
  expect(run.state).toBe('cancelled');
  expect(await user()).not.toHaveProperty('ldapSync');
});

it('marks that a failed run could not take off go with the next run, though nobody is marked in it', async () => {
  await users().updateOne({ username: 'ada' }, { $set: { ldapSync: { claim: 1 } } });
  await database.connection.collection('ldap_sync_runs').updateMany({}, { $set: { state: 'failed' } });
  await engine.of(BEFORE, {}).sync();
  expect(await user()).not.toHaveProperty('ldapSync');
});

it('what a run only intended, and a later one did, is not taken back by reverting the first', async () => {
  const changed = [toPerson('ada', { mail: 'new@x.org', uid: 'countess' }), ...OTHERS];
  cancelAfter('users', 'updateMany', isMark);
  const first = await engine.of(changed, {}).sync();
  expect(first.state).toBe('cancelled');
  expect((await engine.of(changed, {}).sync()).counts.updated).toBe(1);
  const revert = await engine.of(changed, {}).revert(first._id);
  expect(revert.counts).toMatchObject({ updated: 0 });
  expect(await user('countess')).toMatchObject({ emails: [{ address: 'new@x.org' }] });
});

it('a second renaming carries through what the first had left undone', async () => {
  const { _id } = (await user())!;
  const rooms = database.connection.collection('rocketchat_room');
  await rooms.insertOne({ _id: 'direct' as never, t: 'd', uids: [_id, 'x'], usernames: ['before', 'x'] });
  await users().updateOne({ username: 'ada' }, { $set: { ldapSync: { renamedFrom: 'before' } } });
  await engine.of([toPerson('ada', { uid: 'countess' }), ...OTHERS], {}).sync();
  expect(await rooms.findOne({})).toMatchObject({ usernames: ['countess', 'x'] });
});

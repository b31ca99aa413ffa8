import { REQUESTER, type Engine } from '../setup/engine.js';
import { useHistories } from '../setup/histories.js';
import { createStaff, type Staff } from '../setup/staff.js';

const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQImWP4z8AAAAMBAQCc479ZAAAAAElFTkSuQmCC',
  'base64',
);
const SETTINGS = {
  LDAP_Background_Sync_Disable_Missing_Users: true,
  LDAP_Background_Sync_Avatars: true,
  LDAP_Avatar_Field: 'jpegPhoto',
  LDAP_Merge_Existing_Users: true,
};
const { collection, database, engine, set } = useHistories();

let staff: Staff;
const now = (): Engine => engine(staff.entries(), SETTINGS);

beforeEach(() => {
  staff = createStaff(Array.from({ length: 6 }, (_, index) => `person${index}`));
  staff.hire('photo', { jpegPhoto: PHOTO });
  staff.hire('clash', { mail: 'person5@x.org' });
  staff.hire('nomail', { mail: [] });
});

const OWN = ['ldap_sync_runs', 'ldap_sync_lease', 'ldap_sync_changes', 'ldap_sync_plans'];

/** All of the database but what is this package's own account. */
async function everything(): Promise<object> {
  const names = (await database().connection.listCollections())
    .map(({ name }) => name)
    .filter((name) => !OWN.includes(name))
    .sort();
  const contents = await Promise.all(
    names.map(async (name) => [name, await collection(name).find({}).sort({ _id: 1 }).toArray()]),
  );
  return Object.fromEntries(contents) as object;
}

const rows = async (runId: string): Promise<unknown[]> =>
  (await now().changes(runId)).map(({ userId: _userId, ...row }) => row);

async function previewThenRun() {
  const before = await everything();
  const preview = await now().preview();
  expect(await everything()).toEqual(before);
  const run = await now().sync();
  expect(preview.kind).toBe('preview');
  expect(preview.counts).toEqual(run.counts);
  expect(preview.state).toBe(run.state);
  expect(await rows(preview._id)).toEqual(await rows(run._id));
  return { preview, run };
}

it('a preview writes nothing but its own account, and says exactly what the run then does', async () => {
  await collection('users').insertOne({
    _id: 'host' as never,
    username: 'Person1',
    emails: [{ address: 'PERSON1@x.org', verified: true }],
    type: 'user',
    active: true,
    roles: ['user'],
  });
  const { preview } = await previewThenRun();
  expect(preview.counts).toMatchObject({ read: 9, created: 6, linked: 1, rejected: 1, conflicted: 1 });
  const shown = await now().changes(preview._id);
  expect(shown.find(({ username }) => username === 'photo')?.fields).toContainEqual({
    field: 'photo',
    to: expect.stringMatching(/^[0-9a-f]{64}$/),
  });

  staff.rename('person2', 'person3x');
  staff.rename('person3', 'person2');
  staff.leave('person4');
  staff.change('person0', { mail: 'free@x.org', telephoneNumber: '42' });
  staff.hire('taker', { mail: 'person0@x.org' });
  const second = await previewThenRun();
  // The address that somebody loses is free once the run has ended, in the preview as in the run.
  expect(second.preview.counts).toMatchObject({ created: 0, updated: 3, deactivated: 1, conflicted: 2 });
  expect((await previewThenRun()).preview.counts).toMatchObject({ created: 1, updated: 0, conflicted: 1 });
  staff.change('person0', { telephoneNumber: undefined });
  const third = await previewThenRun();
  expect(await now().changes(third.run._id)).toEqual([
    expect.objectContaining({ kind: 'clear', fields: [{ field: 'sipExtension', from: '42' }] }),
  ]);
  expect((await previewThenRun()).run.counts).toMatchObject({ unchanged: 7, updated: 0 });
});

it('a preview spares the last administrator as the run does', async () => {
  await now().sync();
  for (const name of ['person0', 'person1']) await set(name, { roles: ['admin'] });
  staff.leave('person0', 'person1');
  const { run } = await previewThenRun();
  expect(run.counts.deactivated).toBe(1);
  expect(run.attention).toContainEqual(
    expect.objectContaining({ reason: expect.stringContaining('last active administrator') }),
  );
});

it('a preview may be made while a sync goes on, and does not hold it up', async () => {
  const [preview, run] = await Promise.all([now().preview(), now().sync()]);
  expect([preview.kind, run.kind]).toEqual(['preview', 'sync']);
  expect(preview._id).not.toBe(run._id);
  expect(run).toMatchObject({ state: 'completed', requestedBy: REQUESTER });
});

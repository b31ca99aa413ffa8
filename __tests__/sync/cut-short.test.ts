import { isMark, many, toPerson, useHistories } from '../setup/histories.js';

const { cancelAfter, changes, collection, sync, user } = useHistories();
const OTHERS = many(3);
beforeEach(() => sync([toPerson('ada'), ...OTHERS]));

it('a renaming that has begun is finished and counted, and the picture goes with it', async () => {
  const { _id } = (await user('ada'))!;
  await collection('rocketchat_avatars').insertOne({
    _id: 'picture' as never,
    name: 'ada',
    userId: _id,
    store: 'GridFS:Avatars',
    complete: true,
    uploading: false,
    etag: 'e',
  });
  cancelAfter('rocketchat_message', 'updateMany');
  const run = await sync([toPerson('ada', { uid: 'countess' }), ...OTHERS]);
  expect(run).toMatchObject({ state: 'cancelled', counts: { updated: 1 } });
  expect(await changes(run._id)).toMatchObject([{ kind: 'rename', state: 'done' }]);
  expect(await user('countess')).not.toHaveProperty('ldapSync');
  expect(await collection('rocketchat_avatars').findOne({})).toMatchObject({ name: 'countess' });
});

it('a page that has begun is written wholly and counted', async () => {
  const photo = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQImWP4z8AAAAMBAQCc479ZAAAAAElFTkSuQmCC',
    'base64',
  );
  const changed = [toPerson('ada', { cn: 'Ada King', jpegPhoto: photo }), ...OTHERS];
  cancelAfter('rocketchat_avatars', 'insertOne');
  const run = await sync(changed, { LDAP_Background_Sync_Avatars: true, LDAP_Avatar_Field: 'jpegPhoto' });
  expect(run).toMatchObject({ state: 'cancelled', counts: { updated: 1 } });
  expect(await user('ada')).toMatchObject({ name: 'Ada King', avatarOrigin: 'rest' });
});

it('a run that is cancelled while it marks leaves no mark', async () => {
  cancelAfter('users', 'updateMany', isMark);
  const run = await sync([toPerson('ada', { mail: 'new@x.org' }), ...OTHERS]);
  expect(run.state).toBe('cancelled');
  expect(await user('ada')).not.toHaveProperty('ldapSync');
});

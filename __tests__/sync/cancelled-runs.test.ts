import { createEngine, PAGE_SIZE } from '../setup/engine.js';
import { isMark, many, toPerson, useHistories } from '../setup/histories.js';
import { openConnection } from '../setup/mongo.js';

const { cancelAfter, changes, collection, database, sync, user } = useHistories();
const OTHERS = many(3);

describe('a run that is cancelled in the middle of a write', () => {
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
});

describe('a run that is cancelled', () => {
  const PAGES = 30;
  const people = many(PAGES * PAGE_SIZE);

  it.each(['the same host', 'another host'])(
    'from %s stops within a page, counts what it did, and the next run does the rest',
    async (where) => {
      const connection = await openConnection(database().url);
      try {
        const here = createEngine(database().connection);
        const asking = (where === 'another host' ? createEngine(connection) : here).of(people, {});
        let pages = 0;
        let pagesAtCancel = Infinity;
        let cancelled: Promise<void> | undefined;
        here.events.on('run:progress', ({ runId }) => {
          pages += 1;
          if (pages === 3)
            // Asked for within the page; counted from when it is known.
            cancelled = asking.cancel(runId).then(() => void (pagesAtCancel = pages));
        });
        const report = await here.of(people, {}).sync();
        await cancelled;
        expect(report).toMatchObject({
          state: 'cancelled',
          problems: [expect.objectContaining({ message: expect.stringContaining('tess asked') })],
        });
        expect(pages).toBeLessThanOrEqual(pagesAtCancel + 2);
        expect(report.counts.created).toBe(await collection('users').countDocuments());
        expect(report.counts.created).toBeLessThan(people.length);
        expect(await here.of(people, {}).sync()).toMatchObject({
          state: 'completed',
          counts: { created: people.length - report.counts.created },
        });
      } finally {
        await connection.close();
      }
    },
  );
});

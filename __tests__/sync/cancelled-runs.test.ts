import { createEngine, PAGE_SIZE } from '../setup/engine.js';
import { many, toPerson, useHistories } from '../setup/histories.js';
import { collected, removals } from '../setup/interventions.js';
import { openConnection } from '../setup/mongo.js';

const { cancelAfter, changes, collection, database, sync, user } = useHistories();
const OTHERS = many(3);

describe('a run that is cancelled in the middle of a write', () => {
  beforeEach(() => sync([toPerson('ada'), ...OTHERS]));

  it('a renaming is whole and counted, the picture goes with it, and the next run does what follows', async () => {
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
    cancelAfter(removals());
    const run = await sync([toPerson('ada', { uid: 'countess' }), ...OTHERS]);
    expect(run).toMatchObject({ state: 'cancelled', counts: { updated: 1 } });
    expect(await changes(run._id)).toMatchObject([{ kind: 'rename', state: 'done' }]);
    expect(await collection('rocketchat_avatars').findOne({})).toMatchObject({ name: 'countess' });
    expect(await user('countess')).toMatchObject({ ldapSync: { renamedFrom: 'ada' } });
    expect((await sync([toPerson('ada', { uid: 'countess' }), ...OTHERS])).counts.unchanged).toBe(4);
    expect(await user('countess')).not.toHaveProperty('ldapSync');
  });

  it('a page whose transaction has begun is written wholly and counted', async () => {
    const photo = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQImWP4z8AAAAMBAQCc479ZAAAAAElFTkSuQmCC',
      'base64',
    );
    const changed = [toPerson('ada', { cn: 'Ada King', jpegPhoto: photo }), ...OTHERS];
    cancelAfter({ collection: 'users', method: 'bulkWrite' });
    const run = await sync(changed, { LDAP_Background_Sync_Avatars: true, LDAP_Avatar_Field: 'jpegPhoto' });
    expect(run).toMatchObject({ state: 'cancelled', counts: { updated: 1 } });
    expect(await user('ada')).toMatchObject({ name: 'Ada King', avatarOrigin: 'rest' });
  });

  it('nothing is taken away once the cancellation is known, and the rows still wait', async () => {
    const before = await user('ada');
    cancelAfter(collected());
    const run = await sync([toPerson('ada', { mail: 'new@x.org' }), ...OTHERS]);
    expect(run).toMatchObject({ state: 'cancelled', removed: 0 });
    expect(await changes(run._id)).toMatchObject([{ kind: 'clear', state: 'waiting' }]);
    expect(await user('ada')).toEqual(before);
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

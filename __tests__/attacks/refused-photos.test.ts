import sharp from 'sharp';
import { createPhotoDecoder, type PhotoDecoder } from '../../lib/sync/avatars/photo-decoder.js';
import { PhotoError, refused } from '../../lib/sync/avatars/photo-refusal.js';
import type { RunReport } from '../../models/run-report.js';
import { userCollection } from '../../models/user.js';
import { createEngine, type Engine } from '../setup/engine.js';
import { toEntry } from '../setup/entries.js';
import { BASE } from '../setup/memory-directory.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const SETTINGS = { LDAP_Sync_User_Avatar: true, LDAP_Background_Sync_Avatars: true };

/** A JPEG with a hole in the middle: only a decoder can tell. */
async function toDamaged(shade: number): Promise<Buffer> {
  const photo = await sharp({
    create: { width: 80, height: 80, channels: 3, background: { r: shade, g: shade, b: shade } },
  })
    .jpeg()
    .toBuffer();
  // The tables of the codes are gone.
  const tables = photo.indexOf(Buffer.from([0xff, 0xc4]));
  photo.fill(0x55, tables + 5, tables + 25);
  return photo;
}

describe('a photo that was refused by the decoder', () => {
  let database: TestDatabase;
  let decodes = 0;
  let fails: (() => Error) | undefined;
  const real = createPhotoDecoder();
  /** Counts, and fails as it is told. */
  const decoder: PhotoDecoder = {
    decode(...job) {
      decodes += 1;
      return fails ? Promise.reject(fails()) : real.decode(...job);
    },
    close: () => undefined,
  };
  let engine: ReturnType<typeof createEngine>;
  let damagedPhoto: Buffer;

  beforeAll(async () => {
    damagedPhoto = await toDamaged(90);
    database = await openTestDatabase();
    engine = createEngine(database.connection, { decoder });
  });
  beforeEach(async () => {
    fails = undefined;
    for (const name of ['users', 'rocketchat_avatars', 'ldap_sync_runs', 'ldap_sync_lease'])
      await database.connection.collection(name).deleteMany({});
  });
  afterAll(async () => {
    real.close();
    await database.close();
  });

  const people = (photo: Buffer, count = 1): Engine =>
    engine.of(
      Array.from({ length: count }, (_, index) =>
        toEntry(`uid=u${index},${BASE}`, {
          objectClass: 'inetOrgPerson',
          entryUUID: `id-${index}`,
          uid: `u${index}`,
          cn: `Person ${index}`,
          mail: `u${index}@example.org`,
          jpegPhoto: photo,
        }),
      ),
      SETTINGS,
    );
  const users = () => userCollection(database.connection);

  async function sync(host: Engine, how: 'sync' | 'preview' = 'sync') {
    decodes = 0;
    const report: RunReport = await host[how]();
    expect(report.state).toBe('completed');
    return {
      decodes,
      counts: report.counts,
      rows: report.attention.map(({ reason, remedy }) => ({ reason, remedy })),
    };
  }

  it('is not decoded again until it changes, and stays a row of every report', async () => {
    const host = people(damagedPhoto);
    const first = await sync(host);
    expect(first).toMatchObject({ decodes: 1, counts: { created: 1 } });
    expect(first.rows).toEqual([
      {
        reason: 'The photo is a damaged or incomplete JPEG file.',
        remedy: expect.stringContaining('save it again'),
      },
    ]);
    const second = await sync(host);
    expect(second).toMatchObject({ decodes: 0, counts: { unchanged: 1, updated: 0 }, rows: first.rows });
    expect(await sync(people(await toDamaged(120)))).toMatchObject({ decodes: 1, rows: first.rows });
  });

  it('costs one decode, however many people have it', async () => {
    const { decodes: count, rows } = await sync(people(damagedPhoto, 9));
    // Two of a page are under way before the first is known.
    expect(count).toBeLessThanOrEqual(3);
    expect(rows).toHaveLength(9);
  });

  it('is forgotten when a usable one comes', async () => {
    await sync(people(damagedPhoto));
    const good = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#3a7' } })
      .png()
      .toBuffer();
    expect(await sync(people(good))).toMatchObject({ decodes: 1, counts: { updated: 1 }, rows: [] });
    const user = await users().findOne({ username: 'u0' });
    expect(Object.keys(user?.ldapSync ?? {})).toEqual(['photo']);
  });

  it('is tried again when the limits have changingHost', async () => {
    await sync(people(damagedPhoto));
    await users().updateOne({ username: 'u0' }, { $set: { 'ldapSync.refusedPhoto.limits': 'others' } });
    expect((await sync(people(damagedPhoto))).decodes).toBe(1);
    expect((await sync(people(damagedPhoto))).decodes).toBe(0);
  });

  it.each(['deadline', 'crash'] as const)(
    'for a %s is tried again after a day, not before',
    async (refusal) => {
      const host = people(damagedPhoto);
      fails = () => refused(refusal, 'jpeg');
      const first = await sync(host);
      expect(await sync(host)).toMatchObject({ decodes: 0, rows: first.rows });
      const day = 24 * 60 * 60 * 1_000;
      for (const at of [new Date(Date.now() - day - 60_000), new Date(Date.now() + 365 * day)]) {
        await users().updateOne({ username: 'u0' }, { $set: { 'ldapSync.refusedPhoto.at': at } });
        expect((await sync(host)).decodes).toBe(1);
      }
    },
  );

  it('through no fault of its own is tried again at the next sync', async () => {
    const host = people(damagedPhoto);
    fails = () =>
      new PhotoError({
        code: 'photo-decoder-ended',
        params: {},
        reason: 'The decoder was ended from outside.',
        remedy: 'Nothing.',
      });
    expect(await sync(host)).toMatchObject({ decodes: 1, rows: [{ remedy: 'Nothing.' }] });
    expect((await sync(host)).decodes).toBe(1);
    expect((await users().findOne({ username: 'u0' }))?.ldapSync).toBeUndefined();
  });

  it('in a preview is not remembered', async () => {
    const host = people(damagedPhoto);
    await sync(people(Buffer.from('no photo')));
    expect((await sync(host, 'preview')).rows).toHaveLength(1);
    expect((await users().findOne({ username: 'u0' }))?.ldapSync).toBeUndefined();
  });

  it('whose record somebody has overwritten is decoded again', async () => {
    const host = people(damagedPhoto);
    await sync(host);
    for (const stored of ['text', null, 7, [], { hash: { $ne: null } }]) {
      await users().updateOne({ username: 'u0' }, { $set: { 'ldapSync.refusedPhoto': stored } });
      expect((await sync(host)).decodes).toBe(1);
    }
  });
});

describe('a run whose photos are being decoded', () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await openTestDatabase()));
  afterEach(() => database.close());

  it.each([
    ['cancelled', 'cancel'],
    ['interrupted', 'stop'],
  ] as const)(
    'ends %s without waiting for them, with the pages before them and no more',
    async (state, how) => {
      let hasBegun: () => void = () => undefined;
      const begun = new Promise<void>((resolve) => (hasBegun = resolve));
      // Never gives an answer, but hears of the end.
      const hanging: PhotoDecoder = {
        decode: (_picture, _shape, signal) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => reject(signal.reason as Error));
            hasBegun();
          }),
        close: () => undefined,
      };
      const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#3a7' } })
        .png()
        .toBuffer();
      const hangingHost = createEngine(database.connection, { decoder: hanging });
      const host = hangingHost.of(
        ['a', 'b', 'c', 'd'].map((uid) =>
          toEntry(`uid=${uid},${BASE}`, {
            objectClass: 'inetOrgPerson',
            entryUUID: uid,
            uid,
            cn: uid,
            mail: `${uid}@example.org`,
            // The first page has none.
            ...(uid === 'd' ? { jpegPhoto: photo } : {}),
          }),
        ),
        SETTINGS,
      );
      const started = new Promise<string>((resolve) =>
        hangingHost.events.once('run:started', ({ runId }) => resolve(runId)),
      );
      const run = host.sync();
      await begun;
      await (how === 'stop' ? hangingHost.stop() : host.cancel(await started));
      const report = await run;
      expect(report).toMatchObject({ state, counts: { read: 3, created: 3 } });
      expect(await userCollection(database.connection).countDocuments()).toBe(3);
      expect(report.attention).toEqual([]);
      const rows = await host.changes(report._id);
      expect(rows.map(({ username }) => username)).toEqual(['a', 'b', 'c']);
    },
  );
});

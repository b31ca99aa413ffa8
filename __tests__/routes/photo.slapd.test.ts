import sharp from 'sharp';
import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import { toPhotoHash } from '../../lib/sync/avatars/avatar-decision.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings, type TestHost } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPersonLdif } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const paint = (background: string, format: 'jpeg' | 'png' = 'jpeg', size = 300): Promise<Buffer> =>
  sharp({ create: { width: size, height: size, channels: 3, background } })
    .withExif({ IFD0: { Copyright: 'a secret place' } })
    .toFormat(format)
    .toBuffer();
const dnOf = (uid: string): string => `uid=${uid},ou=people,${SUFFIX}`;

describeWithSlapd('ldap.photo', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let app: TestHost['app'];
  let ldapSync: LdapSync;
  let admin: AdminClient;
  let red: Buffer;
  let blue: Buffer;

  beforeAll(async () => {
    [red, blue] = await Promise.all([paint('#f00'), paint('#00f', 'png')]);
  });
  beforeEach(async () => {
    const people = [
      toPersonLdif('ada', { jpegPhoto: red }),
      toPersonLdif('bare'),
      toPersonLdif('odd', { jpegPhoto: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') }),
    ];
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(people) });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, { ...settingsFor(slapd), LDAP_Background_Sync_Avatars: true });
    ({ app, ldapSync } = createHost(database.connection));
    admin = createAdminClient(app);
    await ldapSync.sync();
  });
  afterEach(async () => {
    await ldapSync.stop();
    await database.close();
    await slapd.stop();
  });

  const idOf = async (username: string): Promise<string> =>
    String((await database.connection.collection('users').findOne({ username }))?._id);
  const replacePhoto = (photo: Buffer): void =>
    slapd.modify(
      `dn: ${dnOf('ada')}\nchangetype: modify\nreplace: jpegPhoto\njpegPhoto:: ${photo.toString('base64')}\n`,
    );
  const why = async (query: object): Promise<unknown> => {
    const { status, body } = await admin.get('photo', query);
    return [status, body.errorType, body.error];
  };
  const colour = async (bytes: Buffer): Promise<readonly number[]> => {
    const { channels } = await sharp(bytes).stats();
    return channels.map(({ mean }) => Math.round(mean / 255));
  };

  it('shows the old picture of the chat beside the new one of the directory, as a sync would make it', async () => {
    replacePhoto(blue);
    const { _id: runId } = await admin.run('previewSync');
    const [row] = await admin.changes(runId, { text: 'ada' });
    expect(row?.fields).toEqual([{ field: 'photo', from: toPhotoHash(red), to: toPhotoHash(blue) }]);
    const [userId, { from, to }] = [row?.userId, row?.fields[0] as { from: string; to: string }];
    const old = await admin.get('photo', { which: 'chat', userId, sha256: from });
    const next = await admin.get('photo', { which: 'directory', userId, sha256: to });
    expect([old.status, next.status]).toEqual([200, 200]);
    expect(await colour(old.body as Buffer)).toEqual([1, 0, 0]);
    expect(await colour(next.body as Buffer)).toEqual([0, 0, 1]);
    expect(await sharp(next.body as Buffer).metadata()).toMatchObject({
      format: 'jpeg',
      width: 200,
      height: 200,
    });
    expect((next.body as Buffer).includes('a secret place')).toBe(false);
  });

  it('sends a picture that can be nothing else, and that nobody keeps', async () => {
    const { headers, body } = await admin.get('photo', { which: 'chat', userId: await idOf('ada') });
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String((body as Buffer).length),
      'content-disposition': 'inline; filename="photo.jpg"',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
  });

  it('shows the photo of somebody who is no user yet by the DN', async () => {
    slapd.modify(toPersonLdif('new', { jpegPhoto: blue }).replace('\n', '\nchangetype: add\n'));
    const { status, body } = await admin.get('photo', { which: 'directory', dn: dnOf('new') });
    expect([status, await colour(body as Buffer)]).toEqual([200, [0, 0, 1]]);
  });

  it('shows nothing of users who are no people of the directory', async () => {
    for (const which of ['chat', 'directory'])
      expect(await why({ which, userId: 'adminUser00000001' })).toEqual([
        400,
        'photo-not-shown',
        'The user is linked to no entry of the directory.',
      ]);
  });

  it('shows no other photo than the one that is asked for', async () => {
    const userId = await idOf('ada');
    replacePhoto(blue);
    const changed = [400, 'photo-not-shown', 'The picture is another one by now.'];
    expect(await why({ which: 'directory', userId, sha256: toPhotoHash(red) })).toEqual(changed);
    expect(await why({ which: 'chat', userId, sha256: toPhotoHash(blue) })).toEqual(changed);
  });

  it.each([
    ['nobody', { which: 'chat', userId: 'nobody' }, 'photo-not-shown', 'There is no such user.'],
    [
      'no entry',
      { which: 'directory', dn: 'uid=nobody,dc=example,dc=org' },
      'photo-not-shown',
      'The directory has no such entry among those that are synced.',
    ],
    [
      'an entry outside the base',
      { which: 'directory', dn: 'cn=config' },
      'photo-not-shown',
      'The directory has no such entry among those that are synced.',
    ],
    [
      'both',
      { which: 'directory', dn: 'x', userId: 'x' },
      'invalid-params',
      'Give either userId or dn; a picture of the chat needs userId [invalid-params]',
    ],
    [
      'a chat user by DN',
      { which: 'chat', dn: dnOf('ada') },
      'invalid-params',
      'Give either userId or dn; a picture of the chat needs userId [invalid-params]',
    ],
    [
      'neither place',
      { which: 'elsewhere', userId: 'x' },
      'invalid-params',
      'which must be chat or directory [invalid-params]',
    ],
    [
      'two DNs',
      { which: 'directory', dn: ['a', 'b'] },
      'invalid-params',
      'Give dn once, as a text of 1 to 1024 characters [invalid-params]',
    ],
  ])('says why there is no picture of %s', async (_, query, errorType, error) => {
    expect(await why(query)).toEqual([400, errorType, error]);
  });

  it('says why there is none of somebody without a photo, and of somebody with one that is none', async () => {
    const [bare, odd] = [await idOf('bare'), await idOf('odd')];
    expect(await why({ which: 'directory', userId: bare })).toEqual([
      400,
      'photo-not-shown',
      'There is no picture.',
    ]);
    expect(await why({ which: 'chat', userId: bare })).toEqual([
      400,
      'photo-not-shown',
      'There is no picture.',
    ]);
    expect(await why({ which: 'directory', userId: odd })).toEqual([
      400,
      'invalid-photo',
      expect.stringMatching(/SVG/),
    ]);
  });

  it('shows no bytes of the chat that are no picture, nor more of them than a photo may have', async () => {
    const userId = await idOf('ada');
    const parts = database.connection.collection('rocketchat_avatars.chunks');
    const files = database.connection.collection('rocketchat_avatars.files');
    const html = Buffer.from('<script>alert(1)</script>');
    await parts.updateMany({}, { $set: { data: html } });
    await files.updateMany({}, { $set: { length: html.length } });
    expect(await why({ which: 'chat', userId })).toEqual([
      400,
      'invalid-photo',
      expect.stringMatching(/not an image/),
    ]);
    await files.updateMany({}, { $set: { length: 1 } });
    expect(await why({ which: 'chat', userId })).toEqual([400, 'photo-not-shown', 'There is no picture.']);
    const [part] = await parts.find({}).toArray();
    const data = Buffer.alloc(1024 * 1024);
    await parts.deleteMany({});
    const many = Array.from({ length: 11 }, (_, n) => ({ files_id: part?.files_id, n, data }));
    await parts.insertMany(many);
    await files.updateMany({}, { $set: { length: 11 * data.length } });
    expect(await why({ which: 'chat', userId })).toEqual([400, 'photo-not-shown', 'There is no picture.']);
  });

  it('says that the picture is elsewhere where the chat server keeps avatars in another store', async () => {
    await database.connection
      .collection('rocketchat_avatars')
      .updateMany({}, { $set: { store: 'AmazonS3:Avatars' } });
    expect(await why({ which: 'chat', userId: await idOf('ada') })).toEqual([
      400,
      'photo-not-shown',
      'The picture is not kept in the database of the chat server.',
    ]);
  });

  it('is for those who may read reports only, and for four at once', async () => {
    const query = { which: 'directory', userId: await idOf('ada') };
    const answers = await Promise.all(Array.from({ length: 12 }, () => admin.get('photo', query)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(4);
    expect(statuses).toContain(429);
    expect((await admin.get('photo', query)).status).toBe(200);
    await database.connection
      .collection('rocketchat_permissions')
      .updateOne({ _id: 'sync-auth-services-users' as never }, { $set: { roles: [] } });
    expect((await admin.get('photo', query)).status).toBe(403);
  });
});

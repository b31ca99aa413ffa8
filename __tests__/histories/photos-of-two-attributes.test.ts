import sharp from 'sharp';
import { toPhotoHash } from '../../lib/sync/avatars/avatar-decision.js';
import { many, toPerson, useHistories } from '../setup/histories.js';

const { sync, user } = useHistories();
const SETTINGS = { LDAP_Sync_User_Avatar: true, LDAP_Background_Sync_Avatars: true };
const paint = (background: string): Promise<Buffer> =>
  sharp({ create: { width: 32, height: 32, channels: 3, background } })
    .jpeg()
    .toBuffer();

async function syncPhotos(thumbnailPhoto: Buffer, jpegPhoto: Buffer) {
  const { counts, attention } = await sync(
    [toPerson('ada', { thumbnailPhoto, jpegPhoto }), ...many(2)],
    SETTINGS,
  );
  const stored = await user('ada');
  return { etag: stored?.avatarETag, codes: attention.map(({ code }) => code), updated: counts.updated };
}

it('a photo that is none gives way to that of the next attribute in the same run, and comes first once it is mended', async () => {
  const [red, blue] = [await paint('red'), await paint('blue')];
  expect(await syncPhotos(Buffer.from('no photo'), red)).toMatchObject({ etag: toPhotoHash(red), codes: [] });
  expect(await syncPhotos(Buffer.from('no photo'), red)).toMatchObject({ codes: [], updated: 0 });
  expect(await syncPhotos(blue, red)).toMatchObject({ etag: toPhotoHash(blue) });
});

it('a photo that is cut off gives way in the same run, and the next run changes nothing', async () => {
  const red = await paint('red');
  const cut = (await paint('green')).subarray(0, -2);
  expect(await syncPhotos(cut, red)).toMatchObject({ etag: toPhotoHash(red), codes: [] });
  expect(await syncPhotos(cut, red)).toEqual({ etag: toPhotoHash(red), codes: [], updated: 0 });
  expect(await syncPhotos(cut, cut)).toMatchObject({ etag: toPhotoHash(red), codes: ['photo-damaged'] });
});

it('a photo with a film behind its end is whole', async () => {
  const moving = Buffer.concat([
    await paint('red'),
    Buffer.from('\0\0\0\x18ftypmp42'),
    Buffer.alloc(5_000, 7),
  ]);
  expect(await syncPhotos(moving, await paint('blue'))).toMatchObject({
    etag: toPhotoHash(moving),
    codes: [],
  });
});

import { once } from 'node:events';
import sharp from 'sharp';
import { startDecoder, toDecoderProgram } from '../../lib/sync/avatars/start-decoder.js';
import { createPhotoDecoder } from '../../lib/sync/avatars/photo-decoder.js';
import { preparePhoto } from '../../lib/sync/avatars/photo.js';
import { toJob } from './decoder-jobs.js';
import { COLOUR, toEmptyScans, toJpeg } from './hostile-jpeg.js';

// A host of its own. `once`: decodes a photo and has nothing more to do. `busy`: says the process id of a
// decoder that has begun with a photo which takes it seconds.
if (process.argv[2] === 'once') {
  const photo = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#3a7' } })
    .jpeg()
    .toBuffer();
  const image = await preparePhoto(
    photo,
    { size: 20, resize: true },
    { decoder: createPhotoDecoder({ idleMs: 3_600_000 }) },
  );
  process.stdout.write(`decoded ${image.length > 0}\n`);
} else {
  const { child, input } = startDecoder(toDecoderProgram());
  await once(child, 'message');
  const photo = toJpeg({
    width: 3_472,
    height: 8_456,
    sampling: COLOUR,
    scans: toEmptyScans(2_600, 3, 1),
  });
  child.send(toJob(photo));
  input.write(photo, () => process.stdout.write(`${child.pid}\n`));
}

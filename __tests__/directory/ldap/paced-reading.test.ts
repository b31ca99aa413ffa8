import { createPacedReading, SLICE_BYTES } from '../../../lib/directory/ldap/paced-reading.js';

it('a source is held up after every slice until everybody else had a turn', async () => {
  const events: string[] = [];
  const read = createPacedReading((chunk) => events.push(`read ${chunk.length}`), {
    pause: () => events.push('pause'),
    resume: () => events.push('resume'),
  });
  const half = Buffer.alloc(SLICE_BYTES / 2);
  read(half);
  read(half);
  setImmediate(() => events.push('others'));
  await new Promise((resolve) => setImmediate(resolve));
  read(half);
  const once = [
    `read ${half.length}`,
    `read ${half.length}`,
    'pause',
    'resume',
    'others',
    `read ${half.length}`,
  ];
  expect(events).toEqual(once);
});

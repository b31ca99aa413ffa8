// @ts-check
/**
 * The program of a decoder: a process of its own, in which a photo can take time, memory and the process
 * itself, and nothing of the host's. Plain JavaScript, since it is started as it lies here: from the package,
 * from the sources, and under a test runner.
 *
 * A job comes as a message, its bytes by stdin; the picture goes out by stdout, announced by a message. The
 * decoding happens on libuv's thread, so that this one can watch. It always ends by SIGKILL: `process.exit`
 * waits for the thread.
 */

import { Buffer } from 'node:buffer';
import process from 'node:process';
import { clearInterval, setInterval } from 'node:timers';

/** @typedef {{ bytes: number, size: number, resize: boolean, maxSide: number, maxPixels: number, quality: number,
 *   cpuMs: number, deadlineMs: number, spareBytes: number }} Job */

const LOOK_MS = 10;
/** The host's own deadline comes first, unless the host is asleep. */
const GRACE_MS = 2_000;
/** Of all that the decoding library can read. */
const LOADERS = ['JpegBuffer', 'PngBuffer', 'NsgifBuffer', 'WebpBuffer'];

const end = () => process.kill(process.pid, 'SIGKILL');
process.once('disconnect', end);
process.stdin.once('end', end);
process.stdin.once('error', end);
process.stdout.once('error', end);
// A terminal tells them to the whole group; when the host goes, the channel closes.
for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => undefined);

/** @param {object} message */
const tell = (message) => new Promise((resolve) => process.send?.(message, resolve));

/** @returns {Promise<typeof import('sharp')['default']>} */
async function loadDecoder() {
  try {
    const { default: sharp } = await import('sharp');
    sharp.concurrency(1);
    sharp.cache(false);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: LOADERS.map((name) => `VipsForeignLoad${name}`) });
    return sharp;
  } catch (error) {
    await tell({ unavailable: error instanceof Error ? error.message : String(error) });
    return (end(), new Promise(() => undefined));
  }
}

/** Kept from job to job: what is allocated anew stays until the next collection. */
let room = Buffer.alloc(0);

/** @param {number} length @returns {Promise<Buffer>} */
function receive(length) {
  if (room.length < length) room = Buffer.allocUnsafeSlow(length);
  return new Promise((resolve) => {
    let at = 0;
    /** @param {Buffer} chunk */
    const take = (chunk) => {
      at += chunk.copy(room, at);
      if (at < length) return;
      process.stdin.off('data', take).pause();
      resolve(room.subarray(0, length));
    };
    process.stdin.on('data', take).resume();
  });
}

/** Ends the process when the job takes more than it may. Returns how to stop watching. @param {Job} job */
function watch({ cpuMs, deadlineMs, spareBytes }) {
  const before = { cpu: process.cpuUsage(), bytes: process.memoryUsage.rss(), at: performance.now() };
  /** @param {string} refused */
  const refuse = (refused) => void tell({ refused }).then(end);
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(before.cpu);
    if (process.memoryUsage.rss() - before.bytes > spareBytes) refuse('memory');
    else if ((user + system) / 1_000 > cpuMs) refuse('cpu');
    else if (performance.now() - before.at > deadlineMs + GRACE_MS) end();
  }, LOOK_MS);
  return () => clearInterval(timer);
}

const sharp = await loadDecoder();

/** @param {Buffer} file @param {Job} job */
function decode(file, { size, resize, maxSide, maxPixels, quality }) {
  const within = { width: maxSide, height: maxSide, fit: /** @type {const} */ ('inside') };
  return sharp(file, { failOn: 'error', limitInputPixels: maxPixels, pages: 1, sequentialRead: true })
    .autoOrient()
    .resize(resize ? { width: size, height: size, fit: 'cover' } : { ...within, withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality })
    .toBuffer();
}

/** @param {Job} job */
async function work(job) {
  const unwatch = watch(job);
  try {
    const image = await decode(await receive(job.bytes), job);
    process.stdout.write(image);
    unwatch();
    void tell({ image: image.length });
  } catch (error) {
    unwatch();
    const text = error instanceof Error ? error.message : String(error);
    void tell({ refused: /out of memory|cannot allocate/i.test(text) ? 'crash' : 'damaged', text });
  }
  globalThis.gc?.();
}

process.on('message', (job) => void work(/** @type {Job} */ (job)));
void tell({ ready: true });

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createPhotoDecoder, type PhotoDecoder } from '../../lib/sync/avatars/photo-decoder.js';
import { DecoderUnavailableError, PhotoError } from '../../lib/sync/avatars/photo-refusal.js';
import type { Picture } from '../../lib/sync/avatars/picture.js';
import { startDecoder, toDecoderProgram } from '../../lib/sync/avatars/start-decoder.js';
import { toJob } from '../setup/decoder-jobs.js';
import { COLOUR, toEmptyScans, toJpeg } from '../setup/hostile-jpeg.js';
import { childrenRunning, isAlive, untilGone } from '../setup/processes.js';

const ROOT = join(__dirname, '../..');
const ODD = join(__dirname, '../setup/odd-decoder.mjs');
const MEBIBYTE = 1024 * 1024;

const picture = (decodedBytes = 1): Picture => ({
  format: 'jpeg',
  pieces: [Buffer.from('any'), Buffer.from('thing')],
  decodedBytes,
});
/** What the odd decoder is to do. */
const [HANG, SEGFAULT, KILLED, EXIT, WAIT, ENVIRONMENT, PID] = [1, 2, 3, 4, 5, 6, 99];
const [OUT_OF_MEMORY, NONSENSE, TOO_MUCH, STOPPED] = [7, 8, 9, 10];
const toDo = (size: number) => ({ size, resize: true });

/** Four and a half million coefficients of nothing, gone through 2,600 times. */
const endless = () =>
  toJpeg({ width: 3_472, height: 8_456, sampling: COLOUR, scans: toEmptyScans(2_600, 3, 1) });

describe('a decoder', () => {
  let decoder: PhotoDecoder;
  const open = (options: object = {}) => (decoder = createPhotoDecoder({ program: ODD, ...options }));
  afterEach(() => decoder.close());

  const ask = async (size: number, signal?: AbortSignal) =>
    String(await decoder.decode(picture(), toDo(size), signal));
  const pid = async () => Number(await ask(PID));

  async function toError(answer: Promise<unknown>): Promise<PhotoError> {
    const error: unknown = await answer.then(
      () => new Error('It was decoded.'),
      (reason: unknown) => reason,
    );
    if (!(error instanceof PhotoError)) throw error;
    return error;
  }

  it('that is not ready at the deadline is killed, and the next photo has another', async () => {
    open({ deadlineMs: 200 });
    const first = await pid();
    expect((await toError(ask(HANG))).refusal).toBe('deadline');
    await untilGone(first);
    expect(await pid()).not.toBe(first);
  });

  it.each([
    ['says that it is out of memory', OUT_OF_MEMORY, 'crash'],
    ['says nonsense', NONSENSE, 'deadline'],
    ['says more than a picture has', TOO_MUCH, undefined],
    ['is stopped', STOPPED, 'deadline'],
  ])('that %s is killed, and the next photo has another', async (_name, what, refusal) => {
    open({ deadlineMs: what === OUT_OF_MEMORY || what === TOO_MUCH ? 60_000 : 500 });
    const first = await pid();
    expect((await toError(ask(what))).refusal).toBe(refusal);
    await untilGone(first);
    expect(await pid()).not.toBe(first);
  });

  it.each([
    ['SIGSEGV', SEGFAULT],
    ['an exit', EXIT],
  ])('that dies of a photo by %s costs that photo alone, which is to be remembered', async (_name, how) => {
    open();
    const others = [pid(), toError(ask(how)), pid(), pid()] as const;
    expect((await others[1]).refusal).toBe('crash');
    for (const other of [others[0], others[2], others[3]]) expect(await other).toBeGreaterThan(0);
  });

  it('that is killed from outside says nothing about the photo', async () => {
    open();
    const error = await toError(ask(KILLED));
    expect(error.message).toMatch(/from outside \(SIGKILL\)/);
    expect(error.refusal).toBeUndefined();
  });

  it('is one of two at most, however many photos wait', async () => {
    open();
    const pids = await Promise.all(Array.from({ length: 12 }, pid));
    expect(new Set(pids).size).toBeLessThanOrEqual(2);
    expect(childrenRunning('odd-decoder.mjs').length).toBeLessThanOrEqual(2);
  });

  it('is alone while it has a photo that takes much memory', async () => {
    open();
    await Promise.all([pid(), pid()]);
    const large = decoder.decode(picture(100 * MEBIBYTE), toDo(PID));
    const small = pid();
    expect(Number(String(await large))).toBe(await small);
    expect(childrenRunning('odd-decoder.mjs')).toHaveLength(1);
  });

  it('ends when no photo comes any more', async () => {
    open({ idleMs: 20 });
    await untilGone(await pid());
  });

  it('is killed when the run ends, and the next photo has another', async () => {
    open();
    const first = await pid();
    const run = new AbortController();
    const hanging = ask(HANG, run.signal);
    const alsoHanging = ask(HANG, run.signal);
    const waiting = ask(PID, run.signal);
    run.abort(new Error('The run is over.'));
    for (const answer of await Promise.allSettled([hanging, alsoHanging, waiting]))
      expect(answer).toMatchObject({ status: 'rejected', reason: { message: 'The run is over.' } });
    await untilGone(first);
    expect(await pid()).not.toBe(first);
  });

  it('is killed when the host stops, and none is started afterwards', async () => {
    open();
    const first = await pid();
    const answers = [ask(HANG), ask(WAIT), ask(PID)];
    decoder.close();
    for (const answer of await Promise.allSettled(answers))
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'run-stopped' } });
    await expect(ask(PID)).rejects.toMatchObject({ code: 'run-stopped' });
    await untilGone(first);
  });

  it('knows nothing of the host’s environment', async () => {
    process.env.MAIL_URL = 'smtp://user:mail-secret@host';
    process.env.NODE_OPTIONS_OF_HOST = 'x';
    try {
      open();
      const names = Object.keys(JSON.parse(await ask(ENVIRONMENT)) as object);
      expect(names).not.toContain('MAIL_URL');
      expect(names).not.toContain('NODE_OPTIONS_OF_HOST');
      expect(names.filter((name) => /HOME|USER|TOKEN|PASSWORD|NODE_OPTIONS/.test(name))).toEqual([]);
    } finally {
      delete process.env.MAIL_URL;
      delete process.env.NODE_OPTIONS_OF_HOST;
    }
  });

  it('that cannot be started is no photo’s fault, and says what to do', async () => {
    open({ program: join(ROOT, 'moved-away.js') });
    for (const error of [await toError(ask(PID)), await toError(ask(PID))]) {
      expect(error).toBeInstanceOf(DecoderUnavailableError);
      expect(error.refusal).toBeUndefined();
      expect(error.message).toMatch(/could not be started/);
      expect(error.remedy).toMatch(/decoder-process\.js stays where it is/);
    }
  });
});

describe('the program of a decoder', () => {
  async function start() {
    const { child, input } = startDecoder(toDecoderProgram());
    const gone = once(child, 'exit');
    await once(child, 'message');
    return { child, input, gone };
  }

  it.each([
    ['processor time', { cpuMs: 200 }, 'cpu'],
    ['memory', { spareBytes: 30 * MEBIBYTE }, 'memory'],
  ])('ends itself in the middle of a decode that takes too much %s', async (_name, limits, refused) => {
    const { child, input, gone } = await start();
    const photo = endless();
    child.send(toJob(photo, limits));
    input.write(photo);
    expect((await once(child, 'message'))[0]).toEqual({ refused });
    expect((await gone)[1]).toBe('SIGKILL');
  });

  it('goes on after a photo that it cannot decode', async () => {
    const { child, input, gone } = await start();
    for (let round = 0; round < 2; round += 1) {
      const photo = Buffer.from('\xff\xd8\xff no photo', 'latin1');
      child.send(toJob(photo));
      input.write(photo);
      expect((await once(child, 'message'))[0]).toMatchObject({ refused: 'damaged' });
    }
    child.kill('SIGKILL');
    await gone;
  });

  it('opens no format but the four, whatever it is given', async () => {
    const { child, input, gone } = await start();
    for (const text of ['<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', '%PDF-1.7']) {
      child.send(toJob(Buffer.from(text)));
      input.write(text);
      expect((await once(child, 'message'))[0]).toMatchObject({
        text: expect.stringContaining('unsupported'),
      });
    }
    child.kill('SIGKILL');
    await gone;
  });

  const startHost = (what: string) =>
    spawn(process.execPath, ['--import', 'tsx', '__tests__/setup/decoding-host.ts', what], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 50_000,
    });

  it('ends in the middle of a decode when its host is killed', async () => {
    const host = startHost('busy');
    const [line] = (await once(createInterface({ input: host.stdout }), 'line')) as [string];
    const decoder = Number(line);
    expect(isAlive(decoder)).toBe(true);
    host.kill('SIGKILL');
    await untilGone(decoder);
  });

  it('does not keep a host alive that has nothing more to do', async () => {
    const host = startHost('once');
    const said = once(host.stdout, 'data');
    const [code] = (await once(host, 'exit')) as [number];
    expect(String((await said)[0])).toBe('decoded true\n');
    expect(code).toBe(0);
  });
});

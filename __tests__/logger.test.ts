import { Writable } from 'node:stream';
import { Console } from 'node:console';
import pino from 'pino';
import winston from 'winston';
import { createSafeLogger, type Logger } from '../lib/logger.js';
import { createRunEvents } from '../lib/sync/run/run-events.js';
import { makeReport } from './watch/reports.js';

function collect(): { stream: Writable; text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}

const toWinston = (stream: Writable): Logger =>
  winston.createLogger({
    level: 'debug',
    transports: [new winston.transports.Stream({ stream })],
  });

const HOSTS: readonly (readonly [string, (stream: Writable) => Logger])[] = [
  ['pino', (stream) => pino({ level: 'debug' }, stream)],
  ['a child of pino', (stream) => pino({ level: 'debug' }, stream).child({ part: 'ldap' })],
  ['winston', toWinston],
  ['a child of winston', (stream) => (toWinston(stream) as unknown as winston.Logger).child({})],
  ['console', (stream) => new Console(stream, stream)],
];

describe('the logger of a host', () => {
  it.each(HOSTS)('%s gets the text and the details of every level', (_, open) => {
    const { stream, text } = collect();
    const logger = createSafeLogger(open(stream));
    for (const level of ['debug', 'info', 'warn', 'error'] as const)
      logger[level]({ runId: `run-${level}` }, `It says ${level}`);
    for (const level of ['debug', 'info', 'warn', 'error']) {
      expect(text()).toContain(`It says ${level}`);
      expect(text()).toContain(`run-${level}`);
    }
  });

  it('a logger that throws or rejects does the caller no harm', async () => {
    const fail = (): never => {
      throw new Error('disk full');
    };
    const reject = async (): Promise<never> => fail();
    for (const method of [fail, reject]) {
      const logger = createSafeLogger({ debug: method, info: method, warn: method, error: method });
      expect(() => logger.error({}, 'text')).not.toThrow();
    }
    await expectNoUnhandledRejection();
  });
});

it('a listener that rejects is logged, and does the run no harm', async () => {
  const lines: object[] = [];
  const ignore = (): void => undefined;
  const logger = {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (details: object) => void lines.push(details),
  };
  const events = createRunEvents(logger);
  events.on('run:finished', async () => Promise.reject(new Error('the host failed')));
  events.emit('run:finished', makeReport({}));
  await expectNoUnhandledRejection();
  expect(lines).toEqual([{ event: 'run:finished', error: 'the host failed' }]);
});

/** Unhandled rejections are told after the microtasks of a turn; two turns are past that. */
async function expectNoUnhandledRejection(): Promise<void> {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
}

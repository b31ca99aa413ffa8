import type { EventEmitter } from 'node:events';
import type { DirectoryEntry } from '../../lib/directory/directory.js';
import { MalformedMessageError } from '../../lib/directory/wire/malformed-message-error.js';
import { createMessageReader } from '../../lib/directory/wire/message-reader.js';
import { OversizedMessageError } from '../../lib/directory/wire/oversized-message-error.js';
import { createWantedAttributes } from '../../lib/directory/wire/wanted-attributes.js';
import type { SeededRandom } from '../setup/seeded-random.js';
import { fuzz, FUZZ_TIMEOUT_MS } from './fuzz-rounds.js';
import { readStrictly, type StrictEntry } from './strict-reading.js';
import { cut, mutate, toMessage } from './wire-messages.js';

const WANTED = createWantedAttributes(['cn', 'mail', 'member', 'jpegPhoto', 'userPassword']);

interface Heard {
  readonly events: unknown[];
  readonly entries: DirectoryEntry[];
  failure?: Error;
}

/** What the reader makes of bytes that come in these pieces. */
function hear(pieces: readonly Buffer[], wanted = WANTED): Heard {
  const heard: Heard = { events: [], entries: [] };
  const read = createMessageReader(
    {
      wanted: () => wanted,
      alive: () => undefined,
      entry(entry, cost) {
        expect(cost).toBeGreaterThan(0);
        heard.entries.push(entry);
        heard.events.push(['entry', entry.dn, toPlain(entry)]);
      },
      reference: (urls) => heard.events.push(['reference', urls.map(String)]),
      result: (result) => heard.events.push(['result', result]) > 0,
      failed(error) {
        heard.failure = error;
        heard.events.push(['failed', error.name]);
      },
    },
    (message) => heard.events.push(['passed on', message.toString('hex')]),
  );
  for (const piece of pieces) read(piece);
  return heard;
}

function toPlain({ attributes }: DirectoryEntry): unknown {
  return [...attributes].map(([key, { name, values, ...rest }]) => [
    key,
    name,
    values.map((value) => value.toString('hex')),
    rest,
  ]);
}

/** What must be heard of an entry that is right: the wanted attributes, pieces of one put together. */
function toExpected({ attributes }: Pick<StrictEntry, 'attributes'>): unknown {
  const expected = new Map<string, { name: string; values: string[] }>();
  for (const { name, values } of attributes) {
    const key = name.toLowerCase();
    if (!['cn', 'mail', 'member', 'jpegphoto'].includes(key.split(';')[0] ?? '')) continue;
    const known = expected.get(key) ?? { name, values: [] };
    known.values.push(...values.map((value) => value.toString('hex')));
    expected.set(key, known);
  }
  return [...expected].map(([key, { name, values }]) => [key, name, values, {}]);
}

interface LdapjsMessage {
  readonly attributes?: readonly { readonly type: string; readonly buffers: readonly Buffer[] }[];
}

/** What ldapjs' own reader makes of a message; `undefined` when it makes nothing of it. */
function hearByLdapjs(message: Buffer): LdapjsMessage | undefined {
  const Parser = jest.requireActual<new () => EventEmitter & { write(bytes: Buffer): void }>(
    'ldapjs/lib/messages/parser.js',
  );
  const parser = new Parser();
  let heard: LdapjsMessage | undefined;
  parser.on('message', (found: LdapjsMessage) => (heard = found));
  parser.on('error', () => undefined);
  try {
    parser.write(message);
  } catch {
    return undefined;
  }
  return heard;
}

/** Right messages and wrong ones, one after the other. */
function toStream(random: SeededRandom): Buffer {
  return Buffer.concat(
    Array.from({ length: random.integer(1, 5) }, () =>
      random.next() < 0.6 ? toMessage(random) : mutate(random, toMessage(random)),
    ),
  );
}

describe('a reader of a hostile wire', () => {
  it(
    'hears the same wherever the network cuts, and fails only by saying that it is not LDAP',
    () =>
      fuzz({ rounds: 800, share: 0.4 }, (random) => {
        const stream = toStream(random);
        const whole = hear([stream]);
        expect(hear(cut(random, stream)).events).toEqual(whole.events);
        if (whole.failure)
          expect([MalformedMessageError, OversizedMessageError]).toContain(whole.failure.constructor);
      }),
    FUZZ_TIMEOUT_MS,
  );

  it(
    'hears of every entry that is right what is in it, like ldapjs where that can read it',
    () => {
      let compared = 0;
      return fuzz({ rounds: 800, share: 0.4 }, (random) => {
        const message = random.next() < 0.4 ? toMessage(random) : mutate(random, toMessage(random));
        const right = readStrictly(message);
        if (!right) return;
        const { entries, failure } = hear(random.next() < 0.5 ? [message] : cut(random, message));
        expect(failure).toBeUndefined();
        expect(entries.map(({ dn }) => dn)).toEqual([right.dn]);
        expect(toPlain(entries[0] as DirectoryEntry)).toEqual(toExpected(right));
        const { attributes } = hearByLdapjs(right.plain) ?? {};
        // ldapjs takes names for UTF-8; a name of an attribute is ASCII, and any other names nothing.
        if (!attributes || right.attributes.some(({ name }) => /[^\0-\x7f]/.test(name))) return;
        compared += 1;
        const theirs = attributes.map(({ type, buffers }) => ({ name: type, values: buffers }));
        expect(toPlain(entries[0] as DirectoryEntry)).toEqual(toExpected({ attributes: theirs }));
      }).then(() => expect(compared).toBeGreaterThan(50));
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    'passes on what ldapjs reads as the same id, operation and code',
    () =>
      fuzz({ rounds: 600, share: 0.2 }, (random) => {
        const { events } = hear([mutate(random, toMessage(random))]);
        for (const [index, event] of events.entries()) {
          const [kind, told] = event as [string, string];
          if (kind !== 'passed on') continue;
          const { resultCode, operation } = (events[index - 1] as [string, Record<string, number>])[1];
          const theirs = hearByLdapjs(Buffer.from(told, 'hex')) as Record<string, unknown> | undefined;
          if (theirs) expect([theirs.status, theirs.protocolOp]).toEqual([resultCode, operation]);
        }
      }),
    FUZZ_TIMEOUT_MS,
  );
});

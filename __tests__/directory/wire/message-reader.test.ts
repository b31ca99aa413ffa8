import type { DirectoryEntry } from '../../../lib/directory/directory.js';
import { LIMITS } from '../../../lib/directory/wire/limits.js';
import { createMessageReader } from '../../../lib/directory/wire/message-reader.js';
import { createWantedAttributes } from '../../../lib/directory/wire/wanted-attributes.js';
import {
  doneMessage,
  entryMessage,
  message,
  octets,
  OPERATION,
  referenceMessage,
  resultMessage,
  tlv,
} from '../ldap-messages.js';

interface Heard {
  readonly entries: DirectoryEntry[];
  readonly events: string[];
  readonly passedOn: Buffer[];
  readonly costs: number[];
  alive: number;
  failure?: Error;
}

const WANTED = ['cn', 'jpegPhoto', 'empty', 'mail', 'photo', 'constructor', 'dn', 'member'];

function createReader(
  wanted = WANTED,
  sliced: readonly string[] = [],
): { read: (chunk: Buffer) => void; heard: Heard } {
  const heard: Heard = { entries: [], events: [], passedOn: [], costs: [], alive: 0 };
  const attributes = createWantedAttributes(wanted, sliced);
  const read = createMessageReader(
    {
      wanted: () => attributes,
      alive: () => (heard.alive += 1),
      entry(entry, cost) {
        heard.entries.push(entry);
        heard.costs.push(cost);
        heard.events.push(`entry ${entry.dn}`);
      },
      reference: (urls) => heard.events.push(`reference ${urls.join(' ')}`),
      result: ({ resultCode, diagnostic }) =>
        heard.events.push(`result ${resultCode} ${String(diagnostic)}`.trim()) < 1_000,
      failed(error) {
        heard.failure = error;
      },
    },
    (bytes) => heard.passedOn.push(bytes),
  );
  return { read, heard };
}

const short = (tag: number, ...content: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, body.length]), body]);
};

describe('the message reader', () => {
  const bind = resultMessage(1, OPERATION.bindResponse, 49, '80090308: LdapErr: data 52e, v4f7c');
  const done = doneMessage(2);
  const stream = Buffer.concat([
    bind,
    entryMessage(2, 'cn=ä,dc=x', [['CN', 'ä', 'b'], ['jpegPhoto', Buffer.from('ff00', 'hex')], ['empty']]),
    message(2, tlv(0x79, octets('intermediate'))),
    referenceMessage(2, 'ldap://elsewhere/dc=y', 'ldap://third/'),
    short(
      0x30,
      short(0x02, Buffer.from([2])),
      short(0x64, short(0x04, Buffer.from('dc=short')), short(0x30)),
    ),
    done,
  ]);
  /** The id, the operation and the code: nothing that a server has worded. */
  const GIST = [
    Buffer.from('300e02020001' + '61080a0200310400' + '0400', 'hex'),
    Buffer.from('300e02020002' + '65080a0200000400' + '0400', 'hex'),
  ];
  const EVENTS = [
    'result 49 80090308: LdapErr: data 52e, v4f7c',
    'entry cn=ä,dc=x',
    'reference ldap://elsewhere/dc=y ldap://third/',
    'entry dc=short',
    'result 0',
  ];

  it('takes out entries, references and intermediate responses, and passes on what the rest amounts to', () => {
    const { read, heard } = createReader();
    read(stream);
    expect(heard.failure).toBeUndefined();
    expect(heard.events).toEqual(EVENTS);
    expect(heard.passedOn).toEqual(GIST);
    expect([...(heard.entries[0]?.attributes ?? [])]).toEqual([
      ['cn', { name: 'CN', values: [Buffer.from('ä'), Buffer.from('b')] }],
      ['jpegphoto', { name: 'jpegPhoto', values: [Buffer.from('ff00', 'hex')] }],
      ['empty', { name: 'empty', values: [] }],
    ]);
  });

  it('does not care where the network cuts', () => {
    const whole = createReader();
    whole.read(stream);
    const { entries } = whole.heard;
    for (let cut = 1; cut < stream.length; cut += 1) {
      const { read, heard } = createReader();
      read(stream.subarray(0, cut));
      read(stream.subarray(cut));
      expect(heard.events).toEqual(EVENTS);
      expect(heard.entries).toEqual(entries);
      expect(heard.passedOn).toEqual(GIST);
    }
    for (const size of [1, 2, 3, 7]) {
      const { read, heard } = createReader();
      for (let at = 0; at < stream.length; at += size) read(stream.subarray(at, at + size));
      expect(heard.events).toEqual(EVENTS);
      expect(heard.entries).toEqual(entries);
    }
  });

  it('takes attributes that come in pieces together', () => {
    const { read, heard } = createReader();
    read(
      entryMessage(1, 'dc=x', [
        ['mail', 'a'],
        ['cn', 'c'],
        ['MAIL', 'b', 'c'],
      ]),
    );
    expect(heard.entries[0]?.attributes.get('mail')).toEqual({
      name: 'mail',
      values: [Buffer.from('a'), Buffer.from('b'), Buffer.from('c')],
    });
    expect(heard.entries[0]?.attributes.size).toBe(2);
  });

  it('does not slow down with the number of pieces', () => {
    const { read, heard } = createReader();
    const pieces = Array.from({ length: 100_000 }, () => ['mail', 'a'] as const);
    read(entryMessage(1, 'dc=x', pieces));
    const mail = heard.entries[0]?.attributes.get('mail');
    expect(mail?.values).toHaveLength(LIMITS.values);
    expect(mail?.droppedValues).toBe(100_000 - LIMITS.values);
  });

  it('takes names that mean something to JavaScript for names', () => {
    const { read, heard } = createReader();
    read(
      entryMessage(1, '__proto__', [
        ['__proto__', 'a'],
        ['constructor', 'b'],
        ['dn', 'c'],
      ]),
    );
    expect([...(heard.entries[0]?.attributes.keys() ?? [])]).toEqual(['constructor', 'dn']);
    expect(({} as Record<string, unknown>).name).toBeUndefined();
  });

  it('drops a value that is too large, says how large it was, and keeps the others', () => {
    const { read, heard } = createReader();
    const large = Buffer.alloc(20 * 1024 * 1024, 1);
    const bytes = entryMessage(1, 'dc=x', [
      ['photo', large, 'small'],
      ['PHOTO', Buffer.alloc(LIMITS.valueBytes)],
      ['cn', 'c'],
    ]);
    for (let at = 0; at < bytes.length; at += 65_536) read(bytes.subarray(at, at + 65_536));
    const photo = heard.entries[0]?.attributes.get('photo');
    expect(photo?.droppedBytes).toBe(large.length);
    expect(photo?.values.map(({ length }) => length)).toEqual([5, LIMITS.valueBytes]);
    expect(heard.entries[0]?.attributes.get('cn')).toEqual({ name: 'cn', values: [Buffer.from('c')] });
  });

  it('reads a hundred thousand messages from one chunk', () => {
    const { read, heard } = createReader();
    const tiny = short(0x30, short(0x02, Buffer.from([1])), short(0x64, short(0x04), short(0x30)));
    read(Buffer.concat(Array.from({ length: 100_000 }, () => tiny)));
    expect(heard.entries).toHaveLength(100_000);
    expect(heard.failure).toBeUndefined();
  });

  it('hears life in whole messages and in a large one that is coming, not in bytes that drip', () => {
    const { read, heard } = createReader();
    const bytes = entryMessage(1, 'dc=x', [['photo', Buffer.alloc(1024 * 1024)]]);
    for (let at = 0; at < 2_000; at += 1) read(bytes.subarray(at, at + 1));
    expect(heard.alive).toBe(0);
    for (let at = 2_000; at < bytes.length; at += 65_536) read(bytes.subarray(at, at + 65_536));
    expect(heard.alive).toBe(4);
  });

  const entryOf = (...content: readonly Buffer[]): Buffer => message(1, tlv(0x64, ...content));
  it.each<[string, Buffer]>([
    ['a banner', Buffer.from('SSH-2.0-OpenSSH_9.2\r\n')],
    ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['TLS', Buffer.from('15030100020228', 'hex')],
    ['an indefinite length', Buffer.from('3080020101', 'hex')],
    ['a length of five bytes', Buffer.from('30850000000001', 'hex')],
    ['an id of a megabyte', Buffer.from('308400200000' + '028400100000', 'hex')],
    ['an empty message', Buffer.from('3000', 'hex')],
    ['no message id', tlv(0x30, octets('x'), octets('y'))],
    ['an id longer than its message', Buffer.from('3003020901', 'hex')],
    ['a message without an operation', tlv(0x30, tlv(0x02, Buffer.from([1])))],
    ['an entry without attributes', entryOf(octets('dc=x'))],
    ['an entry whose DN is longer than itself', entryOf(Buffer.from('047f61', 'hex'))],
    [
      'an attribute that is longer than its list',
      entryOf(octets('dc=x'), tlv(0x30, Buffer.from('307f0401', 'hex'))),
    ],
    [
      'a value that is longer than its set',
      entryOf(octets('dc=x'), tlv(0x30, tlv(0x30, octets('cn'), tlv(0x31, Buffer.from('047f61', 'hex'))))),
    ],
    [
      'a value that is not one',
      entryOf(octets('dc=x'), tlv(0x30, tlv(0x30, octets('cn'), tlv(0x31, Buffer.from('0201', 'hex'))))),
    ],
    [
      'a lone length',
      entryOf(octets('dc=x'), tlv(0x30, tlv(0x30, octets('cn'), Buffer.from('3184', 'hex')))),
    ],
    ['a result without a code', message(1, tlv(0x65, octets('')))],
    ['a result without a text', message(1, tlv(0x65, Buffer.from('0a0100', 'hex')))],
    ['a reference that is none', message(1, tlv(0x73, Buffer.from('0201', 'hex')))],
  ])('%s is a failure, told once', (_, bytes) => {
    const { read, heard } = createReader();
    read(bytes);
    expect(heard.failure?.message).toMatch(/^The server sent something that is not LDAP: /);
    const { failure } = heard;
    read(entryMessage(1, 'dc=x'));
    expect(heard.entries).toEqual([]);
    expect(heard.failure).toBe(failure);
  });
});

describe('the cost of an entry', () => {
  const entry = entryMessage(2, 'cn=x', [['cn', 'x']]);
  const padding = (bytes: number): Buffer => message(2, tlv(0x79, octets(Buffer.alloc(bytes))));

  it('has what came in one piece with it and is no part of another', () => {
    const { read, heard } = createReader();
    const [before, between] = [padding(60_000), padding(30_000)];
    read(Buffer.concat([before, entry, entry, between, entry]));
    const [first = 0, second = 0, third = 0] = heard.costs;
    expect(second).toBeLessThan(2_000);
    expect(first).toBe(second + before.length);
    expect(third).toBe(second + between.length);
  });

  it('has what came behind the entry before, in whichever piece', () => {
    const { read, heard } = createReader();
    for (let piece = 0; piece < 3; piece += 1) read(Buffer.concat([entry, padding(60_000)]));
    expect(heard.costs.slice(1).every((cost) => cost > 60_000)).toBe(true);
  });

  it('has no more than one piece of what was passed over', () => {
    const { read, heard } = createReader();
    read(padding(5_000_000));
    read(entry);
    expect(heard.costs[0]).toBeLessThan(2_000);
  });
});

import type { SeededRandom } from '../setup/seeded-random.js';

/** LDAP messages as no server sends them, and some as one does. */

export const NAMES = [
  'cn',
  'CN',
  'mail',
  'Mail',
  'cn;lang-en',
  'member;range=0-1',
  'jpegPhoto',
  'junk',
  'userPassword',
];
const DNS = ['', 'dc=x', 'cn=ada,dc=x', 'cn=山田,dc=x', 'cn=a\\2Cb,dc=x', 'uid=x+cn=y,dc=z'];

/** A value with a length in any of the forms that BER allows. */
function tlv(random: SeededRandom, tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const shortest = body.length < 0x80 ? 0 : body.length < 0x100 ? 1 : body.length < 0x10000 ? 2 : 3;
  const count = random.next() < 0.7 ? shortest : random.integer(Math.max(1, shortest), 4);
  const header = Buffer.alloc(2 + count);
  header.writeUInt8(tag, 0);
  header.writeUInt8(count === 0 ? body.length : 0x80 | count, 1);
  if (count > 0) header.writeUIntBE(body.length, 2, count);
  return Buffer.concat([header, body]);
}

function many<T>(random: SeededRandom, most: number, make: () => T): T[] {
  return Array.from({ length: random.integer(0, most) }, make);
}

function bytes(random: SeededRandom, most: number): Buffer {
  return Buffer.from(many(random, most, () => random.integer(0, 255)));
}

function toEntry(random: SeededRandom): Buffer {
  const octets = (value: Buffer | string): Buffer => tlv(random, 0x04, Buffer.from(value as string));
  const value = (): Buffer => octets(bytes(random, random.next() < 0.05 ? 6_000 : 20));
  const attributes = many(random, 6, () =>
    tlv(random, 0x30, octets(random.pick(NAMES)), tlv(random, 0x31, ...many(random, 4, value))),
  );
  return tlv(random, 0x64, octets(random.pick(DNS)), tlv(random, 0x30, ...attributes));
}

function toResult(random: SeededRandom, operation: number): Buffer {
  const octets = (value: Buffer | string): Buffer => tlv(random, 0x04, Buffer.from(value as string));
  const code = tlv(random, 0x0a, Buffer.from([random.pick([0, 0, 3, 4, 10, 32, 49, 80, 123])]));
  const referrals =
    random.next() < 0.2 ? [tlv(random, 0xa3, ...many(random, 5, () => octets('ldap://x/')))] : [];
  return tlv(random, operation, code, octets(random.pick(DNS)), octets(bytes(random, 60)), ...referrals);
}

function toControls(random: SeededRandom): Buffer[] {
  if (random.next() < 0.6) return [];
  const octets = (value: Buffer | string): Buffer => tlv(random, 0x04, Buffer.from(value as string));
  const page = tlv(random, 0x30, tlv(random, 0x02, Buffer.from([0])), octets(bytes(random, 9)));
  const paged = tlv(random, 0x30, octets('1.2.840.113556.1.4.319'), octets(page));
  const other = tlv(random, 0x30, octets('1.2.3'), tlv(random, 0x01, Buffer.from([255])));
  return [tlv(random, 0xa0, ...many(random, 2, () => random.pick([paged, other])))];
}

/** A right message of any kind, with or without controls. */
export function toMessage(random: SeededRandom): Buffer {
  const operation = random.pick([
    () => toEntry(random),
    () => toEntry(random),
    () => toEntry(random),
    () => toResult(random, random.pick([0x61, 0x65, 0x78])),
    () => tlv(random, 0x73, ...many(random, 4, () => tlv(random, 0x04, Buffer.from('ldap://y/')))),
    () => tlv(random, 0x79, bytes(random, 30)),
  ])();
  const id = tlv(random, 0x02, Buffer.from([random.integer(0, 127)]));
  return tlv(random, 0x30, id, operation, ...toControls(random));
}

/** The same with something wrong. */
export function mutate(random: SeededRandom, message: Buffer): Buffer {
  let mutant = Buffer.from(message);
  for (let times = random.integer(1, 3); times > 0 && mutant.length > 0; times -= 1) {
    const at = random.integer(0, mutant.length - 1);
    const end = Math.min(mutant.length, at + random.integer(1, 8));
    mutant = random.pick([
      () => {
        mutant[at] = random.integer(0, 255);
        return mutant;
      },
      () => {
        mutant[at] = (mutant[at] as number) ^ (1 << random.integer(0, 7));
        return mutant;
      },
      () => {
        mutant[at] = random.pick([0x00, 0x7f, 0x80, 0x81, 0x84, 0x85, 0xff, 0x04, 0x30, 0x31]);
        return mutant;
      },
      () => Buffer.concat([mutant.subarray(0, at), mutant.subarray(end)]),
      () => Buffer.concat([mutant.subarray(0, end), mutant.subarray(at)]),
      () => Buffer.concat([mutant.subarray(0, at), bytes(random, 8), mutant.subarray(at)]),
      () => mutant.subarray(0, at + 1),
    ])();
  }
  return mutant;
}

/** In pieces, as a network cuts. */
export function cut(random: SeededRandom, whole: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < whole.length;) {
    const length = random.pick([1, 1, 2, 5, 30, 1_000, 5_000]);
    // Memory of its own, which is overwritten afterwards where a view would be seen.
    pieces.push(Buffer.from(whole.subarray(at, at + length)));
    at += length;
  }
  return pieces;
}

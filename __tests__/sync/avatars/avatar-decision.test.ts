import { createHash } from 'node:crypto';
import {
  decideAvatar,
  toLegacyPhotoHash,
  toPhotoHash,
  type AvatarDecision,
  type AvatarState,
} from '../../../lib/sync/avatars/avatar-decision.js';

const HASH = 'a'.repeat(64);
const LEGACY = 'b'.repeat(64);
const OTHER = 'c'.repeat(64);

type Case = readonly [
  rule: string,
  state: Omit<AvatarState, 'hash' | 'legacyHash'>,
  expected: AvatarDecision,
];

const CASES: readonly Case[] = [
  ['a user without a picture gets the photo', {}, 'store'],
  ['an empty ETag counts as no picture', { etag: '' }, 'store'],
  ['a photo taken over before is kept', { recorded: HASH, etag: HASH, origin: 'rest' }, 'keep'],
  [
    'a picture uploaded after the photo was taken over stays',
    { recorded: HASH, etag: OTHER, origin: 'upload' },
    'keep',
  ],
  ['a picture the user removed later does not come back', { recorded: HASH }, 'keep'],
  ['a changed photo replaces the last one', { recorded: OTHER, etag: OTHER, origin: 'rest' }, 'store'],
  ['a changed photo replaces an upload', { recorded: OTHER, etag: LEGACY, origin: 'upload' }, 'store'],
  ['a photo Rocket.Chat stored is recognised by its lossy ETag', { etag: LEGACY, origin: 'rest' }, 'keep'],
  ['a photo is recognised by its own hash without a record', { etag: HASH, origin: 'rest' }, 'keep'],
  [
    'an upload from before the first sync stays and the photo is recorded',
    { etag: OTHER, origin: 'upload' },
    'record',
  ],
  ['an unknown picture that is no upload is replaced', { etag: OTHER, origin: 'rest' }, 'store'],
  ['a picture of unknown origin is replaced', { etag: OTHER }, 'store'],
  ['an origin without a picture protects nothing', { origin: 'upload' }, 'store'],
];

describe('decideAvatar', () => {
  it.each(CASES)('%s', (_rule, state, expected) => {
    expect(decideAvatar({ hash: HASH, legacyHash: () => LEGACY, ...state })).toBe(expected);
  });

  it('does not compute the lossy hash when the answer is known without it', () => {
    const legacyHash = (): string => {
      throw new Error('computed');
    };
    expect(decideAvatar({ hash: HASH, legacyHash, recorded: HASH, etag: OTHER })).toBe('keep');
    expect(decideAvatar({ hash: HASH, legacyHash, recorded: OTHER, etag: OTHER })).toBe('store');
    expect(decideAvatar({ hash: HASH, legacyHash })).toBe('store');
    expect(decideAvatar({ hash: HASH, legacyHash, etag: HASH })).toBe('keep');
  });
});

describe('the hashes', () => {
  const one = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
  const two = Buffer.from([0xfe, 0xd8, 0xff, 0xe0]);

  it('the photo hash is the SHA-256 of the bytes, so different photos differ', () => {
    expect(toPhotoHash(Buffer.from('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(toPhotoHash(one)).not.toBe(toPhotoHash(two));
  });

  it("the legacy hash is Rocket.Chat's: every invalid byte reads as U+FFFD", () => {
    const replaced = createHash('sha256')
      .update(Buffer.from('\ufffd'.repeat(4), 'utf8'))
      .digest('hex');
    expect(toLegacyPhotoHash(one)).toBe(replaced);
    expect(toLegacyPhotoHash(one)).toBe(toLegacyPhotoHash(two));
    expect(toLegacyPhotoHash(Buffer.from('abc'))).toBe(toPhotoHash(Buffer.from('abc')));
  });
});

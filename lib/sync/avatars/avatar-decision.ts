import { createHash } from 'node:crypto';

/** Hex SHA-256 of the bytes: how a directory photo is recognised, and the `avatarETag` it gets. */
export function toPhotoHash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * The `avatarETag` Rocket.Chat's own sync gives a photo: hex SHA-256 of the bytes *read as UTF-8*. Different
 * photos may share it, since every invalid byte becomes U+FFFD; it only serves to recognise what Rocket.Chat
 * has already stored.
 */
export function toLegacyPhotoHash(bytes: Buffer): string {
  return createHash('sha256').update(bytes.toString('utf8'), 'utf8').digest('hex');
}

/**
 * `keep`: nothing to do. `record`: remember the photo, leave the user's picture. `store`: the photo becomes
 * the picture.
 */
export type AvatarDecision = 'keep' | 'record' | 'store';

export interface AvatarState {
  /** {@link toPhotoHash} of the photo in the directory. */
  readonly hash: string;
  /** {@link toLegacyPhotoHash} of it; called only when it matters. */
  readonly legacyHash: () => string;
  /** `users.ldapSync.photo`: the directory photo that was last taken over or recorded. */
  readonly recorded?: string | undefined;
  /** `users.avatarETag` */
  readonly etag?: string | undefined;
  /** `users.avatarOrigin` */
  readonly origin?: string | undefined;
}

/**
 * Says what a directory photo means for a user's picture. A picture the user uploaded stays until the photo
 * in the directory changes (Rocket.Chat overwrites it on every run).
 */
export function decideAvatar({ hash, legacyHash, recorded, etag, origin }: AvatarState): AvatarDecision {
  if (recorded) return recorded === hash ? 'keep' : 'store';
  if (!etag) return 'store';
  if (etag === hash || etag === legacyHash()) return 'keep';
  return origin === 'upload' ? 'record' : 'store';
}

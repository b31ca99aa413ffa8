import type { Connection } from 'mongoose';
import type { Clock } from '../clock.js';

export interface AvatarFile {
  /** `users._id` */
  readonly userId: string;
  readonly username: string;
  readonly image: Buffer;
  /** Hex SHA-256 of the directory photo; goes into `users.avatarETag` too. */
  readonly etag: string;
  readonly type: 'image/jpeg';
}

/** Where avatars live. The user document points at a file through `avatarETag`. */
export interface AvatarStore {
  /** Writes the new file; the old one stays until `removeOthers`. Returns the new file's id. */
  write(avatar: AvatarFile): Promise<string>;
  /** Once the user document points at the new file: deletes the user's other avatar files. */
  removeOthers(owner: { userId: string; username: string }, keepId: string): Promise<void>;
  /** The owner's user name changed. */
  rename(userId: string, username: string): Promise<void>;
}

export declare function createGridFsAvatarStore(dependencies: { connection: Connection; clock: Clock }): AvatarStore;

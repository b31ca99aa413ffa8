export interface AvatarFile {
  /** `users._id` */
  readonly userId: string;
  readonly username: string;
  readonly image: Buffer;
  /** Hex SHA-256 of the directory photo; goes into `users.avatarETag` too. */
  readonly etag: string;
  readonly type: 'image/jpeg';
}

/**
 * A host's own place for avatars. The user document points at a file through `avatarETag`. Such a place takes
 * no part in the transactions of a run: it is called before and after them.
 */
export interface AvatarStore {
  /**
   * Writes the new file; the old one stays until `removeOthers`. Returns the new file's id. The user document
   * may never come to point at it: then the next `removeOthers` of the user deletes it.
   */
  write(avatar: AvatarFile): Promise<string>;
  /**
   * Once the user document points at the new file: deletes the user's other avatar files. `keepId` is empty
   * when the directory has no photo any more: then it deletes all of them.
   */
  removeOthers(owner: { userId: string; username: string }, keepId: string): Promise<void>;
  /** The owner's user name changed. May be called again for the same name. */
  rename(userId: string, username: string): Promise<void>;
}

import type { Transact, Transaction } from '../run/transaction.js';
import type { AvatarFile } from './host-store.js';

/** A file that becomes the picture of its owner. */
export interface AdoptedFile {
  /** As {@link PhotoFiles.put} gave it. */
  readonly fileId: string;
  readonly avatar: Pick<AvatarFile, 'userId' | 'username' | 'etag'>;
}

/** What an adopted file leaves to be deleted once the transaction is committed. */
export interface ReplacedFiles {
  readonly adopted: AdoptedFile;
  /** The ids of the files that are parked now. */
  readonly parked: readonly string[];
}

export interface RenamedOwner {
  readonly userId: string;
  /** The new user name. */
  readonly username: string;
}

/** The user whose pictures are meant. */
export type PhotoOwner = Pick<AvatarFile, 'userId' | 'username'>;

/** What taking the picture of an owner down leaves to be deleted once the transaction is committed. */
export interface TakenDown {
  readonly owner: PhotoOwner;
  /** The ids of the files that are parked now. */
  readonly parked: readonly string[];
}

/**
 * The photos of people as the engine handles them: the bytes before a transaction, what is served to people
 * inside it, deleting after it. Nothing of an uncommitted or fenced-off transaction is ever served or deleted.
 */
export interface PhotoFiles {
  /** Stores the bytes where nobody is served them yet, and gives the id of the file. Rejects when it cannot. */
  put(avatar: AvatarFile): Promise<string>;
  /**
   * Makes files the pictures of their owners, one for each owner, and parks what the owners had, all by id.
   * Rejects with {@link PhotoGoneError} where a file is no longer there.
   */
  adopt(files: readonly AdoptedFile[], tx: Transaction): Promise<readonly ReplacedFiles[]>;
  /** The owners have no picture any more: parks what they had, by id. */
  takeDown(owners: readonly PhotoOwner[], tx: Transaction): Promise<readonly TakenDown[]>;
  /** After the commit: deletes what was taken down. What cannot be deleted stays parked for the next run. */
  removeTakenDown(takenDown: readonly TakenDown[]): Promise<void>;
  /** The owners' user names have changed. */
  rename(owners: readonly RenamedOwner[], tx: Transaction): Promise<void>;
  /**
   * After the commit of a renaming, for places that take no part in transactions. May be repeated: whoever
   * finishes a renaming that was cut off calls it again.
   */
  renamed(owners: readonly RenamedOwner[]): Promise<void>;
  /** After the commit: deletes what was replaced. What cannot be deleted stays parked for the next run. */
  removeReplaced(replaced: readonly ReplacedFiles[]): Promise<void>;
  /** Deletes files that were put and are not wanted after all. Those that are adopted stay. */
  discard(fileIds: readonly string[]): Promise<void>;
  /** At the start of a run that writes, before it puts anything: deletes all that earlier runs have left parked. */
  discardAbandoned(transact: Transact): Promise<void>;
}

/** Files that were put are gone, so they cannot be adopted. The transaction is to be aborted. */
export class PhotoGoneError extends Error {
  /** The others can be adopted in another transaction. */
  readonly fileIds: readonly string[];

  constructor(fileIds: readonly string[]) {
    super(
      `${fileIds.length} photos were deleted from the place of avatars before they could be shown: ` +
        'another run, or somebody else, cleared them away. Run the sync again.',
    );
    this.name = 'PhotoGoneError';
    this.fileIds = fileIds;
  }
}

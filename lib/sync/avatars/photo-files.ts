import type { Transaction } from '../run/transaction.js';
import type { AvatarFile } from './avatar-store.js';

/** A file that becomes the picture of its owner. */
export interface AdoptedFile {
  /** As {@link PhotoFiles.put} gave it. */
  readonly fileId: string;
  readonly avatar: AvatarFile;
}

/** What an adopted file leaves to be deleted once the transaction is committed. */
export interface ReplacedFiles {
  readonly adopted: AdoptedFile;
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
  /** Makes files the pictures of their owners and parks what the owners had, all by id. */
  adopt(files: readonly AdoptedFile[], tx: Transaction): Promise<readonly ReplacedFiles[]>;
  /** The owners' user names have changed. */
  rename(owners: readonly { readonly userId: string; readonly username: string }[], tx: Transaction): Promise<void>;
  /** After the commit: deletes what was replaced. What cannot be deleted stays parked for the next run. */
  removeReplaced(replaced: readonly ReplacedFiles[]): Promise<void>;
  /** Deletes files that were put and are not wanted after all. */
  discard(fileIds: readonly string[]): Promise<void>;
  /** At the start of a run that writes: deletes all that earlier runs have left parked. */
  discardAbandoned(): Promise<void>;
}

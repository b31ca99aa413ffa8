import { isAboutDocument, isDuplicateKey } from '../../../models/database-errors.js';
import { inParallel } from '../../in-parallel.js';
import type { RemovalResult, WriteFailure } from './user-store.js';

/** One bulk write: the ids of its operations in order, and how to run it. */
export interface BulkWrite {
  readonly ids: readonly string[];
  run(): Promise<unknown>;
}

interface WriteErrorLike {
  readonly index: number;
  readonly code?: number;
  readonly errmsg?: string;
}

/** A database has more than one core too. */
const PARALLEL = 2;

/**
 * Runs bulk writes, some at once, and returns the operations that failed, by id. An error of the whole server
 * or connection is not the fault of one user: it is thrown, once no write is under way any more.
 */
export async function toWriteFailures(
  writes: readonly BulkWrite[],
): Promise<ReadonlyMap<string, WriteFailure>> {
  const failures = new Map<string, WriteFailure>();
  await inParallel(writes, PARALLEL, (write) => runOne(write, failures));
  return failures;
}

async function runOne({ ids, run }: BulkWrite, failures: Map<string, WriteFailure>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const writeErrors = toWriteErrors(error);
    if (writeErrors.length === 0) throw error;
    for (const writeError of writeErrors) failures.set(ids[writeError.index] ?? '', toFailure(writeError));
  }
}

/** What an error says of one user's removal. Throws it when it is not about this user. */
export function toRemovalResult(error: unknown): RemovalResult {
  if (isDuplicateKey(error)) return 'duplicate';
  if (isAboutDocument(error)) return 'refused';
  throw error;
}

/** True when some operations of a bulk write failed, as opposed to all of it. */
export function isBulkWriteError(error: unknown): boolean {
  return toWriteErrors(error).length > 0;
}

function toWriteErrors(error: unknown): readonly WriteErrorLike[] {
  const found = (error as { writeErrors?: unknown }).writeErrors;
  if (found === undefined) return [];
  const list = (Array.isArray(found) ? found : [found]) as readonly (WriteErrorLike & {
    err?: WriteErrorLike;
  })[];
  return list.map((item) => item.err ?? item);
}

function toFailure(error: WriteErrorLike): WriteFailure {
  return isDuplicateKey(error)
    ? { kind: 'duplicate' }
    : { kind: 'failed', message: error.errmsg ?? 'The database gave no reason.' };
}

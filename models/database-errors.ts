const DUPLICATE_KEY = 11_000;

/** True for MongoDB's E11000: a unique index refused a write. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { code?: unknown }).code === DUPLICATE_KEY;
}

/**
 * True when the database could do the command, but not with a document it found: a rule forbids it, or a
 * field is in the way.
 */
export function isAboutDocument(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { index, writeErrors } = error as { index?: unknown; writeErrors?: unknown };
  if (error.name === 'MongoServerError') return typeof index === 'number';
  // One that failed by its write concern alone has none of them.
  return error.name === 'MongoBulkWriteError' && [writeErrors].flat().some((one) => one !== undefined);
}

const WRITE_CONFLICT = 112;

/** True when somebody else has written a document since the transaction began, or is writing it. */
export function isWriteConflict(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === WRITE_CONFLICT;
}

/** True when the time that an operation or a transaction was given has passed. */
export function isTimeOut(error: unknown): boolean {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  return name === 'MongoOperationTimeoutError' || code === 50;
}

/** True when the answer to a commit was lost: the transaction may have been committed. */
export function isUnknownCommit(error: unknown): boolean {
  const labelled = error as { hasErrorLabel?: (label: string) => boolean } | null;
  return labelled?.hasErrorLabel?.('UnknownTransactionCommitResult') === true;
}

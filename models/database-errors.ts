const DUPLICATE_KEY = 11_000;

/** True for MongoDB's E11000: a unique index refused a write. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { code?: unknown }).code === DUPLICATE_KEY;
}

/**
 * True when the database could do the command, but not with a document it found: a rule forbids it, or a
 * field is in the way.
 */
export function isAboutDocument(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === 'MongoServerError' &&
    typeof (error as { index?: unknown }).index === 'number'
  );
}

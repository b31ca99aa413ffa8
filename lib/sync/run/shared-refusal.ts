import { isAboutDocument, isWriteConflict } from '../../../models/database-errors.js';
import type { WriteFailure } from './write-failure.js';

/**
 * The database refuses a document that is written for one of several units, and does not say for which. Nothing
 * of the transaction has been written.
 */
export class SharedRefusal extends Error {
  override readonly name = 'SharedRefusal';

  /** Those of the batch for whom it may have been written. */
  readonly units: readonly object[];
  readonly failure: WriteFailure;

  constructor(units: readonly object[], cause: Error) {
    super('The database refused a document that is written with users.', { cause });
    this.units = units;
    this.failure = { kind: 'failed', message: cause.message };
  }
}

/** Writes documents that belong to these units, so that one which is refused costs no more than its unit. */
export async function writeFor<T>(units: readonly object[], write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (units.length === 0 || !isAboutDocument(error) || isWriteConflict(error)) throw error;
    throw new SharedRefusal(units, error);
  }
}

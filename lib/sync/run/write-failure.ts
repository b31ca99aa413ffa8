/** Why a write of one user did not happen. */
export type WriteFailure =
  /** Somebody took the user name or the address in the same moment. */
  | { readonly kind: 'duplicate' }
  /** Another user has the same telephone extension. */
  | { readonly kind: 'extension-taken' }
  /** The account that was to be linked has changed since it was read. */
  | { readonly kind: 'changed' }
  /** Others have written the user without a pause. */
  | { readonly kind: 'busy' }
  /** The database does not take the document. */
  | { readonly kind: 'failed'; readonly message: string };

/** The database refuses the document of one user. Nothing of the transaction has been written. */
export class RefusedWrite extends Error {
  override readonly name = 'RefusedWrite';

  readonly userId: string;
  readonly failure: WriteFailure;

  constructor(userId: string, failure: WriteFailure, cause: unknown) {
    super(`The database refused to write the user ${userId}.`, { cause });
    this.userId = userId;
    this.failure = failure;
  }
}

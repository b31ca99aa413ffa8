/**
 * The server sent more of something than is taken. It ends the connection: what follows cannot be trusted to
 * end.
 */
export class OversizedMessageError extends Error {
  /** What to do about it, without the settings that every directory error names. */
  readonly remedy: string;

  /** `what` completes "The server sent …". */
  constructor(what: string, remedy: string) {
    super(`The server sent ${what}.`);
    this.name = 'OversizedMessageError';
    this.remedy = remedy;
  }
}

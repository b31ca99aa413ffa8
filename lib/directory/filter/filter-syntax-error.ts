/** The text is not a search filter; the message says where and why. */
export class FilterSyntaxError extends Error {
  /** Why, without where. */
  readonly reason: string;
  /** Characters from the start of the text. */
  readonly position: number;

  constructor(reason: string, position: number) {
    super(`${reason} at character ${position + 1}`);
    this.name = 'FilterSyntaxError';
    this.reason = reason;
    this.position = position;
  }
}

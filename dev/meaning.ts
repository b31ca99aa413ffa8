/** What something means, and what to do about it. */
export interface Meaning {
  readonly meaning: string;
  readonly remedy: string;
}

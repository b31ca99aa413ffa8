/** An ABAC attribute of users that is filled from the directory. */
export interface AbacAttribute {
  readonly key: string;
  /** The values of all of them count together. */
  readonly attributes: readonly string[];
}

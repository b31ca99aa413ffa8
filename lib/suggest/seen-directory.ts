import type { ServerKind } from '../directory/server-description.js';
import type { SeenGroups } from '../survey/group-overview.js';

/** What the root entry says (RFC 4512 §5.1). */
export interface SeenRoot {
  readonly contexts: readonly string[];
  readonly defaultContext: string | undefined;
  readonly controls: ReadonlySet<string>;
}

/** An entry that may be a person. */
export interface SeenEntry {
  readonly dn: string;
  /** Lower-cased. */
  readonly classes: ReadonlySet<string>;
  /** Lower-cased names of all attributes that it shows. */
  readonly names: ReadonlySet<string>;
  /** The beginnings of some values, by lower-cased name. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
}

/** The people below one part of the directory. */
export interface SeenContext {
  readonly dn: string;
  readonly entries: readonly SeenEntry[];
  /** There are no others. */
  readonly isWhole: boolean;
}

/** All that was read before anything is judged. */
export interface SeenDirectory {
  readonly kind: ServerKind;
  /** Absent: it may not be read. */
  readonly root: SeenRoot | undefined;
  readonly contexts: readonly SeenContext[];
  /** Those of the part with the most people. */
  readonly groups: SeenGroups & { readonly base: string };
  readonly now: Date;
}

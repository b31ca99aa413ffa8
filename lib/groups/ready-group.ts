import type { GroupReading } from '../directory/groups.js';
import type { GroupNode } from './group-node.js';
import type { NumberSet } from './number-set.js';

/** A group of a question, made ready once: everybody is asked for the same few. */
export interface ReadyGroup {
  /** The entries that have its name, and all that are in them, where the question asks for those. */
  readonly reach: ReadonlySet<GroupNode>;
  /** Who is listed: for each link of the question, by all groups that count. */
  readonly lists: readonly (readonly NumberSet[])[];
  /** Hex. */
  readonly sids: ReadonlySet<string>;
  readonly reading: GroupReading;
}

import type { GrantKind } from '../settings/sync-settings.js';

/**
 * What groups give one person, in the names of the settings. Every other name of the map is withheld: all
 * groups that give it say that the person is not in them.
 */
export interface Grant {
  readonly given: ReadonlySet<string>;
  /** A group that gives it does not say who is in it: it is neither given nor taken. */
  readonly doubtful: ReadonlySet<string>;
}

/** By kind; a kind that the settings do not use is absent. */
export type Grants = Readonly<Partial<Record<GrantKind, Grant>>>;

/** What groups give a person, as a part of them. No room, team or role of this server is for people of others. */
export function toGrantsPart(
  { homeServer }: { readonly homeServer?: string | undefined },
  grants: Grants | undefined,
): { readonly grants?: Grants } {
  return grants && homeServer === undefined ? { grants } : {};
}

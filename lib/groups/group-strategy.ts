/** How the settings say which groups somebody is in. */
export type GroupStrategy =
  /** The filter has the name of a group, and is meant for each of them. */
  | { readonly kind: 'each_group' }
  /** The filter finds all groups of a person; each is called by the first of these attributes that it has. */
  | { readonly kind: 'once'; readonly nameAttributes: readonly string[] };

/** What `once` calls a group by, where no setting says it. */
export const ONCE_BY_DEFAULT: GroupStrategy = { kind: 'once', nameAttributes: ['ou', 'cn'] };

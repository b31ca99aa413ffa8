/**
 * A setting given as a template (`#{givenName}.#{sn}`) or as a list of attributes of which the first present
 * one counts.
 */
export type AttributeSource =
  | { readonly kind: 'template'; readonly text: string; readonly attributes: readonly string[] }
  | { readonly kind: 'first'; readonly attributes: readonly string[] };

/** What a stored setting does here. `about` is what it is for, in one sentence. */
export type SettingEffect =
  | { readonly kind: 'used'; readonly about: string }
  /**
   * Adds something that is not built: while it is on, the report and the status say that it is missing.
   * `remedy`: what to do instead.
   */
  | { readonly kind: 'missing'; readonly about: string; readonly remedy: string }
  /** Says how another one works, and does nothing without it. */
  | { readonly kind: 'part'; readonly of: string; readonly about: string }
  /** Belongs to what this package does not do at all, such as signing people in. */
  | { readonly kind: 'none'; readonly about: string };

export const missing = <T extends { readonly about: string; readonly remedy: string }>(words: T) =>
  ({ kind: 'missing', ...words }) as const;
export const part = (of: string, about: string) => ({ kind: 'part', of, about }) as const;
export const none = (about: string) => ({ kind: 'none', about }) as const;

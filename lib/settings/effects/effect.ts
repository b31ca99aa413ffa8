/** What a stored setting does here. `about` is what it is for, in one sentence. */
export type SettingEffect =
  | { readonly kind: 'used'; readonly about: string }
  /** Belongs to what this package does not do at all, such as signing people in. */
  | { readonly kind: 'none'; readonly about: string };

export const none = (about: string) => ({ kind: 'none', about }) as const;

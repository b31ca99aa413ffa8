import { isSwitchedOn } from './switched-on.js';

/** What a stored setting does here. `about` is what it is for, in one sentence. */
export type SettingEffect =
  | { readonly kind: 'used'; readonly about: string }
  /**
   * Narrows or rewrites who is synced, and is not built: while it is on, a run fails before it writes
   * anybody.
   */
  | ({ readonly kind: 'refused' } & Unbuilt)
  /** Adds something that is not built: while it is on, the report and the status say that it is missing. */
  | ({ readonly kind: 'missing' } & Unbuilt)
  /** Says how another one works, and does nothing without it. */
  | { readonly kind: 'part'; readonly of: string; readonly about: string }
  /** Belongs to what this package does not do at all, such as signing people in. */
  | { readonly kind: 'none'; readonly about: string };

interface Unbuilt {
  readonly about: string;
  /**
   * Whether a stored value differs from what Rocket.Chat takes as off; `undefined` and `null` are never
   * asked.
   */
  readonly isOn: (value: unknown) => boolean;
  /** What to do instead. */
  readonly remedy: string;
}

type Words = Omit<Unbuilt, 'isOn'>;

/**
 * A setting that is on when its value is not plainly off; another test where "off" has a meaning of its own.
 */
export const refused = <T extends Words>(words: T, isOn = isSwitchedOn) =>
  ({ kind: 'refused', ...words, isOn }) as const;
export const missing = <T extends Words>(words: T) =>
  ({ kind: 'missing', ...words, isOn: isSwitchedOn }) as const;
export const part = (of: string, about: string) => ({ kind: 'part', of, about }) as const;
export const none = (about: string) => ({ kind: 'none', about }) as const;

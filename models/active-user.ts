/**
 * Whether an account is switched on: `active` is `true` or absent. Anything else that stands there (`null`,
 * `0`, `"false"`) is no permission, since an account is let in by what is sure.
 */
export function isActive({ active }: { readonly active?: unknown }): boolean {
  return active === true || active === undefined;
}

/**
 * The users of whom {@link isActive} is true, as a filter. `true` alone would find `[true]`, and `null` finds
 * what is absent.
 */
export const ACTIVE_USER: { readonly $or: Record<string, unknown>[] } = {
  $or: [{ active: true, 'active.0': { $exists: false } }, { active: { $exists: false } }],
};

/**
 * Whether an account is switched on: `active` is `true` or absent. Anything else that stands there (`null`,
 * `0`, `"false"`) is no permission, because only a certain value lets an account in.
 */
export function isActive({ active }: { readonly active?: unknown }): boolean {
  return active === true || active === undefined;
}

/**
 * A filter for the users for whom {@link isActive} is true. `true` alone would find `[true]`, and `null`
 * finds what is absent.
 */
export const ACTIVE_USER: { readonly $or: Record<string, unknown>[] } = {
  $or: [{ active: true, 'active.0': { $exists: false } }, { active: { $exists: false } }],
};

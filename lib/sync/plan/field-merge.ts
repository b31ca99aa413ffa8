import type { FieldDifference, FieldRules } from './field-rules.js';

const NO_DIFFERENCE: FieldDifference = {};

/** Compares what the directory wants (`undefined`: it says nothing; `null`: nothing) with what is stored. Pure. */
export function mergeField(
  { merge, mapped }: Pick<FieldRules, 'merge' | 'mapped'>,
  wanted: unknown,
  stored: unknown,
): FieldDifference {
  if (wanted === undefined) return NO_DIFFERENCE;
  if (merge.kind === 'own') return merge.toDifference(wanted, stored);
  const mayLose = mapped !== undefined && mapped.loss !== 'never';
  if (merge.kind === 'add') {
    const { set, clear } = addValues(merge, toList(wanted), toList(stored));
    return { ...(set ? { set } : {}), ...(clear && mayLose ? { clear: { to: clear } } : {}) };
  }
  if (wanted === null) return mayLose && stored !== undefined ? { clear: { to: undefined } } : NO_DIFFERENCE;
  if (merge.isSame(wanted, stored)) return NO_DIFFERENCE;
  return mayLose && merge.losesSomething(wanted, stored) ? { clear: { to: wanted } } : { set: wanted };
}

/** `set`: with the values that are gained. `clear`: without those that are lost, too. */
function addValues(
  { governs }: Extract<FieldRules['merge'], { readonly kind: 'add' }>,
  wanted: readonly unknown[],
  stored: readonly unknown[],
): { readonly set?: readonly unknown[]; readonly clear?: readonly unknown[] } {
  const has = new Set(stored);
  const gained = wanted.filter((value) => !has.has(value));
  const all = [...stored, ...gained];
  const keeps = new Set(wanted);
  const kept = all.filter((value) => keeps.has(value) || !governs(value));
  return {
    ...(gained.length > 0 ? { set: all } : {}),
    ...(kept.length < all.length ? { clear: kept } : {}),
  };
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

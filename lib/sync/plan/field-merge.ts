import type { DiffSettings, FieldDifference, FieldRules } from './field-rules.js';

const NO_DIFFERENCE: FieldDifference = {};

interface Values {
  /** What the directory wants: `undefined` when it says nothing; `null` for nothing. */
  readonly wanted: unknown;
  readonly stored: unknown;
}

type Governing = Pick<DiffSettings, 'roleRules'>;

/** Compares what the directory wants with what is stored. Pure. */
export function mergeField(
  { merge, mapped }: Pick<FieldRules, 'merge' | 'mapped'>,
  { wanted, stored }: Values,
  settings: Governing,
): FieldDifference {
  if (wanted === undefined) return NO_DIFFERENCE;
  if (merge.kind === 'own') return merge.toDifference(wanted, stored);
  if (merge.kind === 'add') {
    const governs = (value: unknown): boolean => merge.governs(value, settings);
    return addValues(governs, toList(wanted), toList(stored));
  }
  const mayLose = mapped !== undefined && mapped.loss !== 'never';
  if (wanted === null) return mayLose && stored !== undefined ? { clear: { to: undefined } } : NO_DIFFERENCE;
  if (merge.isSame(wanted, stored)) return NO_DIFFERENCE;
  return mayLose && merge.losesSomething(wanted, stored) ? { clear: { to: wanted } } : { set: wanted };
}

/** `set`: with the values that are gained. `clear`: without those that are lost, too. */
function addValues(
  governs: (value: unknown) => boolean,
  wanted: readonly unknown[],
  stored: readonly unknown[],
): FieldDifference {
  const has = new Set(stored);
  const gained = wanted.filter((value) => !has.has(value));
  const all = [...stored, ...gained];
  const keeps = new Set(wanted);
  const kept = all.filter((value) => keeps.has(value) || !governs(value));
  return {
    ...(gained.length > 0 ? { set: all } : {}),
    ...(kept.length < all.length ? { clear: { to: kept } } : {}),
  };
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

import { toKeptValue, type FieldChange } from '../../../models/change-row.js';

/** A field that gets another value; without `from` where it had none. Pure. */
export function toFieldChange(field: string, from: unknown, to: unknown): FieldChange {
  return from === undefined ? { field, to } : { field, from, to };
}

/** The earlier value of a field, as the history keeps it; nothing where there was none. Pure. */
export function from(value: unknown): { from?: unknown } {
  return value === undefined ? {} : { from: toKeptValue(value) };
}

import { REMOVALS, type Removals } from '../api/answers.js';

/** How many changes of a list waited when the run ended. */
export function toHeldCount(held: Partial<Removals> | undefined): number {
  return held ? REMOVALS.reduce((sum, name) => sum + (held[name] ?? 0), 0) : 0;
}

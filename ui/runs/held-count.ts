import { REMOVALS, type Removals, type Run } from '../api/answers.js';

/** How many changes of a list waited when the run ended. */
export function toHeldCount(held: Partial<Removals> | undefined): number {
  return held ? REMOVALS.reduce((sum, name) => sum + (held[name] ?? 0), 0) : 0;
}

/** How many changes of the list of a run wait still: those that somebody has decided about do not. */
export function toWaitingCount({
  held,
  decision,
  partlyDecided = [],
}: Pick<Run, 'held' | 'decision' | 'partlyDecided'>): number {
  if (decision) return 0;
  const decided = partlyDecided.reduce((sum, { rows = 0 }) => sum + rows, 0);
  return Math.max(0, toHeldCount(held) - decided);
}

import { REMOVALS, type Removals, type RunReport } from '../api/answers.js';

type Applied = Pick<RunReport, 'settingsChange' | 'plan'>;

/** Goes by the record, whatever the state. A plan of the settings as they are saves nothing; then its removals are done. */
export function isSaved({ settingsChange, plan }: Applied): boolean {
  return settingsChange !== undefined || plan !== undefined;
}

export function sumOfRemovals(counts: Partial<Removals> = {}): number {
  return REMOVALS.reduce((total, kind) => total + (counts[kind] ?? 0), 0);
}

const UNDONE = ['notDone', 'notWanted'] as const;

interface Undone {
  readonly planned: number;
  readonly done: number;
  readonly missed: readonly { readonly name: (typeof UNDONE)[number]; readonly count: number }[];
}

/** What the preview has shown and did not come to pass; `undefined`: all of it did. */
export function toUndone({ plan }: Applied): Undone | undefined {
  const planned = sumOfRemovals(plan?.removals.planned);
  const missed = UNDONE.flatMap((name) => {
    const count = sumOfRemovals(plan?.removals[name]);
    return count > 0 ? [{ name, count }] : [];
  });
  if (missed.length === 0) return undefined;
  return { planned, done: missed.reduce((rest, { count }) => rest - count, planned), missed };
}

import type { AskedBy, Run } from '../api/answers.js';
import type { AskedPerson } from '../api/server.js';

/** Whom a run is about alone; `undefined`: it is about everybody. */
export function toAskedPerson({ asked = {} }: Pick<Run, 'asked'>): AskedPerson | undefined {
  const [one] = Object.entries(asked) as [AskedBy, string][];
  return one && { by: one[0], text: one[1] };
}

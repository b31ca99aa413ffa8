import { ABAC_FIELD } from '../plan/abac.js';
import type { AccessEvent } from '../rooms/room-writes.js';
import { newUserOf, type PersonTask } from './person-task.js';

/** What the audit tells of the ABAC attributes that somebody has got. Pure. */
export function toAccessEvents(
  task: Pick<PersonTask, 'decision' | 'user' | 'failure'>,
): readonly AccessEvent[] {
  const { decision, user, failure } = task;
  if (!user || failure) return [];
  const isNew = newUserOf(task) !== undefined;
  if (!isNew && !(decision.kind === 'existing' && decision.diff.set.has(ABAC_FIELD))) return [];
  const before = isNew ? undefined : user.abacAttributes;
  const after = decision.kind === 'existing' ? decision.diff.set.get(ABAC_FIELD) : user.abacAttributes;
  return [{ kind: 'attributes', subject: user, before, after }];
}

import type { UserRecord } from '../../../models/user.js';
import type { AttentionRow, Outcome } from '../../../models/run-report.js';
import type { Person } from '../../mapping/map-entry.js';
import { refusalOf } from '../plan/refused-rename.js';
import type { WriteFailure } from '../run/write-failure.js';
import type { PersonTask } from './person-task.js';

/** Another account is in the way. */
const CONFLICTS: ReadonlySet<WriteFailure['kind']> = new Set(['duplicate', 'extension-taken', 'changed']);

/** What became of a person, from what was decided and what the database made of it. */
export function toOutcome({
  decision,
  failure,
  isChanged,
}: Pick<PersonTask, 'decision' | 'failure' | 'isChanged'>): Outcome {
  if (decision.kind === 'conflict' && decision.isRejected) return 'rejected';
  if (decision.kind === 'conflict' || (failure && CONFLICTS.has(failure.kind))) return 'conflicted';
  if (failure) return 'failed';
  if (decision.kind === 'create') return 'created';
  if (decision.kind === 'existing' && decision.link) return 'linked';
  return isChanged ? 'updated' : 'unchanged';
}

/**
 * What a person counts as. A renaming that is refused counts as a conflict, like a name that belongs to
 * another account.
 */
export function toCounted(task: Pick<PersonTask, 'decision' | 'failure' | 'isChanged'>): Outcome {
  const { decision, failure } = task;
  const isRefused = decision.kind === 'existing' && !failure && refusalOf(decision) !== undefined;
  return isRefused ? 'conflicted' : toOutcome(task);
}

/** The person a row is about. */
export function who(
  person: Person,
  user: UserRecord | undefined,
): Pick<AttentionRow, 'dn' | 'userId' | 'username' | 'name'> {
  const username = user?.username ?? person.username;
  const name = person.name ?? user?.name;
  return {
    dn: person.dn,
    ...(user ? { userId: user._id } : {}),
    ...(username === undefined ? {} : { username }),
    ...(name === undefined ? {} : { name }),
  };
}

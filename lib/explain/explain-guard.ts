import type { UserRecord } from '../../models/user.js';
import type { GuardSettings } from '../settings/sync-settings.js';
import type { ChangeRow, RemovalKind, RemovalRow } from '../../models/change-row.js';
import { ownersOf } from '../sync/plan/name-owners.js';
import { toNewAddresses } from '../sync/users/field-exchange.js';
import { toRemovalLimit } from '../sync/removals/guard.js';
import type { RemovalCounts } from '../../models/run-report.js';
import type { RunLog } from '../sync/run/run-log.js';
import { COUNTED_AS } from '../sync/removals/sweep-state.js';
import { isLastAdmin } from '../sync/users/user-store.js';
import type { UserReads } from './find-user.js';

/** What stands between a removal and its happening. */
export interface GuardExplanation {
  /** Active users who are linked to the directory. */
  readonly linked: number;
  /** So many of a kind may happen in one run without an approval. */
  readonly limits: RemovalCounts;
  /** The kinds of this person's removals. */
  readonly waiting: readonly RemovalKind[];
  /** The held run whose list nobody has decided about. */
  readonly undecidedRun: string | null;
  readonly explanation: string;
}

interface Facts {
  readonly user: UserRecord | undefined;
  readonly removals: readonly RemovalRow[];
  readonly guard: GuardSettings;
}

const WORDS = {
  deactivate: { what: 'deactivation', many: 'switched off' },
  rename: { what: 'renaming', many: 'renamed' },
  clear: { what: 'loss of an address or another value', many: 'stripped of an address or another value' },
} as const;

export async function explainGuard(
  { user, removals, guard }: Facts,
  users: UserReads,
  runs: Pick<RunLog, 'undecided'>,
): Promise<GuardExplanation> {
  const [linked, undecided] = await Promise.all([users.countActiveLinked(), runs.undecided()]);
  const limit = (kind: keyof RemovalCounts): number =>
    toRemovalLimit(linked, guard.alwaysAllowed, guard[kind]);
  const limits = {
    deactivations: limit('deactivations'),
    renames: limit('renames'),
    clearings: limit('clearings'),
  };
  const waiting = [...new Set(removals.map(({ kind }) => kind))];
  if (waiting.length === 0) {
    const explanation = [
      'A sync takes nothing away from this person, so nothing waits for the guard.',
      ...toDoubt(user),
    ].join(' ');
    return { linked, limits, waiting, undecidedRun: undecided?._id ?? null, explanation };
  }
  const sentences: string[] = waiting.map((kind) => {
    const { what, many } = WORDS[kind];
    return (
      `A ${what} waits: it happens once a sync has wholly read the directory and met somebody who was ` +
      `known before, unless more than ${limits[COUNTED_AS[kind]]} of the ${linked} linked users would ` +
      `be ${many} in it.`
    );
  });
  if (undecided !== undefined) {
    sentences.push(
      (
        `The run ${undecided._id} was held, and nobody has approved or rejected its list yet; until then ` +
        `nothing is taken away from anybody. ${undecided.held?.reason ?? ''}`
      ).trim(),
    );
  }
  sentences.push(...(await toObstacles(user, removals, users)), ...toDoubt(user));
  return { linked, limits, waiting, undecidedRun: undecided?._id ?? null, explanation: sentences.join(' ') };
}

/** A link in doubt: the user was linked by a run that was not sure of the directory. */
function toDoubt(user: UserRecord | undefined): string[] {
  const runId = user?.ldapSync?.unconfirmedBy;
  if (runId === undefined) return [];
  return [
    `The user was linked by the run ${runId} while nothing showed that this is the right directory, ` +
      'and vouches for nobody until a run has been sure of it.',
  ];
}

/** What would stop a removal when its turn comes. */
async function toObstacles(
  user: UserRecord | undefined,
  removals: readonly ChangeRow[],
  users: UserReads,
): Promise<string[]> {
  const obstacles: string[] = [];
  const wanted = removals.find(({ kind }) => kind === 'rename')?.fields[0]?.to;
  if (typeof wanted === 'string') {
    const owner = ownersOf((await users.findNameOwners([wanted], [])).usernames, wanted).find(
      ({ _id }) => _id !== user?._id,
    );
    if (owner)
      obstacles.push(
        `The user name ${wanted} belongs to another account (id ${owner._id}): unless that one is ` +
          'renamed too, the renaming ends as a conflict.',
      );
  }
  const addresses = removals
    .filter(({ kind }) => kind === 'clear')
    .flatMap(({ fields }) => toNewAddresses(fields));
  const { emails } = await users.findNameOwners([], addresses);
  for (const address of addresses) {
    const owner = ownersOf(emails, address).find(({ _id }) => _id !== user?._id);
    if (owner)
      obstacles.push(
        `The address ${address} belongs to another account (id ${owner._id}): unless that one loses it ` +
          'too, the change ends as a conflict.',
      );
  }
  if (user?.roles?.includes('admin') === true && removals.some(({ kind }) => kind === 'deactivate')) {
    if (isLastAdmin(await users.activeAdmins(), user._id))
      obstacles.push('The user is the last active administrator, and is not switched off.');
  }
  return obstacles;
}

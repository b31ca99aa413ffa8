import type { UserRecord } from '../../models/user.js';
import type { GuardSettings } from '../settings/sync-settings.js';
import type { RemovalRow } from '../../models/change-row.js';
import {
  REMOVAL_COUNTS,
  toRemovalCounts,
  type RemovalCounts,
  type RemovalKind,
} from '../../models/removal-kind.js';
import { ownersOf } from '../sync/plan/name-owners.js';
import { toRemovalLimit } from '../sync/removals/check-amount.js';
import { KINDS, KINDS_IN_ORDER } from '../sync/removals/kinds/removal-kinds.js';
import { findOwners } from '../sync/removals/row-exchange.js';
import type { RunLog } from '../sync/run/run-log.js';
import { isActiveAdmin, isLastAdmin } from '../sync/users/user-store.js';
import type { UserReads } from '../sync/person/find-user.js';

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
  /** How many active users are linked. */
  readonly linked: number;
  readonly removals: readonly RemovalRow[];
  readonly guard: GuardSettings;
}

export async function explainGuard(
  { user, linked, removals, guard }: Facts,
  users: UserReads,
  runs: Pick<RunLog, 'undecided'>,
): Promise<GuardExplanation> {
  const undecided = await runs.undecided();
  const limits = toRemovalCounts((count) => toRemovalLimit(linked, guard.alwaysAllowed, guard[count]));
  const waiting = [...new Set(removals.map(({ kind }) => kind))];
  if (waiting.length === 0) {
    const explanation = [
      'A sync takes nothing away from this person, so nothing waits for the guard.',
      ...toDoubt(user),
    ].join(' ');
    return { linked, limits, waiting, undecidedRun: undecided?._id ?? null, explanation };
  }
  const deciding = new Set(removals.filter(({ needsDecision }) => needsDecision).map(({ kind }) => kind));
  const sentences: string[] = waiting.map((kind) => {
    const { called, would } = KINDS[kind];
    if (deciding.has(kind))
      return (
        `A ${called.one} waits for your decision: approve or reject the row in the list of the newest sync ` +
        '(ldap.runChanges).'
      );
    return (
      `A ${called.one} waits: it happens once a sync has wholly read the directory and met somebody who was ` +
      `known before, unless more than ${limits[REMOVAL_COUNTS[kind]]} of the ${linked} linked users would ` +
      `be ${would} in it.`
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

const TAKEN = {
  usernames: (name: string, ownerId: string) =>
    `The user name ${name} belongs to another account (id ${ownerId}): unless that one is ` +
    'renamed too, the renaming ends as a conflict.',
  emails: (name: string, ownerId: string) =>
    `The address ${name} belongs to another account (id ${ownerId}): unless that one loses it ` +
    'too, the change ends as a conflict.',
};

/** What would stop a removal when it is carried out. */
async function toObstacles(
  user: UserRecord | undefined,
  removals: readonly RemovalRow[],
  users: UserReads,
): Promise<string[]> {
  const obstacles: string[] = [];
  for (const kind of KINDS_IN_ORDER) {
    const { exchange } = KINDS[kind];
    const rows = removals.filter((row) => row.kind === kind);
    if (!exchange || rows.length === 0) continue;
    const owners = (await findOwners(rows, exchange, { users }))[exchange.names];
    for (const name of rows.flatMap((row) => exchange.wants(row))) {
      const owner = ownersOf(owners, name).find(({ _id }) => _id !== user?._id);
      if (owner) obstacles.push(TAKEN[exchange.names](name, owner._id));
    }
  }
  return [...obstacles, ...(await toLastAdminObstacles(user, removals, users))];
}

async function toLastAdminObstacles(
  user: UserRecord | undefined,
  removals: readonly RemovalRow[],
  users: UserReads,
): Promise<readonly string[]> {
  const isSwitchedOff = removals.some(({ kind }) => kind === 'deactivate');
  const losesRole = removals.some((row) => KINDS[row.kind].takesAdmin?.(row));
  if (!user || !(isSwitchedOff || losesRole) || !isActiveAdmin(user)) return [];
  if (!isLastAdmin(await users.activeAdmins(), user._id)) return [];
  return [
    ...(isSwitchedOff ? ['The user is the last active administrator, and is not switched off.'] : []),
    ...(losesRole ? ['The user is the last active administrator, and keeps that role.'] : []),
  ];
}

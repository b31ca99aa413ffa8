import type { RemovalRow } from '../../../models/change-row.js';
import type { PlacedRow } from '../history/change-log.js';
import { toFormerKey } from '../plan/former-identity.js';
import { commitOne } from '../run/commit-units.js';
import { lookUpPeople } from './look-up-people.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import { identityOf } from './row-identity.js';
import type { SweepState } from './sweep-state.js';

/**
 * Leaves those pairs to a decision of which the account is linked to an entry that is gone, as a direct look-up says.
 * The others are two people, and their rows say so. While a page is planned, the rest of the directory is not known.
 */
export async function checkAlike(state: SweepState, dependencies: RemovalDependencies): Promise<void> {
  if (state.needingDecision.relinks === 0) return;
  const { changes, run } = dependencies;
  const left = new Set<string>();
  for await (const { id: chunkId, rows } of changes.removals()) {
    const alike = rows.filter(isAlike);
    if (alike.length === 0) continue;
    await run.checkIn();
    run.assertGoingOn();
    const gone = await findGone(alike, state, dependencies);
    const refused: PlacedRow[] = [];
    for (const [index, row] of rows.entries()) {
      if (!isAlike(row)) continue;
      if (gone.has(row.formerly.ldapId)) left.add(row.userId);
      else refused.push({ chunkId, index, row: { ...row, state: 'skipped', reason: STILL_THERE } });
    }
    if (refused.length > 0) await commitOne(run, ({ tx }) => changes.replace(refused, tx));
  }
  state.needingDecision.relinks = left.size;
}

type AlikeRow = RemovalRow & Required<Pick<RemovalRow, 'pair' | 'formerly'>>;

function isAlike(row: RemovalRow): row is AlikeRow {
  return (
    row.kind === 'relink' && row.state === 'waiting' && row.pair !== undefined && row.formerly !== undefined
  );
}

/** The ids of entries that are gone. What the sweep has shown need not be looked up. */
async function findGone(
  rows: readonly AlikeRow[],
  { seen, seenFormers }: SweepState,
  { directory, settings, run }: RemovalDependencies,
): Promise<ReadonlySet<string>> {
  const formers = rows.map(({ formerly }) => identityOf(formerly));
  const unseen = formers.filter((former) => !seen.has(former.id) && !seenFormers.has(toFormerKey(former)));
  if (unseen.length === 0) return new Set();
  const { search } = settings;
  const lookedUp = await lookUpPeople(unseen, directory, { search, attributes: [], signal: run.signal });
  return new Set(unseen.filter(({ id }) => lookedUp.get(id)?.kind === 'gone').map(({ id }) => id));
}

const STILL_THERE =
  'The entry that the account is linked to is still there, so the two are different people: change the user name and ' +
  'the address of one of them.';

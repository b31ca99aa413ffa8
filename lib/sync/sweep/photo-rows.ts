import type { RemovalRow } from '../../../models/change-row.js';
import type { ChangeLog } from '../history/change-log.js';
import { countWanted } from '../removals/count-wanted.js';
import type { SweepState } from '../removals/sweep-state.js';
import type { Tally } from '../run/tally.js';

type Changes = Pick<ChangeLog, 'collect'>;

/** Most removals of photos that wait for somebody who has a photo; the others are left to a later run. */
const MAX_WAITING = 1_000;

/**
 * Collects removals of photos once the sweep has shown somebody who has one. While nobody has, the attribute
 * may be misspelt, or unreadable.
 */
export async function collectPhotoRows(
  rows: readonly RemovalRow[],
  state: SweepState,
  changes: Changes,
): Promise<void> {
  const { waiting } = state.photos;
  if (state.filled.has('photo')) {
    const all = [...waiting.splice(0), ...rows];
    countWanted(all, state);
    return changes.collect(all);
  }
  const taken = rows.slice(0, MAX_WAITING - waiting.length);
  waiting.push(...taken);
  state.photos.passedOver += rows.length - taken.length;
}

/** After the sweep: what still waits is collected, or stays where it is because nobody has a photo. */
export async function settlePhotoRows(
  state: SweepState,
  { changes, tally }: { readonly changes: Changes; readonly tally: Pick<Tally, 'problem'> },
): Promise<void> {
  await collectPhotoRows([], state, changes);
  const kept = state.photos.waiting.length + state.photos.passedOver;
  if (kept === 0) return;
  const isShown = state.filled.has('photo');
  tally.problem({
    message: isShown
      ? `${kept} people have no photo any more, and keep their pictures: they came before everybody who ` +
        'has one.'
      : `No entry has a photo, and ${kept} people have a picture from the directory; they keep it.`,
    remedy: isShown
      ? 'Nothing; should it return, name an attribute in LDAP_Avatar_Field that more entries have.'
      : 'Check LDAP_Avatar_Field and the read rights of the service account. If photos are meant to go, ' +
        'remove the pictures in the chat server.',
    setting: 'LDAP_Avatar_Field',
  });
}

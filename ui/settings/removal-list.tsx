import { REMOVALS, type ChangeKind, type Removals, type RunReport } from '../api/answers.js';
import { useSettingWords } from './use-setting-words.js';

const KINDS: Readonly<Record<keyof Removals, ChangeKind>> = {
  deactivations: 'deactivate',
  renames: 'rename',
  clearings: 'clear',
  photos: 'photo',
  memberships: 'membership',
  reactivations: 'reactivate',
  releases: 'release',
  merges: 'merge',
  relinks: 'relink',
};

/** What would be taken away, in people, by kind; and that the guard would hold it in a sync. */
export function RemovalList({ run: { held, counts } }: { readonly run: RunReport }) {
  const { s, name, number } = useSettingWords();
  const found: readonly (readonly [ChangeKind, number])[] = held
    ? REMOVALS.flatMap((kind) => ((held[kind] ?? 0) > 0 ? [[KINDS[kind], held[kind] ?? 0] as const] : []))
    : [['deactivate', counts.deactivated]];
  return (
    <>
      <ul class="removal-list">
        {found.map(([kind, count]) => (
          <li key={kind}>
            <strong>{number(count)}</strong> {name('change', kind)}
          </li>
        ))}
      </ul>
      {held && <p class="muted">{s('would.held')}</p>}
    </>
  );
}

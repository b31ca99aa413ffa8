import { memo } from './memo.js';
import { useState } from 'preact/hooks';
import type { Change } from '../api/answers.js';
import { useWords } from '../words/words.js';
import { isOpen, toPlaces, type GroupedRows } from './held-groups.js';
import { HeldRow } from './held-row.js';
import { moveAlong } from './move-along.js';

export interface ChoiceProps {
  readonly chosen: ReadonlySet<string>;
  readonly choose: (ids: readonly string[], isChosen: boolean) => void;
}

/** The people with one cause, by part of the directory, to be chosen together or one by one. */
export function HeldGroupView({ group, rows, chosen, choose }: GroupedRows & ChoiceProps) {
  const { t, name } = useWords();
  const [place, setPlace] = useState<string>();
  const places = toPlaces(rows);
  const shown = places.find((one) => one.name === place)?.rows ?? rows;
  const ids = shown.filter(isOpen).flatMap(({ id }) => id ?? []);
  const chosenCount = ids.filter((id) => chosen.has(id)).length;
  const title = name('held.group', group);
  const headId = `group-${group}`;

  return (
    <section class="held-group" aria-labelledby={headId}>
      <header>
        <label class="check">
          <input
            type="checkbox"
            checked={ids.length > 0 && chosenCount === ids.length}
            ref={(box) => {
              if (box) box.indeterminate = chosenCount > 0 && chosenCount < ids.length;
            }}
            disabled={ids.length === 0}
            onChange={({ currentTarget: { checked } }) => choose(ids, checked)}
          />
          <span class="unseen">{t('held.all')}: </span>
          <h2 id={headId}>{title}</h2>
        </label>
        <span class="muted">{t('held.shown', { count: rows.length })}</span>
      </header>
      {places.length > 1 && (
        <div class="places" role="group" aria-label={t('held.byOu')}>
          {places.map(({ name: one, rows: of }) => (
            <button
              key={one}
              type="button"
              class="chip"
              aria-pressed={one === place}
              onClick={() => setPlace(one === place ? undefined : one)}
            >
              {one} <span class="muted">{of.length}</span>
            </button>
          ))}
        </div>
      )}
      <table class="held-table" onKeyDown={moveAlong}>
        <caption class="unseen">{title}</caption>
        <thead class="unseen">
          <tr>
            <th scope="col">{t('held.choose', { name: '' })}</th>
            <th scope="col">{t('run.person')}</th>
            <th scope="col">{t('run.change')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row
              key={row.id}
              row={row}
              isChosen={row.id !== undefined && chosen.has(row.id)}
              choose={choose}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly row: Change;
  readonly isChosen: boolean;
  readonly choose: ChoiceProps['choose'];
}

/** A choice draws one row anew, not three thousand. */
const Row = memo(HeldRow, (before: RowProps, after: RowProps) => {
  return before.row === after.row && before.isChosen === after.isChosen;
});

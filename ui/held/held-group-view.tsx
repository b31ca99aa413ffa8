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

/** The people with one cause, by part of the directory; to be chosen together or one by one, where there is a choice. */
export function HeldGroupView({ group, rows, choice }: GroupedRows & { readonly choice?: ChoiceProps }) {
  const { t, name } = useWords();
  const [place, setPlace] = useState<string>();
  const places = toPlaces(rows);
  const shown = places.find((one) => one.name === place)?.rows ?? rows;
  const title = name('held.group', group);
  const headId = `group-${group}`;

  return (
    <section class="held-group" aria-labelledby={headId}>
      <header>
        {choice ? (
          <label class="check">
            <AllOfGroup rows={shown} {...choice} />
            <h2 id={headId}>{title}</h2>
          </label>
        ) : (
          <h2 id={headId}>{title}</h2>
        )}
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
            {choice && <th scope="col">{t('held.choose', { name: '' })}</th>}
            <th scope="col">{t('run.person')}</th>
            <th scope="col">{t('run.change')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row
              key={row.id}
              row={row}
              isChosen={row.id !== undefined && choice?.chosen.has(row.id) === true}
              choose={choice?.choose}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function AllOfGroup({ rows, chosen, choose }: Pick<GroupedRows, 'rows'> & ChoiceProps) {
  const { t } = useWords();
  const ids = rows.filter(isOpen).flatMap(({ id }) => id ?? []);
  const count = ids.filter((id) => chosen.has(id)).length;
  return (
    <>
      <input
        type="checkbox"
        checked={ids.length > 0 && count === ids.length}
        ref={(box) => {
          if (box) box.indeterminate = count > 0 && count < ids.length;
        }}
        disabled={ids.length === 0}
        onChange={({ currentTarget: { checked } }) => choose(ids, checked)}
      />
      <span class="unseen">{t('held.all')}: </span>
    </>
  );
}

interface RowProps {
  readonly row: Change;
  readonly isChosen: boolean;
  readonly choose: ChoiceProps['choose'] | undefined;
}

/** A choice draws one row anew, not three thousand. */
const Row = memo(HeldRow, (before: RowProps, after: RowProps) => {
  return before.row === after.row && before.isChosen === after.isChosen;
});

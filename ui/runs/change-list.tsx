import { useEffect, useState } from 'preact/hooks';
import type { Outcome, RunReport } from '../api/answers.js';
import { useChanges, type Rows } from '../data/use-changes.js';
import { Skeleton } from '../shown/loaded-view.js';
import { Blank } from '../shown/notice.js';
import { Refusal } from '../shown/refusal.js';
import { useWords } from '../words/words.js';
import { ChangeTable } from './change-table.js';
import { SaveCsv } from './save-csv.js';

const FILTERS: readonly Outcome[] = [
  'created',
  'updated',
  'linked',
  'reactivated',
  'deactivated',
  'conflicted',
  'failed',
];
const TYPING_MS = 400;

interface Props {
  readonly run: RunReport;
  readonly outcome: Outcome | undefined;
  readonly choose: (outcome: Outcome | undefined) => void;
}

/** Person by person, to be searched and narrowed down. */
export function ChangeList({ run, outcome, choose }: Props) {
  const { t, name } = useWords();
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useChanges({ runId: run._id, outcome, text }, run.state);
  const isFiltered = outcome !== undefined || text !== '';
  const clear = (): void => {
    choose(undefined);
    setTyped('');
    setText('');
  };

  return (
    <section aria-labelledby="changes">
      <header class="list-head">
        <h2 id="changes">{t('run.changes')}</h2>
        <label class="inline">
          {t('run.filter')}
          <select
            value={outcome ?? ''}
            onChange={({ currentTarget: { value } }) => choose(FILTERS.find((one) => one === value))}
          >
            <option value="">{t('run.filter.all')}</option>
            {FILTERS.map((one) => (
              <option key={one} value={one}>
                {name('outcome', one)}
              </option>
            ))}
          </select>
        </label>
        <input
          type="search"
          value={typed}
          maxLength={200}
          aria-label={t('run.search')}
          placeholder={t('run.search')}
          onInput={({ currentTarget: { value } }) => setTyped(value)}
        />
        <SaveCsv runId={run._id} />
      </header>
      <Refusal error={found.error} />
      {found.rows.length > 0 ? (
        <ChangeTable rows={found.rows} />
      ) : (
        <NoRows found={found} isFiltered={isFiltered} clear={clear} />
      )}
      <More found={found} />
    </section>
  );
}

interface NoRowsProps {
  readonly found: Rows;
  readonly isFiltered: boolean;
  readonly clear: () => void;
}

function NoRows({ found, isFiltered, clear }: NoRowsProps) {
  const { t } = useWords();
  if (found.isLoading) return <Skeleton lines={6} />;
  if (found.error) return null;
  if (isFiltered)
    return (
      <Blank tone="off" title={t('run.changes.filtered')}>
        <p>
          <button type="button" onClick={clear}>
            {t('run.changes.clear')}
          </button>
        </p>
      </Blank>
    );
  return <p class="muted">{t('run.changes.none')}</p>;
}

function More({ found: { rows, looked, total, isWhole, isLoading, more } }: { readonly found: Rows }) {
  const { t } = useWords();
  if (isWhole || (rows.length === 0 && isLoading)) return null;
  return (
    <p class="muted">
      {t('run.changes.looked', { looked, total })}{' '}
      <button type="button" disabled={isLoading} onClick={more}>
        {t(isLoading ? 'state.loading' : 'state.more')}
      </button>
    </p>
  );
}

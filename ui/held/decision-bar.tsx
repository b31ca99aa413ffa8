import { useState } from 'preact/hooks';
import type { Change, RunReport } from '../api/answers.js';
import { useWords } from '../words/words.js';
import { DecisionDialog, type Verdict } from './decision-dialog.js';
import type { Decided } from './held-outcome.js';

interface Props {
  readonly run: RunReport;
  /** Rows that nobody has decided about. */
  readonly open: readonly Change[];
  readonly chosen: ReadonlySet<string>;
  readonly isWhole: boolean;
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly clear: () => void;
  readonly decided: (what: Decided) => void;
}

/** Always in sight: how many are chosen, and what to do with them. */
export function DecisionBar({ run, open, chosen, isWhole, text, setText, clear, decided }: Props) {
  const { t } = useWords();
  const [verdict, setVerdict] = useState<Verdict>();
  const isPart = chosen.size > 0 && !(isWhole && chosen.size === open.length);
  const count = isPart ? chosen.size : open.length;
  const which = isPart ? 'some' : 'all';
  return (
    <section class="decision" aria-label={t('held.approve')}>
      <p role="status">
        {chosen.size > 0
          ? t('held.chosen', { count: chosen.size, total: open.length })
          : t('held.chosen.none', { total: open.length })}{' '}
        {chosen.size > 0 && (
          <button type="button" class="link" onClick={clear}>
            {t('held.clear')}
          </button>
        )}
      </p>
      <input
        type="search"
        value={text}
        maxLength={200}
        aria-label={t('held.filter')}
        placeholder={t('held.filter')}
        onInput={({ currentTarget: { value } }) => setText(value)}
      />
      <span class="buttons">
        <button
          type="button"
          class={`approve${isPart ? ' primary' : ''}`}
          onClick={() => setVerdict('approve')}
        >
          {t(`held.approve.${which}`, { count })}
        </button>
        <button type="button" onClick={() => setVerdict('reject')}>
          {t(`held.reject.${which}`, { count })}
        </button>
      </span>
      {verdict && (
        <DecisionDialog
          verdict={verdict}
          runId={run._id}
          rows={isPart ? open.filter(({ id }) => id !== undefined && chosen.has(id)) : open}
          isPart={isPart}
          close={() => setVerdict(undefined)}
          decided={(what) => {
            setVerdict(undefined);
            decided(what);
          }}
        />
      )}
    </section>
  );
}

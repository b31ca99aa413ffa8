import type { Held, RunReport } from '../api/answers.js';
import { toHeldCount } from '../runs/held-count.js';
import { isPreview } from '../runs/is-preview.js';
import { Icon } from '../shown/icon.js';
import { Text } from '../shown/text.js';
import { withoutCalls } from '../shown/without-calls.js';
import { useWords } from '../words/words.js';

interface Props {
  readonly run: RunReport;
  readonly held: Held;
  /** Rows that nobody has decided about; absent: not known yet. */
  readonly open: number | undefined;
  readonly isWhole: boolean;
}

/** Why the list waits, with the numbers that the guard has weighed. */
export function HeldReason({ run, held, open, isWhole }: Props) {
  const { t, told, time } = useWords();
  const { reason, remedy, lang } = told(held);
  const count = isWhole && open !== undefined && held.approvable ? open : toHeldCount(held);
  return (
    <header class="held-head">
      <Icon tone={count === 0 ? 'good' : 'waiting'} isLarge />
      <div>
        <h1>{t(isPreview(run) ? 'preview.title' : 'held.title', { count })}</h1>
        <p class="lead">
          <Text value={reason} lang={lang} />
        </p>
        <Measure params={held.params ?? {}} />
        <p class="muted small">
          {t(isPreview(run) ? 'preview.of' : 'held.since', { time: time(run.finishedAt ?? run.startedAt) })} ·{' '}
          <a href={`#/runs/${run._id}`}>{t('health.report')}</a>
        </p>
        {!held.approvable && (
          <p class="refusal">
            <Icon tone="warn" />
            <span>
              {t('held.unapprovable')} <Text value={withoutCalls(remedy)} lang={lang} />
            </span>
          </p>
        )}
      </div>
    </header>
  );
}

const WIDTH = 400;

/** How much of everybody it is, beside what passes without a decision. */
function Measure({ params: { wanted, linked, limit } }: { readonly params: NonNullable<Held['params']> }) {
  const { t, number, percent } = useWords();
  if (typeof wanted !== 'number' || typeof linked !== 'number' || typeof limit !== 'number' || linked === 0)
    return null;
  return (
    <div class="measure">
      <svg viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="all" width={WIDTH} height="10" rx="5" />
        <rect class="wanted" width={Math.max(4, Math.min(1, wanted / linked) * WIDTH)} height="10" rx="5" />
        <rect class="limit" x={Math.min(1, limit / linked) * WIDTH} y="-3" width="2" height="16" />
      </svg>
      <p>{t('held.numbers', { percent: percent(wanted / linked), allowed: number(limit) })}</p>
    </div>
  );
}

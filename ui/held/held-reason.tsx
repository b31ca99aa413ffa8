import type { Held, RunReport } from '../api/answers.js';
import { toHeldCount } from '../runs/held-count.js';
import { Icon } from '../shown/icon.js';
import { Text } from '../shown/text.js';
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
  const { t, told, time, number, percent } = useWords();
  const { reason, remedy, lang } = told(held);
  const count = isWhole && open !== undefined && held.approvable ? open : toHeldCount(held);
  const { wanted, linked, limit } = held.params ?? {};
  const isMeasured = typeof wanted === 'number' && typeof linked === 'number' && typeof limit === 'number';
  return (
    <header class="held-head">
      <div class="title">
        <Icon tone={count === 0 ? 'good' : 'waiting'} isLarge />
        <div>
          <h1>{t('held.title', { count })}</h1>
          <p class="lead">
            <Text value={reason} lang={lang} />
          </p>
        </div>
      </div>
      {isMeasured && linked > 0 && (
        <div class="measure">
          <svg viewBox="0 0 400 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="all" width="400" height="10" rx="5" />
            <rect class="wanted" width={Math.max(4, Math.min(1, wanted / linked) * 400)} height="10" rx="5" />
            <rect class="limit" x={Math.min(1, limit / linked) * 400} y="-2" width="2" height="14" />
          </svg>
          <p>
            {t('held.numbers', {
              count: wanted,
              linked,
              percent: percent(wanted / linked),
              allowed: number(limit),
            })}
          </p>
        </div>
      )}
      <p class="muted small">
        {t('held.since', { time: time(run.finishedAt ?? run.startedAt) })} ·{' '}
        <a href={`#/runs/${run._id}`}>{t('health.report')}</a>
      </p>
      {!held.approvable && (
        <p class="refusal">
          <Icon tone="warn" />
          <span>
            {t('held.unapprovable')} <Text value={remedy} lang={lang} />
          </span>
        </p>
      )}
    </header>
  );
}

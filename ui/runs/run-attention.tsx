import { useState } from 'preact/hooks';
import type { RunReport } from '../api/answers.js';
import { useLoad } from '../data/use-load.js';
import { useSession } from '../session/session-context.js';
import { AdviceText } from '../shown/advice-text.js';
import { Icon } from '../shown/icon.js';
import { PersonName } from '../shown/person-name.js';
import { toOutcomeTone } from '../shown/run-state.js';
import { useWords } from '../words/words.js';

const PAGE = 100;

/** People whom somebody has to look at; the report comes with the first fifty. */
export function RunAttention({ run }: { readonly run: RunReport }) {
  const { t, name } = useWords();
  const { server } = useSession();
  const [isAll, setIsAll] = useState(false);
  const all = useLoad(`attention of ${run._id} ${isAll}`, async (signal) =>
    isAll ? (await server.run({ runId: run._id, count: PAGE }, { signal })).run.attention : undefined,
  );
  const rows = all.data ?? run.attention;
  const { attentionCount: total } = run;
  return (
    <section aria-labelledby="attention-of-run">
      <h2 id="attention-of-run">
        {t('run.attention')} <span class="muted">{total}</span>
      </h2>
      <ul class="attention">
        {rows.map((row, index) => (
          <li key={index}>
            <Icon tone={toOutcomeTone(row.outcome)} />
            <div>
              <p class="about">
                <PersonName {...row} />
                <span class="tag">{name('outcome', row.outcome)}</span>
              </p>
              <AdviceText told={row} />
            </div>
          </li>
        ))}
      </ul>
      {rows.length < total && (
        <p class="muted">
          {t('state.firstOf', { shown: rows.length, total })}{' '}
          {!isAll && (
            <button type="button" class="link" onClick={() => setIsAll(true)}>
              {t('state.more')}
            </button>
          )}
        </p>
      )}
    </section>
  );
}

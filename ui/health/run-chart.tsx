import type { Run } from '../api/answers.js';
import { toStateTone } from '../shown/run-state.js';
import { useWords } from '../words/words.js';
import { toChanged } from './headline.js';

const WIDTH = 300;
const HEIGHT = 64;
const SLOTS = 30;
const GAP = 2;
const LEAST = 3;

/** The last runs as bars: how long each took, whether it was well, and a mark where it changed somebody. */
export function RunChart({ runs }: { readonly runs: readonly Run[] }) {
  const words = useWords();
  const { t } = words;
  const bars = [...runs].reverse();
  const longest = Math.max(1, ...bars.map(toMs));
  const step = WIDTH / SLOTS;
  const first = SLOTS - bars.length;
  return (
    <section aria-labelledby="chart">
      <h2 id="chart">{t('health.chart')}</h2>
      {bars.length === 0 ? (
        <p class="muted">{t('health.chart.empty')}</p>
      ) : (
        <figure class="chart">
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 8}`} role="list" aria-labelledby="chart">
            <line x1="0" x2={WIDTH} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} />
            {bars.map((run, index) => {
              const height = Math.max(LEAST, Math.sqrt(toMs(run) / longest) * (HEIGHT - 2));
              const changed = toChanged(run.counts);
              const x = (first + index) * step;
              const label = t('health.chart.bar', {
                kind: words.name('kind', run.kind),
                state: words.name('runState', run.state),
                time: words.time(run.startedAt),
                duration: words.duration(toMs(run)),
                changes: changed,
                changed,
              });
              return (
                <g key={run._id} role="listitem">
                  <a href={`#/runs/${run._id}`} aria-label={label}>
                    <title>{label}</title>
                    <rect class="reach" x={x} y="0" width={step} height={HEIGHT + 8} />
                    <rect
                      class={`bar ${toStateTone(run.state)}${run.kind === 'sync' ? '' : ' other'}`}
                      x={x + GAP / 2}
                      y={HEIGHT - height}
                      width={step - GAP}
                      height={height}
                      rx="1.5"
                    />
                    {changed > 0 && <circle class="changed" cx={x + step / 2} cy={HEIGHT + 5} r="1.8" />}
                  </a>
                </g>
              );
            })}
          </svg>
          <figcaption class="muted">{t('health.chart.caption', { shown: bars.length })}</figcaption>
        </figure>
      )}
    </section>
  );
}

function toMs({ startedAt, finishedAt }: Run): number {
  return Math.max(0, Date.parse(finishedAt ?? new Date().toISOString()) - Date.parse(startedAt));
}

import type { Outcome, RunCounts } from '../api/answers.js';
import { useWords } from '../words/words.js';
import { Icon } from './icon.js';
import { toOutcomeTone } from './run-state.js';

interface Props {
  readonly counts: RunCounts;
  readonly shown: readonly ('read' | Outcome)[];
  /** Those of the run before, to be compared with. */
  readonly before?: RunCounts | undefined;
}

const ALARMING: ReadonlySet<string> = new Set(['rejected', 'conflicted', 'failed']);

/** Numbers of people under their names; a nought steps back. */
export function Counts({ counts, shown, before }: Props) {
  const { number, name } = useWords();
  return (
    <dl class="counts">
      {shown.map((outcome) => {
        const count = counts[outcome];
        const difference = before ? count - before[outcome] : 0;
        return (
          <div key={outcome} class={count === 0 ? 'nought' : undefined}>
            <dt>
              {ALARMING.has(outcome) && count > 0 && outcome !== 'read' && (
                <Icon tone={toOutcomeTone(outcome)} />
              )}
              {name('outcome', outcome)}
            </dt>
            <dd>
              {number(count)}
              {difference !== 0 && (
                <span class="difference">
                  {difference > 0 ? '+' : '−'}
                  {number(Math.abs(difference))}
                </span>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

import { useState } from 'preact/hooks';
import { REMOVALS, type Outcome, type RunReport } from '../api/answers.js';
import { isUnderWay, useRun } from '../data/use-run.js';
import type { Plan } from '../draft/draft.js';
import { ChangeList } from '../runs/change-list.js';
import { RunAttention } from '../runs/run-attention.js';
import { Counts } from '../shown/counts.js';
import { Icon } from '../shown/icon.js';
import { LoadedView } from '../shown/loaded-view.js';
import { ApplyDialog } from './apply-dialog.js';
import { RemovalList } from './removal-list.js';
import { RunProblems } from './run-problems.js';
import type { useSave } from './use-save.js';
import { useSettingWords } from './use-setting-words.js';

const SHOWN: readonly ('read' | Outcome)[] = [
  'read',
  'updated',
  'created',
  'linked',
  'unchanged',
  'conflicted',
  'rejected',
  'failed',
];

interface Props {
  readonly plan: Plan;
  readonly isWritable: boolean;
  readonly save: ReturnType<typeof useSave>;
}

/** A preview of the draft: live while it goes, then what would become of whom. */
export function PreviewView({ plan, isWritable, save }: Props) {
  const run = useRun(plan.runId);
  return (
    <LoadedView loaded={run} lines={6}>
      {(report) =>
        isUnderWay(report) ? (
          <Going run={report} />
        ) : (
          <Shown run={report} plan={plan} isWritable={isWritable} save={save} />
        )
      }
    </LoadedView>
  );
}

export function Going({ run }: { readonly run: RunReport }) {
  const { s, name } = useSettingWords();
  return (
    <div class="card going" role="status">
      <p>
        <span class="pulse" aria-hidden="true" />
        {s('review.going', { kind: name('kind', run.kind), count: run.counts.read })}
      </p>
    </div>
  );
}

/** In people; of a preview that is not held, only who would be switched off is counted. */
export function toRemovals({ held, counts }: RunReport): number {
  const waiting = held ? REMOVALS.reduce((sum, kind) => sum + (held[kind] ?? 0), 0) : 0;
  return Math.max(waiting, counts.deactivated);
}

function Shown({ run, plan, isWritable, save }: Props & { readonly run: RunReport }) {
  const removals = toRemovals(run);
  const [isApplying, setIsApplying] = useState(false);
  const isWhole = run.state === 'completed' || (run.state === 'held' && run.held?.approvable === true);
  const open = isWritable ? () => setIsApplying(true) : undefined;
  return (
    <section aria-labelledby="would" class="would">
      <Verdict removals={removals} isWhole={isWhole} apply={open} />
      <RunProblems run={run} />
      {isWhole && removals > 0 && <RemovalList run={run} />}
      {isWhole && <Counts counts={run.counts} shown={SHOWN} />}
      <SaveOnly save={save} isWritable={isWritable} />
      {isWhole && <People run={run} />}
      {isApplying && <ApplyDialog plan={plan} removals={removals} close={() => setIsApplying(false)} />}
    </section>
  );
}

interface VerdictProps {
  readonly removals: number;
  /** Else it shows nothing that could be applied. */
  readonly isWhole: boolean;
  /** `undefined`: settings cannot be saved here. */
  readonly apply: (() => void) | undefined;
}

function Verdict({ removals, isWhole, apply }: VerdictProps) {
  const { s } = useSettingWords();
  const tone = !isWhole ? 'bad' : removals > 0 ? 'waiting' : 'good';
  const text = !isWhole ? 'would.failed' : removals > 0 ? 'would.removes' : 'would.removesNothing';
  return (
    <header class="list-head">
      <h3 id="would" class={`verdict ${tone}`}>
        <Icon tone={tone} />
        {s(text, { count: removals })}
      </h3>
      {isWhole && (
        <button type="button" class="primary" disabled={!apply} onClick={apply}>
          {s('apply.open')}
        </button>
      )}
    </header>
  );
}

function SaveOnly({ save: { save, isGoing }, isWritable }: Pick<Props, 'save' | 'isWritable'>) {
  const { s } = useSettingWords();
  return (
    <p class="small muted">
      <button type="button" class="link" disabled={isGoing || !isWritable} onClick={() => void save()}>
        {s('apply.saveOnly')}
      </button>{' '}
      {s('apply.saveOnly.text')}
    </p>
  );
}

/** Who is switched off is shown first. */
function People({ run }: { readonly run: RunReport }) {
  const { held, counts, attentionCount } = run;
  const [outcome, setOutcome] = useState<Outcome | undefined>(
    (held?.deactivations ?? counts.deactivated) > 0 ? 'deactivated' : undefined,
  );
  return (
    <>
      <ChangeList run={run} outcome={outcome} choose={setOutcome} />
      {attentionCount > 0 && <RunAttention run={run} />}
    </>
  );
}

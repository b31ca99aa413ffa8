import { useEffect } from 'preact/hooks';
import type { Outcome, RunReport } from '../api/answers.js';
import { isUnderWay, useRun } from '../data/use-run.js';
import { useDraft } from '../draft/draft.js';
import { useAnnounce } from '../shell/announcer.js';
import { Counts } from '../shown/counts.js';
import { Icon } from '../shown/icon.js';
import { LoadedView } from '../shown/loaded-view.js';
import { isSaved, sumOfRemovals, toUndone } from './plan-outcome.js';
import { Going } from './preview-view.js';
import { RunProblems } from './run-problems.js';
import { useSettingWords } from './use-setting-words.js';

const SHOWN: readonly ('read' | Outcome)[] = [
  'deactivated',
  'reactivated',
  'updated',
  'created',
  'linked',
  'unchanged',
  'failed',
];

interface Props {
  readonly runId: string;
  readonly reload: () => void;
}

/** The preview is applied: live while it goes, then what became of it and how it is taken back. */
export function ApplicationView({ runId, reload }: Props) {
  const run = useRun(runId);
  const draft = useDraft();
  const announce = useAnnounce();
  const { s } = useSettingWords();
  const report = run.data;
  const isOver = report !== undefined && !isUnderWay(report);
  useEffect(() => {
    if (!isOver) return;
    reload();
    if (isSaved(report)) draft.settle();
    announce(s(isSaved(report) ? 'applied.done' : 'applied.failed'));
  }, [isOver]);
  return (
    <LoadedView loaded={run} lines={6}>
      {(now) => (isUnderWay(now) ? <Going run={now} /> : <Ended run={now} />)}
    </LoadedView>
  );
}

function Ended({ run }: { readonly run: RunReport }) {
  const { s } = useSettingWords();
  const draft = useDraft();
  const isDone = isSaved(run);
  const waits = sumOfRemovals(run.plan?.removals.notPlanned);
  return (
    <section class="would" aria-labelledby="section">
      <h2 id="section" class={`verdict ${isDone ? 'good' : 'bad'}`}>
        <Icon tone={isDone ? 'good' : 'bad'} />
        {s(isDone ? 'applied.done' : 'applied.failed')}
      </h2>
      <RunProblems run={run} />
      <Counts counts={run.counts} shown={SHOWN} />
      <PlanCounts run={run} />
      {waits > 0 && (
        <p>
          <a href={`#/held/${run._id}`}>{s('applied.waits', { count: waits })}</a>
        </p>
      )}
      <p class="buttons">
        <a class="button" href={`#/runs/${run._id}`}>
          {s('applied.report')}
        </a>
        {isDone ? (
          <a class="button quiet" href="#/settings/history">
            {s('applied.back')}
          </a>
        ) : (
          <button type="button" onClick={() => draft.setPlan(undefined)}>
            {s('applied.again')}
          </button>
        )}
      </p>
    </section>
  );
}

/** What the preview has shown, and did not come to pass. */
function PlanCounts({ run }: { readonly run: RunReport }) {
  const { s } = useSettingWords();
  const undone = toUndone(run);
  if (!undone) return null;
  const { planned, done, missed } = undone;
  return (
    <ul class="muted">
      <li>{s('applied.planned', { count: planned, done })}</li>
      {missed.map(({ name, count }) => (
        <li key={name}>{s(`applied.${name}`, { count })}</li>
      ))}
    </ul>
  );
}

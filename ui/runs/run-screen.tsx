import { useEffect, useState } from 'preact/hooks';
import type { Outcome, RunReport } from '../api/answers.js';
import { isUnderWay, useRun } from '../data/use-run.js';
import { useAnnounce } from '../shell/announcer.js';
import { LoadedView } from '../shown/loaded-view.js';
import { Blank } from '../shown/notice.js';
import { Text } from '../shown/text.js';
import { usePhaseTold } from '../shown/use-phase-told.js';
import { withoutCalls } from '../shown/without-calls.js';
import { useWords } from '../words/words.js';
import { ChangeList } from './change-list.js';
import { isPreview } from './is-preview.js';
import { RunAttention } from './run-attention.js';
import { RunHead } from './run-head.js';
import { RunNumbers } from './run-numbers.js';

/** The report of one run: what it did to whom, and what it could not do. */
export function RunScreen({ runId }: { readonly runId: string }) {
  const { t } = useWords();
  const run = useRun(runId);
  if (run.error?.status === 400 && !run.data)
    return (
      <Blank isScreen tone="off" title={t('run.gone')}>
        <p>{t('run.gone.text')}</p>
        <p>
          <a href="#/runs">{t('run.back')}</a>
        </p>
      </Blank>
    );
  return (
    <LoadedView isScreen loaded={run} lines={12}>
      {(report) => <Report run={report} />}
    </LoadedView>
  );
}

const BAD: ReadonlySet<RunReport['state']> = new Set(['failed', 'interrupted']);

function Report({ run }: { readonly run: RunReport }) {
  const { t, name } = useWords();
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<Outcome>();
  const isGoing = isUnderWay(run);
  // Nobody is told to approve what is decided, or what only a preview has shown.
  const isSettled = run.decision !== undefined || isPreview(run);
  const [wasGoing] = useState(isGoing);
  usePhaseTold(run.kind, isGoing ? run.phase : undefined);
  useEffect(() => {
    if (wasGoing && !isGoing) announce(t('run.ended', { state: name('runState', run.state) }));
  }, [isGoing]);

  return (
    <article class="run">
      <RunHead run={run} />
      {run.problems.length > 0 && (
        <section class={`problems ${BAD.has(run.state) ? 'bad' : 'warn'}`} aria-labelledby="problems">
          <h2 id="problems">{t('run.problems')}</h2>
          <ul>
            {run.problems.map(({ message, remedy, setting }, index) => (
              <li key={index}>
                <p>
                  <Text value={message} lang="en" /> {setting !== undefined && <code>{setting}</code>}
                </p>
                {!(isSettled && remedy === run.held?.remedy) && (
                  <p class="remedy">
                    <Text value={withoutCalls(remedy)} lang="en" />
                  </p>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <RunNumbers run={run} />
      {!isGoing && run.attentionCount > 0 && <RunAttention run={run} />}
      {!isGoing && <ChangeList run={run} outcome={outcome} choose={setOutcome} />}
    </article>
  );
}

import { useEffect } from 'preact/hooks';
import type { Run, RunReport } from '../api/answers.js';
import type { Status } from '../api/further-answers.js';
import { isUnderWay } from '../data/use-run.js';
import { useLoad, type Loaded } from '../data/use-load.js';
import { useSession } from '../session/session-context.js';
import { LoadedView, Skeleton } from '../shown/loaded-view.js';
import { useWords } from '../words/words.js';
import { AttentionList } from './attention-list.js';
import { Facts } from './facts.js';
import { FirstSteps, toNextStep } from './first-steps.js';
import { toHeadline } from './headline.js';
import { HeadlineView } from './headline-view.js';
import { RunChart } from './run-chart.js';
import { RunningCard } from './running-card.js';

const CHARTED = 30;
const SHOWN_ATTENTION = 10;

/** The start: one sentence, what is going, what needs a human, and how it has been. */
export function Health({ status }: { readonly status: Loaded<Status> }) {
  const { server } = useSession();
  const runs = useLoad('runs of health', (signal) => server.runs({ offset: 0, count: CHARTED }, { signal }));
  const last = status.data?.lastRun;
  const known = runs.data?.runs.find(({ _id }) => _id === last?._id);
  // Whichever of the two comes first, what both know needs no further look.
  const isNews = runs.data !== undefined && last != null && known?.state !== last.state;
  useEffect(() => {
    if (isNews) runs.reload();
  }, [isNews, last?._id, last?.state]);

  return (
    <LoadedView isScreen loaded={status} lines={8}>
      {(now) => (
        <LoadedView isScreen loaded={runs} lines={8}>
          {({ runs: newest }) => <Stand status={now} runs={newest} reload={status.reload} />}
        </LoadedView>
      )}
    </LoadedView>
  );
}

interface StandProps {
  readonly status: Status;
  readonly runs: readonly Run[];
  readonly reload: () => void;
}

function Stand({ status, runs, reload }: StandProps) {
  const words = useWords();
  const { sync, report, isLoading } = useLastSync(status, runs);
  if (isLoading && !sync) return <Skeleton lines={8} />;
  const headline = toHeadline({ status, sync, report }, words);
  const next = headline.isFirst ? toNextStep({ status, runs }) : undefined;

  return (
    <div class="health">
      <HeadlineView headline={headline} status={status} next={next} reload={reload} />
      {status.running && <RunningCard status={status} running={status.running} reload={reload} />}
      {headline.isFirst && <FirstSteps status={status} runs={runs} />}
      <div class="columns">
        <section aria-labelledby="attention">
          {isLoading ? (
            <Skeleton lines={4} />
          ) : (
            <AttentionList status={status} report={report} shown={SHOWN_ATTENTION} />
          )}
        </section>
        <aside>
          <Facts status={status} runs={runs} sync={sync} />
          <RunChart runs={runs} />
        </aside>
      </div>
    </div>
  );
}

interface LastSync {
  readonly sync: Run | undefined;
  readonly report: RunReport | undefined;
  readonly isLoading: boolean;
}

/** The last sync that has ended; so many other runs may have followed that it is not among the newest. */
function useLastSync({ lastSuccess }: Status, runs: readonly Run[]): LastSync {
  const { server } = useSession();
  const known = runs.find((run) => run.kind === 'sync' && !isUnderWay(run));
  const runId = known?._id ?? lastSuccess?.runId;
  const { data: report, error } = useLoad(`attention ${runId ?? ''}`, async (signal) =>
    runId === undefined ? undefined : (await server.run({ runId, count: SHOWN_ATTENTION }, { signal })).run,
  );
  return { sync: known ?? report, report, isLoading: runId !== undefined && !report && !error };
}

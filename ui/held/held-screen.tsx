import { useRef } from 'preact/hooks';
import type { Status } from '../api/further-answers.js';
import type { Loaded } from '../data/use-load.js';
import { useRun } from '../data/use-run.js';
import { isPreview } from '../runs/is-preview.js';
import { LoadedView } from '../shown/loaded-view.js';
import { Blank } from '../shown/notice.js';
import { useWords } from '../words/words.js';
import { HeldList } from './held-list.js';
import { PreviewedList } from './previewed-list.js';

interface Props {
  readonly status: Loaded<Status>;
  /** The list that was asked for; absent: the one that waits. */
  readonly runId?: string | undefined;
}

/** The decision: why it waits, who is on the list, and what becomes of them. */
export function HeldScreen({ status, runId }: Props) {
  const waiting = status.data?.held?.runId;
  // Once it is decided it waits no more, and what became of it is still to be read.
  const first = useRef(waiting);
  first.current ??= waiting;
  const shown = runId ?? first.current;
  if (shown !== undefined) return <ListOf key={shown} runId={shown} status={status} />;
  return (
    <LoadedView isScreen loaded={status}>
      {() => <Nothing />}
    </LoadedView>
  );
}

function Nothing() {
  const { t } = useWords();
  return (
    <Blank isScreen tone="good" title={t('held.none')}>
      <p>{t('held.none.text')}</p>
    </Blank>
  );
}

function ListOf({ runId, status }: { readonly runId: string; readonly status: Loaded<Status> }) {
  const run = useRun(runId);
  return (
    <LoadedView isScreen loaded={run} lines={12}>
      {(report) =>
        report.held && isPreview(report) ? (
          <PreviewedList run={report} held={report.held} status={status.data} />
        ) : report.held ? (
          <HeldList
            run={report}
            held={report.held}
            status={status.data}
            reload={() => {
              run.reload();
              status.reload();
            }}
          />
        ) : (
          <Nothing />
        )
      }
    </LoadedView>
  );
}

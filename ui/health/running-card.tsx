import { useEffect, useState } from 'preact/hooks';
import type { Outcome } from '../api/answers.js';
import type { Status } from '../api/further-answers.js';
import { useAction } from '../data/use-action.js';
import { useRun } from '../data/use-run.js';
import { useTick } from '../data/use-tick.js';
import { useSession } from '../session/session-context.js';
import { ConfirmDialog } from '../shown/confirm-dialog.js';
import { Counts } from '../shown/counts.js';
import { RunPlace } from '../shown/run-place.js';
import { usePhaseTold } from '../shown/use-phase-told.js';
import { useWords } from '../words/words.js';

interface Props {
  readonly status: Status;
  readonly running: NonNullable<Status['running']>;
  readonly reload: () => void;
}

const SHOWN: readonly ('read' | Outcome)[] = [
  'read',
  'created',
  'updated',
  'linked',
  'deactivated',
  'reactivated',
  'conflicted',
  'rejected',
  'failed',
];

/** The run that is going, on whichever host: its numbers, how fast, how long, and whether it still lives. */
export function RunningCard({ status, running, reload }: Props) {
  const words = useWords();
  const { t } = words;
  const [isAsked, setIsAsked] = useState(false);
  const { data: run } = useRun(running.runId);
  const now = useTick(1_000);
  const newest = run ?? running;
  const { counts } = newest;
  const kind = words.name('kind', running.kind);
  usePhaseTold(running.kind, newest.phase);
  useEffect(() => {
    if (run?.finishedAt !== undefined) reload();
  }, [run?.finishedAt]);

  const startedAt = run ? Date.parse(run.startedAt) : undefined;
  const minutes = startedAt === undefined ? 0 : (now - startedAt) / 60_000;
  const { lease } = status;
  const isSilent = lease?.runId === running.runId && Date.parse(lease.expiresAt) < now;
  return (
    <section class="card going" aria-labelledby="going">
      <header>
        <h2 id="going">
          <span class="pulse" aria-hidden="true" />
          {t('health.going')}: <a href={`#/runs/${running.runId}`}>{kind}</a>
        </h2>
        <p class="muted">
          {startedAt !== undefined && t('health.since', { duration: words.duration(now - startedAt) })}
          {minutes > 0.05 && counts.read > 0 && (
            <> · {t('health.rate', { count: Math.round(counts.read / minutes) })}</>
          )}
        </p>
        <button type="button" onClick={() => setIsAsked(true)}>
          {t('health.cancel')}
        </button>
      </header>
      <p>
        <RunPlace run={newest} />
      </p>
      <Counts counts={counts} shown={SHOWN} />
      {isSilent && <p class="refusal">{t('health.silent', { time: words.shortTime(lease.expiresAt) })}</p>}
      {running.waitingFor && (
        <p>{t('health.waitsFor', { time: words.shortTime(running.waitingFor.since) })}</p>
      )}
      {status.queued && <p class="muted">{t('health.queued')}</p>}
      {isAsked && <CancelDialog runId={running.runId} reload={reload} close={() => setIsAsked(false)} />}
    </section>
  );
}

interface CancelProps {
  readonly runId: string;
  readonly reload: () => void;
  readonly close: () => void;
}

function CancelDialog({ runId, reload, close }: CancelProps) {
  const { t } = useWords();
  const { server } = useSession();
  const { isGoing, error, act } = useAction();
  async function cancel(): Promise<void> {
    if (!(await act(() => server.cancel(runId)))) return;
    reload();
    close();
  }
  return (
    <ConfirmDialog
      title={t('health.cancel.sure')}
      confirm={t('health.cancel')}
      isGoing={isGoing}
      error={error}
      submit={() => void cancel()}
      close={close}
    >
      <p>{t('health.cancel.text')}</p>
    </ConfirmDialog>
  );
}

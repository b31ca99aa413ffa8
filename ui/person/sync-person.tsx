import { useEffect, useState } from 'preact/hooks';
import type { RunReport } from '../api/answers.js';
import type { AskedPerson } from '../api/server.js';
import { useAction } from '../data/use-action.js';
import { isUnderWay, useRun } from '../data/use-run.js';
import { useSession } from '../session/session-context.js';
import { useAnnounce } from '../shell/announcer.js';
import { AdviceText } from '../shown/advice-text.js';
import { LoadedView } from '../shown/loaded-view.js';
import { Refusal } from '../shown/refusal.js';
import { RunStateMark } from '../shown/run-state.js';
import { Text } from '../shown/text.js';
import { useWords } from '../words/words.js';

interface Props {
  readonly asked: AskedPerson;
  /** Whether something of what a sync would do takes away, and so waits. */
  readonly isWaiting: boolean;
  /** The person was synced: they are to be explained anew. */
  readonly reload: () => void;
}

/** Has done what is explained, for this person alone, and shows what became of it. */
export function SyncPerson({ asked, isWaiting, reload }: Props) {
  const { t } = useWords();
  const { server } = useSession();
  const announce = useAnnounce();
  const { isGoing, error, act } = useAction();
  const [runId, setRunId] = useState<string>();

  const start = (): void =>
    void act(async () => {
      setRunId((await server.syncPerson(asked)).runId);
      announce(t('person.sync.going'));
    });

  return (
    <div class="sync-person">
      {isWaiting && <p>{t('person.sync.waits')}</p>}
      <p class="buttons">
        <button type="button" disabled={isGoing} aria-busy={isGoing} onClick={start}>
          {t('person.sync')}
        </button>
      </p>
      <Refusal error={error} />
      {runId !== undefined && <Outcome key={runId} runId={runId} reload={reload} />}
    </div>
  );
}

function Outcome({ runId, reload }: { readonly runId: string; readonly reload: () => void }) {
  const { t } = useWords();
  const announce = useAnnounce();
  const run = useRun(runId);
  const ended = run.data && !isUnderWay(run.data) ? run.data.state : undefined;
  useEffect(() => {
    if (ended === undefined) return;
    announce(t(ended === 'completed' || ended === 'held' ? `person.sync.${ended}` : 'person.sync.failed'));
    reload();
  }, [ended]);
  return (
    <section class="card outcome" aria-labelledby="person-outcome">
      <h4 id="person-outcome">{t('person.sync.outcome')}</h4>
      <LoadedView loaded={run} lines={2}>
        {(report) => (isUnderWay(report) ? <p>{t('person.sync.going')}</p> : <Ended run={report} />)}
      </LoadedView>
    </section>
  );
}

function Ended({ run }: { readonly run: RunReport }) {
  const { t } = useWords();
  const { _id, state, problems, attention, held } = run;
  const isDone = state === 'completed' || state === 'held';
  // That something waits is said in the reader's own words.
  const told = problems.filter(({ message }) => message !== held?.reason);
  return (
    <>
      <p>
        <RunStateMark state={state} /> {t(isDone ? `person.sync.${state}` : 'person.sync.failed')}
      </p>
      {told.map(({ message, remedy }) => (
        <p key={message}>
          <Text value={`${message} ${remedy}`} lang="en" />
        </p>
      ))}
      {attention.map((row, index) => (
        <AdviceText key={index} told={row} />
      ))}
      <p class="buttons">
        {state === 'held' && (
          <a class="button primary" href={`#/held/${_id}`}>
            {t('health.decide')}
          </a>
        )}
        <a class="button quiet" href={`#/runs/${_id}`}>
          {t('health.report')}
        </a>
      </p>
    </>
  );
}

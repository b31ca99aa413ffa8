import { useEffect, useRef } from 'preact/hooks';
import type { Change } from '../api/answers.js';
import { readChanges } from '../data/use-changes.js';
import { useLoad } from '../data/use-load.js';
import { isUnderWay, useRun } from '../data/use-run.js';
import { useSession } from '../session/session-context.js';
import { useAnnounce } from '../shell/announcer.js';
import { LoadedView } from '../shown/loaded-view.js';
import { PersonName } from '../shown/person-name.js';
import { Text } from '../shown/text.js';
import { useWords } from '../words/words.js';

export interface Decided {
  readonly count: number;
  /** The run that does what was approved; absent: it was rejected. */
  readonly runId?: string;
}

const MOST_READ = 3_000;
const SHOWN = 20;

/** What became of the people who were decided about. */
export function HeldOutcome({ decided, reload }: { readonly decided: Decided; readonly reload: () => void }) {
  const { t } = useWords();
  const announce = useAnnounce();
  const { runId, count } = decided;
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The decision was made further down, maybe far.
    head.current?.focus();
    if (runId === undefined) announce(t('held.outcome.rejected', { count }));
  }, []);
  return (
    <section class="card outcome" aria-labelledby="outcome">
      <h2 id="outcome" ref={head} tabIndex={-1}>
        {t('held.outcome')}
      </h2>
      {runId === undefined ? (
        <p>{t('held.outcome.rejected', { count })}</p>
      ) : (
        <Approval runId={runId} reload={reload} />
      )}
    </section>
  );
}

function Approval({ runId, reload }: { readonly runId: string; readonly reload: () => void }) {
  const { t } = useWords();
  const run = useRun(runId);
  const isOver = run.data !== undefined && !isUnderWay(run.data);
  useEffect(() => {
    if (isOver) reload();
  }, [isOver]);
  return (
    <LoadedView loaded={run} lines={2}>
      {(report) =>
        isUnderWay(report) ? (
          <p>{t('held.outcome.going')}</p>
        ) : report.state === 'completed' || report.state === 'held' ? (
          <Results runId={runId} />
        ) : (
          <>
            <p class="refusal">{t('held.outcome.failed')}</p>
            {report.problems.map(({ message, remedy }) => (
              <p key={message}>
                <Text value={`${message} ${remedy}`} lang="en" />
              </p>
            ))}
          </>
        )
      }
    </LoadedView>
  );
}

function Results({ runId }: { readonly runId: string }) {
  const { t } = useWords();
  const { server } = useSession();
  const announce = useAnnounce();
  const results = useLoad(`results ${runId}`, (signal) =>
    readChanges(server, { runId, most: MOST_READ, signal }, () => undefined),
  );
  const done = results.data?.rows.filter(({ state }) => state === 'done').length;
  useEffect(() => {
    if (done !== undefined) announce(t('held.outcome.done', { count: done }));
  }, [done]);
  return (
    <LoadedView loaded={results} lines={2}>
      {({ rows }) => <Result rows={rows} done={done ?? 0} runId={runId} />}
    </LoadedView>
  );
}

interface ResultProps {
  readonly rows: readonly Change[];
  readonly done: number;
  readonly runId: string;
}

function Result({ rows, done, runId }: ResultProps) {
  const { t } = useWords();
  const stay = rows.filter(({ state }) => state === 'skipped');
  return (
    <>
      <p>
        {t('held.outcome.done', { count: done })} <a href={`#/runs/${runId}`}>{t('health.report')}</a>
      </p>
      {stay.length > 0 && (
        <>
          <p>{t('held.outcome.skipped', { count: stay.length })}</p>
          <ul class="plain">
            {stay.slice(0, SHOWN).map((row, index) => (
              <li key={row.id ?? index}>
                <PersonName {...row} />{' '}
                {row.reason !== undefined && (
                  <span class="muted">
                    <Text value={row.reason} lang="en" />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

import type { Outcome, Run } from '../api/answers.js';
import type { RunPage } from '../api/further-answers.js';
import { useLoad } from '../data/use-load.js';
import { isUnderWay } from '../data/use-run.js';
import { useSession } from '../session/session-context.js';
import { LoadedView } from '../shown/loaded-view.js';
import { Blank } from '../shown/notice.js';
import { RunStateMark } from '../shown/run-state.js';
import { Text } from '../shown/text.js';
import { useWords } from '../words/words.js';
import { toAskedPerson } from './asked-person.js';
import { toWaitingCount } from './held-count.js';

const PAGE = 25;
const EVERY_MS = 10_000;
const COUNTED: readonly Outcome[] = ['created', 'updated', 'linked', 'reactivated', 'deactivated'];

/** All runs, the newest first. */
export function RunsScreen({ offset }: { readonly offset: number }) {
  const { t } = useWords();
  const { server } = useSession();
  const runs = useLoad(`runs ${offset}`, (signal) => server.runs({ offset, count: PAGE }, { signal }), {
    everyMs: EVERY_MS,
  });
  return (
    <>
      <h1>{t('runs.title')}</h1>
      <LoadedView loaded={runs} lines={12}>
        {(page) =>
          page.total === 0 ? (
            <Blank tone="off" title={t('runs.none')}>
              <p>{t('runs.none.text')}</p>
            </Blank>
          ) : (
            <>
              <RunTable runs={page.runs} />
              <Turns page={page} offset={offset} />
            </>
          )
        }
      </LoadedView>
    </>
  );
}

function RunTable({ runs }: { readonly runs: readonly Run[] }) {
  const { t, name } = useWords();
  return (
    <div class="wide" tabIndex={0} role="region" aria-label={t('runs.caption')}>
      <table class="runs">
        <caption class="unseen">{t('runs.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('runs.started')}</th>
            <th scope="col">{t('runs.kind')}</th>
            <th scope="col">{t('runs.state')}</th>
            <th scope="col">{t('runs.by')}</th>
            <th scope="col" class="number">
              {t('runs.duration')}
            </th>
            {COUNTED.map((outcome) => (
              <th key={outcome} scope="col" class="number">
                {name('outcome', outcome)}
              </th>
            ))}
            <th scope="col" class="number">
              {t('runState.held')}
            </th>
            <th scope="col" class="number">
              {t('runs.attention')}
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run._id} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RunRow({ run }: { readonly run: Run }) {
  const { t, name, time, duration, number } = useWords();
  const {
    _id,
    kind,
    state,
    decision,
    requestedBy,
    startedAt,
    finishedAt,
    counts,
    attentionCount,
    problemCount,
  } = run;
  const end = finishedAt === undefined ? Date.now() : Date.parse(finishedAt);
  const person = toAskedPerson(run);
  const count = (value: number) => <td class={value === 0 ? 'number nought' : 'number'}>{number(value)}</td>;
  return (
    <tr>
      <th scope="row">
        <a href={`#/runs/${_id}`}>{time(startedAt)}</a>
      </th>
      <td>
        {name('kind', kind)}{' '}
        {person && (
          <span class="muted">
            <Text value={person.text} />
          </span>
        )}
      </td>
      <td>
        <RunStateMark state={state} />
        {decision && <span class="muted small"> {name('run.verdict', decision.verdict)}</span>}
      </td>
      <td>
        {requestedBy._id === 'system' ? (
          t('by.system')
        ) : (
          <Text value={requestedBy.username ?? requestedBy._id} />
        )}
      </td>
      <td class="number">
        {isUnderWay(run) && finishedAt === undefined ? '…' : duration(end - Date.parse(startedAt))}
      </td>
      {COUNTED.map((outcome) => count(counts[outcome]))}
      {count(toWaitingCount(run))}
      {count(attentionCount + problemCount)}
    </tr>
  );
}

function Turns({ page: { runs, total }, offset }: { readonly page: RunPage; readonly offset: number }) {
  const { t } = useWords();
  const to = offset + runs.length;
  return (
    <nav class="turns" aria-label={t('runs.title')}>
      {offset > 0 && <a href={`#/runs?offset=${Math.max(0, offset - PAGE)}`}>← {t('runs.newer')}</a>}
      <span class="muted">{t('runs.range', { from: offset + 1, to, total })}</span>
      {to < total && <a href={`#/runs?offset=${to}`}>{t('runs.older')} →</a>}
    </nav>
  );
}

import type { Outcome, Run, RunReport } from '../api/answers.js';
import { useLoad } from '../data/use-load.js';
import { useSession } from '../session/session-context.js';
import { Counts } from '../shown/counts.js';
import { useWords } from '../words/words.js';
import { toAskedPerson } from './asked-person.js';

const SHOWN: readonly ('read' | Outcome)[] = [
  'read',
  'created',
  'updated',
  'linked',
  'reactivated',
  'deactivated',
  'unchanged',
  'conflicted',
  'rejected',
  'failed',
];
const LOOKED_THROUGH = 100;

/** The numbers of a run, beside those of the run of its kind before it where both are about everybody. */
export function RunNumbers({ run }: { readonly run: RunReport }) {
  const { t } = useWords();
  const isAlone = toAskedPerson(run) !== undefined;
  return (
    <section aria-labelledby="numbers">
      <h2 id="numbers" class="unseen">
        {t(isAlone ? 'run.numbers' : 'run.against')}
      </h2>
      {isAlone ? <Counts counts={run.counts} shown={SHOWN} /> : <Compared run={run} />}
    </section>
  );
}

function Compared({ run }: { readonly run: RunReport }) {
  const { t, time } = useWords();
  const { server } = useSession();
  const runs = useLoad(
    `before ${run._id}`,
    async (signal) => (await server.runs({ offset: 0, count: LOOKED_THROUGH }, { signal })).runs,
  );
  const before = runs.data && findBefore(run, runs.data);
  return (
    <>
      <Counts counts={run.counts} shown={SHOWN} before={before?.counts} />
      {runs.data && (
        <p class="muted small">
          {before ? (
            <>
              {t('run.against')}: <a href={`#/runs/${before._id}`}>{time(before.startedAt)}</a>
            </>
          ) : (
            t('run.against.none')
          )}
        </p>
      )}
    </>
  );
}

function findBefore({ _id, kind, startedAt }: RunReport, runs: readonly Run[]): Run | undefined {
  return runs.find(
    (one) =>
      one._id !== _id &&
      one.kind === kind &&
      Date.parse(one.startedAt) < Date.parse(startedAt) &&
      (one.state === 'completed' || one.state === 'held'),
  );
}

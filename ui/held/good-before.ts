import type { Run } from '../api/answers.js';
import type { Status } from '../api/further-answers.js';
import type { Server } from '../api/server.js';
import { useLoad, type Loaded } from '../data/use-load.js';
import { useSession } from '../session/session-context.js';

const PAGE = 100;
/** A sync every ten minutes, for a week. */
const MOST_PAGES = 10;

type Success = Status['lastSuccess'];

/** The last good sync before a run, which is what the run is compared with; `null`: none is kept. */
export function useGoodBefore(run: Run, lastSuccess: Success | undefined): Loaded<Run | null> {
  const { server } = useSession();
  return useLoad(`good before ${run._id} ${lastSuccess?.runId ?? ''}`, (signal) =>
    findGoodBefore(server, { run, lastSuccess: lastSuccess ?? null, signal }),
  );
}

interface Asked {
  readonly run: Pick<Run, '_id' | 'startedAt'>;
  readonly lastSuccess: Success;
  readonly signal: AbortSignal;
}

/** An old list is not compared with what came after it. */
export async function findGoodBefore(
  server: Pick<Server, 'run' | 'runs'>,
  { run: { _id, startedAt }, lastSuccess, signal }: Asked,
): Promise<Run | null> {
  if (lastSuccess === null) return null;
  const { runId, finishedAt } = lastSuccess;
  const start = Date.parse(startedAt);
  if (runId !== _id && Date.parse(finishedAt) <= start)
    return (await server.run({ runId, count: 1 }, { signal })).run;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { runs, total } = await server.runs({ offset: page * PAGE, count: PAGE }, { signal });
    const good = runs.find((one) => isGood(one) && Date.parse(one.startedAt) < start);
    if (good) return good;
    if ((page + 1) * PAGE >= total) return null;
  }
  return null;
}

/** An application of a preview reads and writes everybody, too; what always needs a decision holds up nothing else. */
function isGood({ kind, state, held }: Run): boolean {
  const isOfKind = kind === 'sync' || kind === 'application';
  return isOfKind && (state === 'completed' || (state === 'held' && held?.code === 'decision-needed'));
}

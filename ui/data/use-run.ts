import { useEffect, useState } from 'preact/hooks';
import type { Run, RunReport } from '../api/answers.js';
import { useSession } from '../session/session-context.js';
import { useLoad, type Loaded } from './use-load.js';

/** Where the stream cannot be read (a proxy that keeps it back), the report is asked for. */
const POLL_MS = 3_000;

export function isUnderWay({ state }: Pick<Run, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}

/** The report of a run, live while it goes. */
export function useRun(runId: string): Loaded<RunReport> {
  const { server } = useSession();
  const [live, setLive] = useState<Run>();
  const [isPolled, setIsPolled] = useState(false);
  const loaded = useLoad<RunReport>(
    `run ${runId}`,
    async (signal) => (await server.run({ runId }, { signal })).run,
    { everyMs: isPolled ? POLL_MS : undefined },
  );
  const isGoing = loaded.data !== undefined && isUnderWay(loaded.data);

  useEffect(() => {
    if (!isGoing) {
      setIsPolled(false);
      return;
    }
    const gone = new AbortController();
    watchRun(server.watch(runId, { signal: gone.signal }), setLive).then(
      () => gone.signal.aborted || loaded.reload(),
      () => gone.signal.aborted || setIsPolled(true),
    );
    return () => gone.abort();
  }, [runId, isGoing, server]);

  const isNewer = live?._id === runId && isGoing;
  return isNewer ? { ...loaded, data: { ...loaded.data, ...live } } : loaded;
}

async function watchRun(runs: AsyncIterable<Run>, tell: (run: Run) => void): Promise<void> {
  for await (const run of runs) tell(run);
}

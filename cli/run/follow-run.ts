import { setTimeout as pause } from 'node:timers/promises';
import { isUnderWay } from '../../models/run-report.js';
import { toCountsText, toKindWord } from '../show/run-words.js';
import { toWhereabouts } from '../show/whereabouts.js';
import type { Report, RunSummary } from '../session/client-port.js';
import type { Session } from '../session/session.js';
import { patiently } from '../session/patiently.js';
import type { Tool } from '../tool.js';
import { toArgument } from './run-id.js';
import { createProgress } from './progress.js';

/** Between two looks where the stream of events has ended before the run. */
const LOOK_MS = 1_000;

/** Waits for the end of a run and shows on stderr how far it is; gives its report. */
export async function followRun(runId: string, { client, runsIn }: Session, tool: Tool): Promise<Report> {
  const { interrupted, terminal } = tool;
  const progress = createProgress(terminal);
  const onInterrupt = (): void => {
    progress.end();
    terminal.note(
      runsIn === 'process'
        ? `The run ${runId} is being ended.`
        : `The run ${runId} goes on. Look: chat-ldap-sync run ${toArgument(runId)}. End it: chat-ldap-sync cancel ${toArgument(runId)}.`,
    );
  };
  interrupted.addEventListener('abort', onInterrupt, { once: true });
  try {
    for (;;) {
      const run = await lastOf(runId);
      if (!isUnderWay(run.state)) return run;
      await pause(LOOK_MS, undefined, { signal: interrupted });
    }
  } finally {
    interrupted.removeEventListener('abort', onInterrupt);
    progress.end();
  }

  /** The stream may end before the run, by its time limit or with the host; the report says which it was. */
  async function lastOf(id: string): Promise<Report> {
    for await (const event of client.runEvents({ runId: id }, { signal: interrupted })) {
      if (event.type === 'progress') progress.show(toLine(event.run));
    }
    return (await patiently(tool, () => client.runInfo({ runId: id }, { signal: interrupted }))).run;
  }
}

function toLine(run: RunSummary): string {
  const { kind, state, counts, waitingFor } = run;
  const waits = waitingFor ? ', waiting for a former transaction to end' : '';
  return `${toKindWord(kind)} ${state}${toWhereabouts(run)}: ${toCountsText(counts)}${waits}`;
}

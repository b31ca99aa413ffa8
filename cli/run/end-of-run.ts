import type { RunState } from '../../models/run-report.js';
import type { Exit } from '../exit-codes.js';
import { lookUp } from '../look-up.js';
import { printDocument } from '../show/print-list.js';
import { toReportLines } from '../show/run-report.js';
import type { Report } from '../session/client-port.js';
import type { Session } from '../session/session.js';
import type { Tool } from '../tool.js';
import { followRun } from './follow-run.js';

const EXIT_OF_STATE: Readonly<Record<RunState, Exit>> = {
  queued: 'done',
  running: 'done',
  completed: 'done',
  held: 'held',
  failed: 'failed',
  cancelled: 'interrupted',
  interrupted: 'interrupted',
};

export interface Wished {
  readonly json?: true | undefined;
  /** False with `--no-wait`. */
  readonly wait: boolean;
}

/** Waits for a run that was started, prints its report, and says how the command ends. */
export async function endOfRun(
  runId: string,
  session: Session,
  { tool, wished }: { readonly tool: Tool; readonly wished: Wished },
): Promise<Exit> {
  if (!wished.wait) {
    const line = wished.json ? JSON.stringify({ runId }) : runId;
    await tool.terminal.write([line]);
    return 'done';
  }
  return printRun(await followRun(runId, session, tool), wished, tool);
}

export async function printRun(
  run: Report,
  { json }: Pick<Wished, 'json'>,
  { terminal }: Tool,
): Promise<Exit> {
  if (json) await printDocument({ run }, terminal);
  else await terminal.write(toReportLines(run, terminal));
  return lookUp(EXIT_OF_STATE, run.state) ?? 'failed';
}
